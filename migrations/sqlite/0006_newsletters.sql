-- Newsletters: topics, their issues, and who has agreed to receive them.

-- A topic. `version` is that of its newest words.
CREATE TABLE newsletter (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE INDEX newsletter_of_organisation ON newsletter (organisation_id, id);

-- What stands beside the switch. A version is written once and never changed.
CREATE TABLE newsletter_text (
    newsletter_id BLOB NOT NULL REFERENCES newsletter (id),
    version BIGINT NOT NULL,
    name_en TEXT NOT NULL,
    name_de TEXT NOT NULL,
    text_en TEXT NOT NULL,
    text_de TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (newsletter_id, version)
);

-- An issue: a draft until it is sent, then never changed. `sent` counts what mail servers have taken.
CREATE TABLE newsletter_issue (
    id BLOB PRIMARY KEY,
    newsletter_id BLOB NOT NULL REFERENCES newsletter (id),
    version BIGINT NOT NULL,
    subject_en TEXT NOT NULL,
    body_en TEXT NOT NULL,
    subject_de TEXT NOT NULL,
    body_de TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    recipients BIGINT NOT NULL,
    sent BIGINT NOT NULL
);
CREATE INDEX newsletter_issue_of_newsletter ON newsletter_issue (newsletter_id, id);

-- Whether somebody receives a topic now. Its row is made with the first opt-in; `token_hash` is that of the
-- link to opt out.
CREATE TABLE subscription (
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    newsletter_id BLOB NOT NULL REFERENCES newsletter (id),
    active BOOLEAN NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    PRIMARY KEY (user_id, newsletter_id)
);
CREATE INDEX subscription_of_newsletter ON subscription (newsletter_id, user_id);

-- Each opt-in and opt-out, with the words that stood beside the switch.
CREATE TABLE consent (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    newsletter_id BLOB NOT NULL,
    text_version BIGINT NOT NULL,
    language TEXT NOT NULL,
    given BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    FOREIGN KEY (newsletter_id, text_version) REFERENCES newsletter_text (newsletter_id, version)
);
CREATE INDEX consent_of_user ON consent (user_id, id);

-- A mail of an issue, after what cannot wait (`turn` 0). While it is being handed to a mail server,
-- `handed_over_until` says until when at most.
ALTER TABLE mail ADD COLUMN issue_id BLOB REFERENCES newsletter_issue (id) ON DELETE CASCADE;
ALTER TABLE mail ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mail ADD COLUMN handed_over_until BIGINT;
DROP INDEX mail_by_due;
CREATE INDEX mail_by_due ON mail (turn, due_at, id) WHERE state = 'queued';
CREATE INDEX mail_of_issue ON mail (issue_id, state) WHERE issue_id IS NOT NULL;

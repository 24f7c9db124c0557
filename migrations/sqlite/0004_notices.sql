-- Versions of the privacy notice. What is published is never changed; a draft is a table of its own.

CREATE TABLE notice (
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    version BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, version)
);

CREATE TABLE notice_text (
    organisation_id BLOB NOT NULL,
    version BIGINT NOT NULL,
    language TEXT NOT NULL,
    part TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (organisation_id, version, language, part),
    FOREIGN KEY (organisation_id, version) REFERENCES notice (organisation_id, version)
);

CREATE TABLE notice_draft (
    organisation_id BLOB PRIMARY KEY REFERENCES organisation (id),
    version BIGINT NOT NULL
);

CREATE TABLE notice_draft_text (
    organisation_id BLOB NOT NULL REFERENCES notice_draft (organisation_id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    part TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (organisation_id, language, part)
);

-- Who agreed to which version, and when. An agreement, never a consent.
CREATE TABLE notice_agreement (
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    agreed_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, version)
);

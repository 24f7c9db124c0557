-- Invitations, end of external access, mail, links in it, safe sign-in. Everybody signs in anew.

ALTER TABLE organisation ADD COLUMN second_factor_required BOOLEAN NOT NULL DEFAULT FALSE;

-- When an invitation ends, and when an external user's access does.
ALTER TABLE account ADD COLUMN invitation_ends_at BIGINT;
ALTER TABLE account ADD COLUMN access_ends_at BIGINT;
CREATE INDEX account_by_invitation ON account (invitation_ends_at) WHERE invitation_ends_at IS NOT NULL;
CREATE INDEX account_by_standing ON account (organisation_id, status, sort_key, user_id);
CREATE INDEX account_external_by_name ON account (organisation_id, sort_key, user_id) WHERE external;

-- `used_on` is a day, counted from 1970-01-01; `proved_at` is when the user last proved who they are.
DROP TABLE session;
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_on BIGINT NOT NULL,
    proved_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_expiry ON session (expires_at);

-- The classes of devices that somebody has signed in with.
CREATE TABLE known_device (
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    PRIMARY KEY (user_id, device)
);

-- One for each user and purpose: a newer one takes the place of the older.
DROP TABLE password_link;
CREATE TABLE link (
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, purpose)
);

-- A new address that was not confirmed yet.
CREATE TABLE address_change (
    user_id BLOB PRIMARY KEY REFERENCES account (user_id) ON DELETE CASCADE,
    lookup BLOB NOT NULL,
    address BLOB NOT NULL,
    expires_at BIGINT NOT NULL
);

-- The outbox. A job knows whom, never the address; what it says is a code without personal data.
CREATE TABLE mail (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    problem TEXT
);
CREATE INDEX mail_by_due ON mail (due_at) WHERE state = 'queued';
CREATE INDEX mail_of_user ON mail (user_id, id);

-- Where a notice about a changed address still has to go. It ends with its job.
CREATE TABLE former_address (
    mail_id BLOB PRIMARY KEY REFERENCES mail (id) ON DELETE CASCADE,
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    address BLOB NOT NULL
);

-- Limits: a keyed hash and when the next attempt is due (GCRA). Never an address.
CREATE TABLE attempt (
    bucket BLOB PRIMARY KEY,
    arrival_at BIGINT NOT NULL
);
CREATE INDEX attempt_by_arrival ON attempt (arrival_at);

CREATE TABLE passkey (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    credential_id BLOB NOT NULL UNIQUE,
    credential TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_on BIGINT
);
CREATE INDEX passkey_by_user ON passkey (user_id);

-- The secret is encrypted under the user's own key. `last_step` is the newest time step that was used.
CREATE TABLE totp (
    user_id BLOB PRIMARY KEY REFERENCES account (user_id) ON DELETE CASCADE,
    secret BLOB NOT NULL,
    confirmed BOOLEAN NOT NULL,
    last_step BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    user_id BLOB NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- What a browser was asked and has not answered yet: a passkey's challenge, a second factor.
CREATE TABLE challenge (
    token_hash BLOB PRIMARY KEY,
    user_id BLOB REFERENCES account (user_id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX challenge_by_expiry ON challenge (expires_at);

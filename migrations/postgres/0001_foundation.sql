-- Ids are UUID v7, times unix milliseconds, money minor units. The personal-data register
-- (store::personal_data) has a row for every column here; a test compares the two.

CREATE TABLE organisation (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The one place of a person's name. It outlives the account.
CREATE TABLE person (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    terminated_at BIGINT
);

-- Everything below hangs on the account and goes with it.
CREATE TABLE account (
    user_id UUID PRIMARY KEY REFERENCES person (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    sort_key TEXT COLLATE "C" NOT NULL,
    status TEXT NOT NULL,
    external BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX account_by_name ON account (organisation_id, sort_key, user_id);
CREATE INDEX account_by_status ON account (status);

CREATE TABLE user_contact (
    user_id UUID PRIMARY KEY REFERENCES account (user_id) ON DELETE CASCADE,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    lookup BYTEA NOT NULL,
    address BYTEA NOT NULL,
    UNIQUE (organisation_id, lookup)
);

CREATE TABLE user_password (
    user_id UUID PRIMARY KEY REFERENCES account (user_id) ON DELETE CASCADE,
    hash TEXT NOT NULL
);

CREATE TABLE session (
    token_hash BYTEA PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE password_link (
    user_id UUID PRIMARY KEY REFERENCES account (user_id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);

CREATE TABLE set_up_link (
    id BIGINT PRIMARY KEY,
    token_hash BYTEA NOT NULL
);

CREATE TABLE role (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    system BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (organisation_id, sort_key)
);

CREATE TABLE role_permission (
    role_id UUID NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    permission TEXT NOT NULL,
    PRIMARY KEY (role_id, permission)
);

CREATE TABLE role_assignment (
    user_id UUID NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    role_id UUID NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, role_id)
);
CREATE INDEX role_assignment_by_role ON role_assignment (role_id);

CREATE TABLE partner (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    status TEXT NOT NULL,
    kind TEXT NOT NULL,
    website TEXT,
    country TEXT,
    contact_person TEXT,
    note TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX partner_by_name ON partner (organisation_id, status, sort_key, id);
CREATE INDEX partner_listed_by_name ON partner (organisation_id, sort_key, id) WHERE status <> 'deleted';
CREATE INDEX partner_by_age ON partner (organisation_id, status, id);

-- Each save is a new version; none is ever overwritten. A partner_id of NULL is the organisation itself.
CREATE TABLE billing_version (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    partner_id UUID REFERENCES partner (id),
    version BIGINT NOT NULL,
    saved_by UUID NOT NULL REFERENCES person (id),
    saved_at BIGINT NOT NULL,
    legal_name TEXT,
    contact TEXT,
    address_line_1 TEXT,
    address_line_2 TEXT,
    postal_code TEXT,
    city TEXT,
    country TEXT,
    vat_id TEXT,
    tax_number TEXT,
    registration_number TEXT,
    iban TEXT,
    bic TEXT,
    account_holder TEXT,
    currency TEXT,
    payment_terms_days BIGINT,
    minimum_payout BIGINT,
    invoice_email TEXT,
    purchase_order_reference TEXT,
    search_text TEXT NOT NULL
);
CREATE UNIQUE INDEX billing_version_of_partner ON billing_version (partner_id, version) WHERE partner_id IS NOT NULL;
CREATE UNIQUE INDEX billing_version_of_organisation ON billing_version (organisation_id, version) WHERE partner_id IS NULL;

CREATE TABLE history (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    at BIGINT NOT NULL,
    actor_id UUID REFERENCES person (id),
    subject_kind TEXT NOT NULL,
    subject_id UUID,
    action TEXT NOT NULL
);
CREATE INDEX history_of_organisation ON history (organisation_id, id);
CREATE INDEX history_of_subject ON history (organisation_id, subject_id, id);
CREATE INDEX history_of_actor ON history (actor_id);

-- Keys of users, apart from everything else: whoever destroys a row here has erased the address.
CREATE SCHEMA assent_keys;
CREATE TABLE assent_keys.user_key (
    user_id UUID PRIMARY KEY,
    wrapped BYTEA NOT NULL
);

-- How to reach the organisation, and what people ask about their data.

-- Everybody may read it. Each kind of channel is there once, in an order of the organisation's own.
CREATE TABLE support (
    organisation_id UUID PRIMARY KEY REFERENCES organisation (id),
    version BIGINT NOT NULL,
    protection_contact TEXT,
    protection_email TEXT
);

CREATE TABLE support_channel (
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    position BIGINT NOT NULL,
    address TEXT NOT NULL,
    hours TEXT NOT NULL,
    PRIMARY KEY (organisation_id, kind)
);

-- The number of the newest request.
CREATE TABLE data_request_count (
    organisation_id UUID PRIMARY KEY REFERENCES organisation (id),
    newest BIGINT NOT NULL
);

-- The three texts are encrypted under the author's own key. They go when `erase_at` comes or when the
-- author's account ends; the rest stays. `due_on` is a day, counted from 1970-01-01.
CREATE TABLE data_request (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    number BIGINT NOT NULL,
    user_id UUID NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    filed_at BIGINT NOT NULL,
    due_on BIGINT NOT NULL,
    extended_at BIGINT,
    closed_at BIGINT,
    answered_by UUID REFERENCES person (id),
    erase_at BIGINT,
    request_text BYTEA,
    reason BYTEA,
    answer BYTEA,
    UNIQUE (organisation_id, number)
);
CREATE INDEX data_request_by_due ON data_request (organisation_id, state, due_on, id);
CREATE INDEX data_request_of_user ON data_request (user_id, id);
CREATE INDEX data_request_by_erasure ON data_request (erase_at) WHERE erase_at IS NOT NULL;

-- What people ask for: each permission once, by its code. It goes with the account, and no word of anybody is in it.
CREATE TABLE permission_request (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    permission TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    closed_at BIGINT,
    UNIQUE (user_id, permission)
);
CREATE INDEX permission_request_open ON permission_request (asked_at, id) WHERE state = 'open';
CREATE INDEX permission_request_by_end ON permission_request (closed_at) WHERE closed_at IS NOT NULL;

-- Receipts of ended accounts, for those who hold the secret. They name nobody.
CREATE TABLE receipt (
    token_hash BLOB PRIMARY KEY,
    terminated_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    pending BOOLEAN NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX receipt_by_expiry ON receipt (expires_at);

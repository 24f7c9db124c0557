-- How far the file of the history is that somebody's browser is downloading: one for each user, for a day.
CREATE TABLE history_export (
    user_id BLOB PRIMARY KEY REFERENCES account (user_id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    state TEXT NOT NULL,
    entries BIGINT NOT NULL,
    expected BIGINT,
    progress BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX history_export_by_end ON history_export (ends_at);

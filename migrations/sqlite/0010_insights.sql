-- Anonymous usage: how often a feature was used on a day (days since 1970-01-01, UTC), over all organisations of the
-- installation. A day with fewer than ten uses has no row, and nothing else about a use is kept anywhere.
CREATE TABLE usage_count (
    feature TEXT NOT NULL,
    day BIGINT NOT NULL,
    count BIGINT NOT NULL CHECK (count >= 10),
    PRIMARY KEY (feature, day)
);
CREATE INDEX usage_count_by_day ON usage_count (day);

-- The history as a chain: the place of each entry in it, and a hash over the entry and the one before. An entry
-- is sealed shortly after it was written; until then both are empty.
ALTER TABLE history ADD COLUMN sequence BIGINT;
ALTER TABLE history ADD COLUMN hash BYTEA;
CREATE UNIQUE INDEX history_chain ON history (organisation_id, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX history_unsealed ON history (organisation_id, id) WHERE sequence IS NULL;

-- The newest place that is taken, and its hash.
CREATE TABLE history_head (
    organisation_id UUID PRIMARY KEY REFERENCES organisation (id),
    sequence BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

-- What an entry is about, to list one topic.
ALTER TABLE history ADD COLUMN topic TEXT NOT NULL DEFAULT 'organisation';
UPDATE history SET topic = CASE
    WHEN action LIKE '%"user_roles_changed"%' OR action LIKE '{"role_%' THEN 'rights'
    WHEN action LIKE '{"organisation_billing_%' OR action LIKE '{"partner_billing_%' THEN 'billing'
    WHEN action LIKE '%"partner_%' THEN 'partners'
    WHEN action LIKE '"user_%' OR action LIKE '{"user_%' OR action LIKE '"invitation_%' THEN 'users'
    WHEN action LIKE '"pass%' OR action LIKE '"second_factor_%' OR action LIKE '"recovery_%' THEN 'sign_in'
    WHEN action LIKE '{"data_request_%' OR action LIKE '{"notice_%' THEN 'privacy'
    WHEN action LIKE '{"newsletter_%' THEN 'newsletters'
    ELSE 'organisation' END;
CREATE INDEX history_of_topic ON history (organisation_id, topic, id);
CREATE INDEX history_of_person ON history (organisation_id, actor_id, id);
CREATE INDEX history_of_person_and_topic ON history (organisation_id, actor_id, topic, id);

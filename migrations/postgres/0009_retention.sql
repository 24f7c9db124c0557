-- For how many full years the name of a former user stays on what they did: where they saved billing details, and
-- otherwise.
ALTER TABLE organisation ADD COLUMN name_years_billing BIGINT NOT NULL DEFAULT 10;
ALTER TABLE organisation ADD COLUMN name_years_other BIGINT NOT NULL DEFAULT 3;

-- Those whose name may be due. What stands there afterwards is domain::retention::FORMER_USER.
CREATE INDEX person_with_kept_name ON person (organisation_id, terminated_at, id)
    WHERE terminated_at IS NOT NULL AND name <> 'former user';

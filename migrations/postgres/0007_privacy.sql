-- What is stored about oneself: who looked, and the export.

-- Somebody opened a user's page: one row for each viewer and day (days since 1970-01-01 in the organisation's
-- time zone). It ends with the user; of a viewer who is gone the name stays, as everywhere.
CREATE TABLE profile_view (
    user_id UUID NOT NULL REFERENCES account (user_id) ON DELETE CASCADE,
    viewer_id UUID NOT NULL REFERENCES person (id),
    looked_on BIGINT NOT NULL,
    PRIMARY KEY (user_id, viewer_id, looked_on)
);
CREATE INDEX profile_view_by_viewer ON profile_view (viewer_id);
CREATE INDEX profile_view_by_day ON profile_view (looked_on);

-- The export of somebody's own data: the job while it is queued, then the file, encrypted under the user's key.
CREATE TABLE data_export (
    user_id UUID PRIMARY KEY REFERENCES account (user_id) ON DELETE CASCADE,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    id UUID NOT NULL,
    state TEXT NOT NULL,
    progress BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ends_at BIGINT,
    file BYTEA
);
CREATE INDEX data_export_by_due ON data_export (due_at) WHERE state = 'queued';
CREATE INDEX data_export_by_end ON data_export (ends_at) WHERE ends_at IS NOT NULL;

-- What somebody did, and what was done to their account, newest first.
DROP INDEX history_of_actor;
CREATE INDEX history_of_actor ON history (actor_id, id);
CREATE INDEX history_about ON history (subject_id, id);
CREATE INDEX billing_version_by_saver ON billing_version (saved_by, id);

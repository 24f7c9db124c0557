-- Sessions that look at the app as a role or a user would see it. When that role or user goes, the row stays: nobody
-- goes on as themselves without having ended the preview.
CREATE TABLE preview (
    token_hash BYTEA PRIMARY KEY REFERENCES session (token_hash) ON DELETE CASCADE,
    role_id UUID REFERENCES role (id) ON DELETE SET NULL,
    user_id UUID REFERENCES account (user_id) ON DELETE SET NULL
);
CREATE INDEX preview_by_role ON preview (role_id) WHERE role_id IS NOT NULL;
CREATE INDEX preview_by_user ON preview (user_id) WHERE user_id IS NOT NULL;

-- Who may send errors of a project to the integrated error tracking.

ALTER TABLE application_settings ADD COLUMN error_tracking_enabled @boolean@ NOT NULL DEFAULT false
    CHECK (error_tracking_enabled IN (false, true));
-- Of the access token that the error tracking service shows.
ALTER TABLE application_settings ADD COLUMN error_tracking_access_token_digest text
    CHECK (error_tracking_access_token_digest <> '');

CREATE TABLE error_tracking_client_keys (
    id @identity@,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    public_key text NOT NULL CHECK (length(public_key) BETWEEN 1 AND 255),
    active @boolean@ NOT NULL DEFAULT true CHECK (active IN (false, true)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_error_tracking_client_keys_on_project_id_and_public_key
    ON error_tracking_client_keys (project_id, public_key);

-- A flag for one project; it goes before the instance's.
CREATE TABLE project_feature_flags (
    id @identity@,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    name text NOT NULL CHECK (name <> ''),
    enabled @boolean@ NOT NULL DEFAULT false CHECK (enabled IN (false, true)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (project_id, name)
) @strict@;

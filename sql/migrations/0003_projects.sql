-- Projects, their switches and deploy keys, and the paths under which groups and projects are found.

CREATE TABLE projects (
    id @identity@,
    namespace_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    name text NOT NULL CHECK (name <> ''),
    path text NOT NULL CHECK (path <> ''),
    -- 0 private, 10 internal, 20 public.
    visibility_level @smallint@ NOT NULL DEFAULT 0 CHECK (visibility_level IN (0, 10, 20)),
    archived @boolean@ NOT NULL DEFAULT false CHECK (archived IN (false, true)),
    repository_read_only @boolean@ NOT NULL DEFAULT false CHECK (repository_read_only IN (false, true)),
    pending_delete @boolean@ NOT NULL DEFAULT false CHECK (pending_delete IN (false, true)),
    repository_storage text NOT NULL DEFAULT 'default' CHECK (repository_storage <> ''),
    -- NULL and 0 are the legacy layout, 1 and 2 the hashed one.
    storage_version @smallint@ DEFAULT 2 CHECK (storage_version BETWEEN 0 AND 2),
    -- Relative to the storage, without .git. NULL is the hashed path of the id.
    disk_path text CHECK (disk_path <> ''),
    repository_exists @boolean@ NOT NULL DEFAULT true CHECK (repository_exists IN (false, true)),
    empty_repo @boolean@ NOT NULL DEFAULT false CHECK (empty_repo IN (false, true)),
    default_branch text CHECK (default_branch <> ''),
    repository_size @bigint@ NOT NULL DEFAULT 0 CHECK (repository_size >= 0),
    lfs_enabled @boolean@ CHECK (lfs_enabled IN (false, true)),
    merge_requests_allowed @boolean@ NOT NULL DEFAULT true CHECK (merge_requests_allowed IN (false, true)),
    printing_merge_request_link_enabled @boolean@ NOT NULL DEFAULT true
        CHECK (printing_merge_request_link_enabled IN (false, true)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_projects_on_namespace_id_and_lower_path ON projects (namespace_id, lower(path));
CREATE UNIQUE INDEX index_projects_on_storage_and_disk_path ON projects (repository_storage, disk_path)
    WHERE disk_path IS NOT NULL;

-- 0 disabled, 10 members only, 20 everyone who reads the project, 30 public.
CREATE TABLE project_features (
    id @identity@,
    project_id @bigint@ NOT NULL UNIQUE REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    repository_access_level @smallint@ NOT NULL DEFAULT 20 CHECK (repository_access_level IN (0, 10, 20, 30)),
    wiki_access_level @smallint@ NOT NULL DEFAULT 20 CHECK (wiki_access_level IN (0, 10, 20, 30)),
    merge_requests_access_level @smallint@ NOT NULL DEFAULT 20 CHECK (merge_requests_access_level IN (0, 10, 20, 30)),
    snippets_access_level @smallint@ NOT NULL DEFAULT 20 CHECK (snippets_access_level IN (0, 10, 20, 30)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

CREATE TABLE deploy_keys_projects (
    id @identity@,
    deploy_key_id @bigint@ NOT NULL REFERENCES keys (id) ON DELETE CASCADE DEFERRABLE,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    can_push @boolean@ NOT NULL DEFAULT false CHECK (can_push IN (false, true)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (deploy_key_id, project_id)
) @strict@;
CREATE INDEX index_deploy_keys_projects_on_project_id ON deploy_keys_projects (project_id);

-- Full paths. The two generated columns let the database delete a path together with what it names.
CREATE TABLE routes (
    id @identity@,
    source_type text NOT NULL CHECK (source_type IN ('Namespace', 'Project')),
    source_id @bigint@ NOT NULL,
    path text NOT NULL CHECK (path <> ''),
    source_namespace_id @bigint@ GENERATED ALWAYS AS (CASE WHEN source_type = 'Namespace' THEN source_id END) STORED
        REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    source_project_id @bigint@ GENERATED ALWAYS AS (CASE WHEN source_type = 'Project' THEN source_id END) STORED
        REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_routes_on_lower_path ON routes (lower(path));
CREATE UNIQUE INDEX index_routes_on_source_type_and_source_id ON routes (source_type, source_id);
CREATE UNIQUE INDEX index_routes_on_source_namespace_id ON routes (source_namespace_id)
    WHERE source_namespace_id IS NOT NULL;
CREATE UNIQUE INDEX index_routes_on_source_project_id ON routes (source_project_id)
    WHERE source_project_id IS NOT NULL;

-- Earlier full paths, left behind by renames and transfers.
CREATE TABLE redirect_routes (
    id @identity@,
    source_type text NOT NULL CHECK (source_type IN ('Namespace', 'Project')),
    source_id @bigint@ NOT NULL,
    path text NOT NULL CHECK (path <> ''),
    source_namespace_id @bigint@ GENERATED ALWAYS AS (CASE WHEN source_type = 'Namespace' THEN source_id END) STORED
        REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    source_project_id @bigint@ GENERATED ALWAYS AS (CASE WHEN source_type = 'Project' THEN source_id END) STORED
        REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_redirect_routes_on_lower_path ON redirect_routes (lower(path));
CREATE INDEX index_redirect_routes_on_source_type_and_source_id ON redirect_routes (source_type, source_id);
CREATE INDEX index_redirect_routes_on_source_namespace_id ON redirect_routes (source_namespace_id)
    WHERE source_namespace_id IS NOT NULL;
CREATE INDEX index_redirect_routes_on_source_project_id ON redirect_routes (source_project_id)
    WHERE source_project_id IS NOT NULL;

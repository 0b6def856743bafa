-- What a push is checked against: protected branches and tags, who may pass them, locks, allow-lists,
-- and the repositories besides a project's own.

-- Of a project, or of a group for all projects below it.
CREATE TABLE protected_branches (
    id @identity@,
    project_id @bigint@ REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    namespace_id @bigint@ REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    -- A branch, or a pattern in which each * stands for any text.
    name text NOT NULL CHECK (name <> ''),
    allow_force_push @boolean@ NOT NULL DEFAULT false CHECK (allow_force_push IN (false, true)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK ((project_id IS NULL) <> (namespace_id IS NULL))
) @strict@;
CREATE UNIQUE INDEX index_protected_branches_on_project_id_and_name ON protected_branches (project_id, name)
    WHERE project_id IS NOT NULL;
CREATE UNIQUE INDEX index_protected_branches_on_namespace_id_and_name ON protected_branches (namespace_id, name)
    WHERE namespace_id IS NOT NULL;

-- Each row lets somebody pass: whoever has the level (0 nobody, 30 developers, 40 maintainers, 60
-- administrators), or the one user, group or deploy key it names; the level does not count then.
CREATE TABLE protected_branch_push_access_levels (
    id @identity@,
    protected_branch_id @bigint@ NOT NULL REFERENCES protected_branches (id) ON DELETE CASCADE DEFERRABLE,
    access_level @integer@ NOT NULL DEFAULT 40 CHECK (access_level IN (0, 30, 40, 60)),
    user_id @bigint@ REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    group_id @bigint@ REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    deploy_key_id @bigint@ REFERENCES keys (id) ON DELETE CASCADE DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK ((CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN deploy_key_id IS NULL THEN 0 ELSE 1 END) <= 1)
) @strict@;
CREATE INDEX index_protected_branch_push_on_protected_branch_id
    ON protected_branch_push_access_levels (protected_branch_id);
CREATE INDEX index_protected_branch_push_on_user_id ON protected_branch_push_access_levels (user_id)
    WHERE user_id IS NOT NULL;
CREATE INDEX index_protected_branch_push_on_group_id ON protected_branch_push_access_levels (group_id)
    WHERE group_id IS NOT NULL;
CREATE INDEX index_protected_branch_push_on_deploy_key_id ON protected_branch_push_access_levels (deploy_key_id)
    WHERE deploy_key_id IS NOT NULL;

CREATE TABLE protected_branch_merge_access_levels (
    id @identity@,
    protected_branch_id @bigint@ NOT NULL REFERENCES protected_branches (id) ON DELETE CASCADE DEFERRABLE,
    access_level @integer@ NOT NULL DEFAULT 40 CHECK (access_level IN (0, 30, 40, 60)),
    user_id @bigint@ REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    group_id @bigint@ REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK (user_id IS NULL OR group_id IS NULL)
) @strict@;
CREATE INDEX index_protected_branch_merge_on_protected_branch_id
    ON protected_branch_merge_access_levels (protected_branch_id);
CREATE INDEX index_protected_branch_merge_on_user_id ON protected_branch_merge_access_levels (user_id)
    WHERE user_id IS NOT NULL;
CREATE INDEX index_protected_branch_merge_on_group_id ON protected_branch_merge_access_levels (group_id)
    WHERE group_id IS NOT NULL;

CREATE TABLE protected_tags (
    id @identity@,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    name text NOT NULL CHECK (name <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (project_id, name)
) @strict@;

CREATE TABLE protected_tag_create_access_levels (
    id @identity@,
    protected_tag_id @bigint@ NOT NULL REFERENCES protected_tags (id) ON DELETE CASCADE DEFERRABLE,
    access_level @integer@ NOT NULL DEFAULT 40 CHECK (access_level IN (0, 30, 40, 60)),
    user_id @bigint@ REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    group_id @bigint@ REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    deploy_key_id @bigint@ REFERENCES keys (id) ON DELETE CASCADE DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK ((CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN deploy_key_id IS NULL THEN 0 ELSE 1 END) <= 1)
) @strict@;
CREATE INDEX index_protected_tag_create_on_protected_tag_id
    ON protected_tag_create_access_levels (protected_tag_id);
CREATE INDEX index_protected_tag_create_on_user_id ON protected_tag_create_access_levels (user_id)
    WHERE user_id IS NOT NULL;
CREATE INDEX index_protected_tag_create_on_group_id ON protected_tag_create_access_levels (group_id)
    WHERE group_id IS NOT NULL;
CREATE INDEX index_protected_tag_create_on_deploy_key_id ON protected_tag_create_access_levels (deploy_key_id)
    WHERE deploy_key_id IS NOT NULL;

-- Filled by whoever owns merge requests; pushes read it for links and for the branches that a merge
-- request lets others push to.
CREATE TABLE merge_requests (
    id @identity@,
    iid @bigint@ NOT NULL CHECK (iid > 0),
    source_project_id @bigint@ REFERENCES projects (id) ON DELETE SET NULL DEFERRABLE,
    source_branch text NOT NULL CHECK (source_branch <> ''),
    target_project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    target_branch text NOT NULL CHECK (target_branch <> ''),
    author_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    -- 1 opened, 2 closed, 3 merged, 4 locked.
    state_id @smallint@ NOT NULL DEFAULT 1 CHECK (state_id BETWEEN 1 AND 4),
    in_progress_merge_commit_sha text CHECK (in_progress_merge_commit_sha <> ''),
    -- Whoever may merge into the target may push to the source.
    allow_maintainer_to_push @boolean@ NOT NULL DEFAULT false CHECK (allow_maintainer_to_push IN (false, true)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (target_project_id, iid)
) @strict@;
CREATE INDEX index_merge_requests_on_source_project_id_and_source_branch
    ON merge_requests (source_project_id, source_branch);
CREATE INDEX index_merge_requests_on_target_project_id_and_target_branch
    ON merge_requests (target_project_id, target_branch);
CREATE INDEX index_merge_requests_on_author_id ON merge_requests (author_id);
-- The few of a project that every push asks for, among all that it ever had.
CREATE INDEX index_merge_requests_on_source_project_id_collaboration ON merge_requests (source_project_id)
    WHERE allow_maintainer_to_push;
CREATE INDEX index_merge_requests_on_target_project_id_locked ON merge_requests (target_project_id)
    WHERE state_id = 4;

CREATE TABLE snippets (
    id @identity@,
    type text NOT NULL CHECK (type IN ('PersonalSnippet', 'ProjectSnippet')),
    title text NOT NULL CHECK (title <> ''),
    author_id @bigint@ NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    project_id @bigint@ REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    -- 0 private, 10 internal, 20 public.
    visibility_level @smallint@ NOT NULL DEFAULT 0 CHECK (visibility_level IN (0, 10, 20)),
    repository_storage text NOT NULL DEFAULT 'default' CHECK (repository_storage <> ''),
    repository_exists @boolean@ NOT NULL DEFAULT true CHECK (repository_exists IN (false, true)),
    default_branch text CHECK (default_branch <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK ((type = 'ProjectSnippet') = (project_id IS NOT NULL))
) @strict@;
CREATE INDEX index_snippets_on_author_id ON snippets (author_id);
CREATE INDEX index_snippets_on_project_id ON snippets (project_id);

CREATE TABLE design_management_repositories (
    id @identity@,
    project_id @bigint@ NOT NULL UNIQUE REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

CREATE TABLE lfs_objects (
    id @identity@,
    -- SHA-256 of the content in hexadecimal.
    oid text NOT NULL UNIQUE CHECK (length(oid) = 64),
    size @bigint@ NOT NULL CHECK (size >= 0),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

CREATE TABLE lfs_objects_projects (
    id @identity@,
    lfs_object_id @bigint@ NOT NULL REFERENCES lfs_objects (id) ON DELETE CASCADE DEFERRABLE,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (project_id, lfs_object_id)
) @strict@;
CREATE INDEX index_lfs_objects_projects_on_lfs_object_id ON lfs_objects_projects (lfs_object_id);

CREATE TABLE lfs_file_locks (
    id @identity@,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    user_id @bigint@ NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    path text NOT NULL CHECK (path <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (project_id, path)
) @strict@;
CREATE INDEX index_lfs_file_locks_on_user_id ON lfs_file_locks (user_id);

-- From where a group and all below it may be reached; a group without rows from everywhere.
CREATE TABLE ip_restrictions (
    id @identity@,
    group_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    -- An address or a network such as 192.0.2.0/24.
    range text NOT NULL CHECK (range <> ''),
    UNIQUE (group_id, range)
) @strict@;

-- By what else a user is known: a directory, a single sign-on.
CREATE TABLE identities (
    id @identity@,
    user_id @bigint@ NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    provider text NOT NULL CHECK (provider <> ''),
    extern_uid text NOT NULL CHECK (extern_uid <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_identities_on_provider_and_lower_extern_uid ON identities (provider, lower(extern_uid));
CREATE INDEX index_identities_on_user_id ON identities (user_id);

-- Security keys; whoever has one has two-factor authentication on.
CREATE TABLE webauthn_registrations (
    id @identity@,
    user_id @bigint@ NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    name text NOT NULL CHECK (name <> ''),
    credential_xid text NOT NULL UNIQUE CHECK (credential_xid <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_webauthn_registrations_on_user_id ON webauthn_registrations (user_id);

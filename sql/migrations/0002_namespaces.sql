-- Groups and personal namespaces. The tree is parent_id, walked by recursive queries.

CREATE TABLE namespaces (
    id @identity@,
    type text NOT NULL CHECK (type IN ('Group', 'User', 'Project')),
    parent_id @bigint@ REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    owner_id @bigint@ REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    name text NOT NULL CHECK (name <> ''),
    path text NOT NULL CHECK (path <> ''),
    avatar text,
    archived @boolean@ NOT NULL DEFAULT false CHECK (archived IN (false, true)),
    -- NULL means all, as does the word itself.
    enabled_git_access_protocol text CHECK (enabled_git_access_protocol IN ('all', 'ssh', 'http')),
    enforce_ssh_certificates @boolean@ NOT NULL DEFAULT false CHECK (enforce_ssh_certificates IN (false, true)),
    -- 0 nobody, 1 maintainers, 2 developers too, 3 administrators, 4 owners. NULL is the default of the instance.
    project_creation_level @smallint@ CHECK (project_creation_level BETWEEN 0 AND 4),
    share_with_group_lock @boolean@ NOT NULL DEFAULT false CHECK (share_with_group_lock IN (false, true)),
    -- A JSON object. NULL is the default of the instance.
    default_branch_protection_defaults text,
    lfs_enabled @boolean@ CHECK (lfs_enabled IN (false, true)),
    shared_runners_minutes_limit @integer@ CHECK (shared_runners_minutes_limit >= 0),
    extra_shared_runners_minutes_limit @integer@ CHECK (extra_shared_runners_minutes_limit >= 0),
    additional_purchased_storage_size @integer@ NOT NULL DEFAULT 0 CHECK (additional_purchased_storage_size >= 0),
    additional_purchased_storage_ends_on @date@,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK (parent_id <> id),
    CHECK (type <> 'User' OR (owner_id IS NOT NULL AND parent_id IS NULL)),
    CHECK (type <> 'Project' OR parent_id IS NOT NULL)
) @strict@;
CREATE INDEX index_namespaces_on_parent_id ON namespaces (parent_id);
CREATE INDEX index_namespaces_on_owner_id ON namespaces (owner_id);
CREATE UNIQUE INDEX index_namespaces_on_personal_owner_id ON namespaces (owner_id) WHERE type = 'User';

ALTER TABLE users ADD COLUMN enterprise_group_id @bigint@
    REFERENCES namespaces (id) ON DELETE SET NULL DEFERRABLE;
CREATE INDEX index_users_on_enterprise_group_id ON users (enterprise_group_id) WHERE enterprise_group_id IS NOT NULL;

-- Who belongs to which group or project, directly or through an invited group.
-- Levels are 5 minimal, 10 guest, 15 planner, 20 reporter, 30 developer, 40 maintainer, 50 owner.

CREATE TABLE members (
    id @identity@,
    user_id @bigint@ REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    source_type text NOT NULL CHECK (source_type IN ('Namespace', 'Project')),
    source_id @bigint@ NOT NULL,
    access_level @integer@ NOT NULL CHECK (access_level IN (5, 10, 15, 20, 30, 40, 50)),
    -- 0 active, 1 awaiting a seat.
    state @smallint@ NOT NULL DEFAULT 0 CHECK (state IN (0, 1)),
    requested_at @timestamp@,
    invite_email text CHECK (invite_email <> ''),
    -- NULL once the invitation is accepted.
    invite_token text CHECK (invite_token <> ''),
    expires_at @date@,
    source_namespace_id @bigint@ GENERATED ALWAYS AS (CASE WHEN source_type = 'Namespace' THEN source_id END) STORED
        REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    source_project_id @bigint@ GENERATED ALWAYS AS (CASE WHEN source_type = 'Project' THEN source_id END) STORED
        REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK (user_id IS NOT NULL OR invite_email IS NOT NULL)
) @strict@;
CREATE UNIQUE INDEX index_members_on_user_id_and_source ON members (user_id, source_type, source_id)
    WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX index_members_on_invite_token ON members (invite_token) WHERE invite_token IS NOT NULL;
-- None on source_type and source_id: where a user is asked for, a planner that thinks groups small would read all
-- members of the group by it.
CREATE INDEX index_members_on_source_namespace_id ON members (source_namespace_id)
    WHERE source_namespace_id IS NOT NULL;
CREATE INDEX index_members_on_source_project_id ON members (source_project_id)
    WHERE source_project_id IS NOT NULL;

-- Groups invited to a project.
CREATE TABLE project_group_links (
    id @identity@,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    group_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    group_access @integer@ NOT NULL DEFAULT 30 CHECK (group_access IN (10, 15, 20, 30, 40, 50)),
    expires_at @date@,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (project_id, group_id)
) @strict@;
CREATE INDEX index_project_group_links_on_group_id ON project_group_links (group_id);

-- Groups invited to a group.
CREATE TABLE group_group_links (
    id @identity@,
    shared_group_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    shared_with_group_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    group_access @integer@ NOT NULL DEFAULT 30 CHECK (group_access IN (10, 15, 20, 30, 40, 50)),
    expires_at @date@,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (shared_group_id, shared_with_group_id),
    CHECK (shared_group_id <> shared_with_group_id)
) @strict@;
CREATE INDEX index_group_group_links_on_shared_with_group_id ON group_group_links (shared_with_group_id);

-- Kubernetes agents with their tokens, what is told about them, and flags that are passed on to Gitaly.

CREATE TABLE cluster_agents (
    id @identity@,
    -- Where the agent's configuration lies.
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    -- A DNS label (RFC 1123): the agent is named by it in Kubernetes.
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 63),
    created_by_user_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (project_id, name)
) @strict@;
CREATE INDEX index_cluster_agents_on_created_by_user_id ON cluster_agents (created_by_user_id)
    WHERE created_by_user_id IS NOT NULL;

CREATE TABLE cluster_agent_tokens (
    id @identity@,
    agent_id @bigint@ NOT NULL REFERENCES cluster_agents (id) ON DELETE CASCADE DEFERRABLE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    description text CHECK (length(description) <= 1024),
    token_digest text NOT NULL UNIQUE CHECK (token_digest <> ''),
    -- 0 active, 1 revoked.
    status @smallint@ NOT NULL DEFAULT 0 CHECK (status IN (0, 1)),
    last_used_at @timestamp@,
    created_by_user_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_cluster_agent_tokens_on_agent_id_and_status ON cluster_agent_tokens (agent_id, status, last_used_at);
CREATE INDEX index_cluster_agent_tokens_on_created_by_user_id ON cluster_agent_tokens (created_by_user_id)
    WHERE created_by_user_id IS NOT NULL;

-- What the agent's page shows.
CREATE TABLE agent_activity_events (
    id @identity@,
    agent_id @bigint@ NOT NULL REFERENCES cluster_agents (id) ON DELETE CASCADE DEFERRABLE,
    agent_token_id @bigint@ REFERENCES cluster_agent_tokens (id) ON DELETE SET NULL DEFERRABLE,
    user_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    -- 0 token created, 1 token revoked, 2 agent connected, 3 agent disconnected.
    kind @smallint@ NOT NULL CHECK (kind BETWEEN 0 AND 3),
    -- 0 debug, 1 info, 2 warn, 3 error, 4 fatal, 5 unknown.
    level @smallint@ NOT NULL CHECK (level BETWEEN 0 AND 5),
    recorded_at @timestamp@ NOT NULL,
    detail text
) @strict@;
CREATE INDEX index_agent_activity_events_on_agent_id_and_id ON agent_activity_events (agent_id, id);
CREATE INDEX index_agent_activity_events_on_agent_token_id ON agent_activity_events (agent_token_id)
    WHERE agent_token_id IS NOT NULL;
CREATE INDEX index_agent_activity_events_on_user_id ON agent_activity_events (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE feature_flags (
    id @identity@,
    name text NOT NULL UNIQUE CHECK (name <> ''),
    enabled @boolean@ NOT NULL DEFAULT false CHECK (enabled IN (false, true)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

-- A JSON array of visibility levels that nobody but administrators may use; with 20 in it nothing is public.
ALTER TABLE application_settings ADD COLUMN restricted_visibility_levels text NOT NULL DEFAULT '[]'
    CHECK (restricted_visibility_levels <> '');

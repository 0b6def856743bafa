-- What an agent's configuration file lets others do with it, and agents that the agent server calls.

ALTER TABLE cluster_agents ADD COLUMN is_receptive @boolean@ NOT NULL DEFAULT false
    CHECK (is_receptive IN (false, true));

-- Whose CI jobs may use the agent.
CREATE TABLE agent_project_authorizations (
    id @identity@,
    agent_id @bigint@ NOT NULL REFERENCES cluster_agents (id) ON DELETE CASCADE DEFERRABLE,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    -- A JSON object.
    config text NOT NULL DEFAULT '{}' CHECK (config <> ''),
    UNIQUE (agent_id, project_id)
) @strict@;
CREATE INDEX index_agent_project_authorizations_on_project_id ON agent_project_authorizations (project_id);

CREATE TABLE agent_group_authorizations (
    id @identity@,
    agent_id @bigint@ NOT NULL REFERENCES cluster_agents (id) ON DELETE CASCADE DEFERRABLE,
    group_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    -- A JSON object.
    config text NOT NULL DEFAULT '{}' CHECK (config <> ''),
    UNIQUE (agent_id, group_id)
) @strict@;
CREATE INDEX index_agent_group_authorizations_on_group_id ON agent_group_authorizations (group_id);

-- Whose members may.
CREATE TABLE agent_user_access_project_authorizations (
    id @identity@,
    agent_id @bigint@ NOT NULL REFERENCES cluster_agents (id) ON DELETE CASCADE DEFERRABLE,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    -- A JSON object.
    config text NOT NULL DEFAULT '{}' CHECK (config <> ''),
    UNIQUE (agent_id, project_id)
) @strict@;
CREATE INDEX index_agent_user_access_project_authorizations_on_project_id
    ON agent_user_access_project_authorizations (project_id);

CREATE TABLE agent_user_access_group_authorizations (
    id @identity@,
    agent_id @bigint@ NOT NULL REFERENCES cluster_agents (id) ON DELETE CASCADE DEFERRABLE,
    group_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    -- A JSON object.
    config text NOT NULL DEFAULT '{}' CHECK (config <> ''),
    UNIQUE (agent_id, group_id)
) @strict@;
CREATE INDEX index_agent_user_access_group_authorizations_on_group_id
    ON agent_user_access_group_authorizations (group_id);

CREATE TABLE cluster_agent_url_configurations (
    id @identity@,
    agent_id @bigint@ NOT NULL UNIQUE REFERENCES cluster_agents (id) ON DELETE CASCADE DEFERRABLE,
    url text NOT NULL CHECK (url <> ''),
    -- 0 active, 1 inactive.
    status @smallint@ NOT NULL DEFAULT 0 CHECK (status IN (0, 1)),
    ca_cert text,
    tls_host text,
    client_cert text,
    -- Key of client_cert.
    client_key text,
    -- Ed25519 key that signs tokens for the agent, in base64.
    private_key text,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_cluster_agent_url_configurations_on_status ON cluster_agent_url_configurations (status, agent_id);

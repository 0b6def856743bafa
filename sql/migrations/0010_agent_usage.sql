-- What the Kubernetes agent server reports: totals, who and what was seen in a week, single events.

CREATE TABLE kas_counters (
    id @identity@,
    name text NOT NULL UNIQUE CHECK (name <> ''),
    value @bigint@ NOT NULL DEFAULT 0 CHECK (value >= 0),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

-- Each user, agent or project once for each event and week.
CREATE TABLE kas_unique_events (
    id @identity@,
    event_name text NOT NULL CHECK (event_name <> ''),
    -- Year and week of ISO 8601: 2025-07.
    iso_week text NOT NULL CHECK (length(iso_week) = 7),
    entity_id @bigint@ NOT NULL,
    UNIQUE (event_name, iso_week, entity_id)
) @strict@;

CREATE TABLE kas_events (
    id @identity@,
    name text NOT NULL CHECK (name <> ''),
    user_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    project_id @bigint@ REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    -- As reported: the agent may be gone.
    agent_id @bigint@,
    -- A JSON object.
    properties text NOT NULL DEFAULT '{}' CHECK (properties <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_kas_events_on_name_and_created_at ON kas_events (name, created_at);
CREATE INDEX index_kas_events_on_user_id ON kas_events (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX index_kas_events_on_project_id ON kas_events (project_id) WHERE project_id IS NOT NULL;

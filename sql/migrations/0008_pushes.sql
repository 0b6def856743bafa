-- What happens around a push: counters while it runs, messages for the pusher, work left for later.

-- Pushes under way, by repository. A row whose time is over counts as 0, and so does a missing one.
CREATE TABLE reference_counters (
    id @identity@,
    gl_repository text NOT NULL UNIQUE CHECK (gl_repository <> ''),
    value @bigint@ NOT NULL CHECK (value >= 0),
    expires_at @timestamp@ NOT NULL
) @strict@;
CREATE INDEX index_reference_counters_on_expires_at ON reference_counters (expires_at);

-- Shown at most once, after the user's next push to the repository.
CREATE TABLE post_push_messages (
    id @identity@,
    kind text NOT NULL CHECK (kind IN ('moved', 'created')),
    user_id @bigint@ NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    gl_repository text NOT NULL CHECK (gl_repository <> ''),
    message text NOT NULL CHECK (message <> ''),
    expires_at @timestamp@ NOT NULL,
    UNIQUE (user_id, gl_repository, kind)
) @strict@;
CREATE INDEX index_post_push_messages_on_expires_at ON post_push_messages (expires_at);

-- Every push that was told, until its work is done. Per repository in the order of their ids.
CREATE TABLE post_receive_jobs (
    id @identity@,
    gl_repository text NOT NULL CHECK (gl_repository <> ''),
    -- As the hook named who pushed: user-ID or key-ID.
    identifier text NOT NULL,
    user_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    project_id @bigint@ REFERENCES projects (id) ON DELETE SET NULL DEFERRABLE,
    -- Lines of old id, new id and ref, as the hook sent them.
    changes text NOT NULL,
    -- A JSON object.
    push_options text NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'failed')),
    attempts @integer@ NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- Not to be tried before.
    run_at @timestamp@ NOT NULL DEFAULT (@now@),
    -- While it runs: until when it is its runner's alone.
    claimed_until @timestamp@,
    -- What went wrong last, and what the executables said.
    last_error text,
    last_output text,
    correlation_id text,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK ((state = 'running') = (claimed_until IS NOT NULL))
) @strict@;
CREATE INDEX index_post_receive_jobs_on_state_and_run_at ON post_receive_jobs (state, run_at, id);
-- Whose turn it is: the earliest that waits for its repository, and only while no other one of it runs.
CREATE INDEX index_post_receive_jobs_on_gl_repository_and_state ON post_receive_jobs (gl_repository, state, id);
CREATE UNIQUE INDEX index_post_receive_jobs_on_gl_repository_running ON post_receive_jobs (gl_repository)
    WHERE state = 'running';
CREATE INDEX index_post_receive_jobs_on_claimed_until ON post_receive_jobs (claimed_until)
    WHERE claimed_until IS NOT NULL;
CREATE INDEX index_post_receive_jobs_on_user_id ON post_receive_jobs (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX index_post_receive_jobs_on_project_id ON post_receive_jobs (project_id) WHERE project_id IS NOT NULL;

CREATE TABLE broadcast_messages (
    id @identity@,
    message text NOT NULL CHECK (message <> ''),
    starts_at @timestamp@ NOT NULL,
    ends_at @timestamp@ NOT NULL,
    -- 1 banner, 2 notification.
    broadcast_type @smallint@ NOT NULL DEFAULT 1 CHECK (broadcast_type IN (1, 2)),
    show_in_cli @boolean@ NOT NULL DEFAULT true CHECK (show_in_cli IN (false, true)),
    -- A full path in which * stands for any text; NULL is everywhere.
    target_path text,
    -- A JSON array of access levels; an empty one is everybody.
    target_access_levels text NOT NULL DEFAULT '[]',
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK (ends_at > starts_at)
) @strict@;
CREATE INDEX index_broadcast_messages_on_ends_at ON broadcast_messages (ends_at);

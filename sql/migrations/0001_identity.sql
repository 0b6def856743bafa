-- Who is calling, people and bots, their keys and their tokens.

CREATE TABLE users (
    id @identity@,
    username text NOT NULL CHECK (username <> ''),
    name text NOT NULL CHECK (name <> ''),
    email text NOT NULL CHECK (email <> ''),
    notification_email text CHECK (notification_email <> ''),
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'blocked', 'ldap_blocked',
        'blocked_pending_approval', 'banned', 'deactivated')),
    -- 0 is a human, 4 a service user, 5 the ghost, 13 a service account, the others are bots.
    user_type @smallint@ NOT NULL DEFAULT 0 CHECK (user_type BETWEEN 0 AND 17),
    admin @boolean@ NOT NULL DEFAULT false CHECK (admin IN (false, true)),
    external @boolean@ NOT NULL DEFAULT false CHECK (external IN (false, true)),
    projects_limit @integer@ NOT NULL DEFAULT 100000 CHECK (projects_limit >= 0),
    avatar text,
    confirmed_at @timestamp@,
    locked_at @timestamp@,
    encrypted_password text NOT NULL DEFAULT '',
    password_expires_at @timestamp@,
    password_automatically_set @boolean@ NOT NULL DEFAULT false CHECK (password_automatically_set IN (false, true)),
    accepted_term_id @bigint@,
    otp_required_for_login @boolean@ NOT NULL DEFAULT false CHECK (otp_required_for_login IN (false, true)),
    -- A JSON array of salted hashes.
    otp_backup_code_hashes text NOT NULL DEFAULT '[]',
    last_activity_on @date@,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_users_on_lower_username ON users (lower(username));
CREATE UNIQUE INDEX index_users_on_lower_email ON users (lower(email));

-- Further addresses, the primary one is in users.
CREATE TABLE emails (
    id @identity@,
    user_id @bigint@ NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    email text NOT NULL CHECK (email <> ''),
    confirmed_at @timestamp@,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_emails_on_lower_email ON emails (lower(email));
CREATE INDEX index_emails_on_user_id ON emails (user_id);

-- Deploy keys share the id space of people's keys and may outlive their owner.
CREATE TABLE keys (
    id @identity@,
    user_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    type text NOT NULL DEFAULT 'Key' CHECK (type IN ('Key', 'DeployKey')),
    title text NOT NULL CHECK (title <> ''),
    key text NOT NULL CHECK (key <> ''),
    -- SHA-256 of the key blob in base64 without padding.
    fingerprint_sha256 text NOT NULL CHECK (length(fingerprint_sha256) = 43),
    -- 0 is auth_and_signing, 1 auth, 2 signing.
    usage_type @smallint@ NOT NULL DEFAULT 0 CHECK (usage_type IN (0, 1, 2)),
    public @boolean@ NOT NULL DEFAULT false CHECK (public IN (false, true)),
    expires_at @timestamp@,
    last_used_at @timestamp@,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_keys_on_fingerprint_sha256 ON keys (fingerprint_sha256);
CREATE INDEX index_keys_on_user_id ON keys (user_id);

CREATE TABLE personal_access_tokens (
    id @identity@,
    user_id @bigint@ NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    name text NOT NULL CHECK (name <> ''),
    token_digest text NOT NULL CHECK (token_digest <> ''),
    -- A JSON array of scope names.
    scopes text NOT NULL DEFAULT '[]',
    expires_at @date@,
    revoked @boolean@ NOT NULL DEFAULT false CHECK (revoked IN (false, true)),
    impersonation @boolean@ NOT NULL DEFAULT false CHECK (impersonation IN (false, true)),
    last_used_at @timestamp@,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_personal_access_tokens_on_token_digest ON personal_access_tokens (token_digest);
CREATE INDEX index_personal_access_tokens_on_user_id ON personal_access_tokens (user_id);

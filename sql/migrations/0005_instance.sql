-- What an administrator fixes, for the instance and for the SSH certificates of a group.

CREATE TABLE application_settings (
    id @identity@,
    enabled_git_access_protocol text CHECK (enabled_git_access_protocol IN ('', 'ssh', 'http')),
    -- In megabytes, 0 and NULL are no limit.
    receive_max_input_size @integer@ CHECK (receive_max_input_size >= 0),
    -- Calls a minute, 0 is no limit.
    gitlab_shell_operation_limit @integer@ NOT NULL DEFAULT 600 CHECK (gitlab_shell_operation_limit >= 0),
    admin_mode @boolean@ NOT NULL DEFAULT false CHECK (admin_mode IN (false, true)),
    enforce_terms @boolean@ NOT NULL DEFAULT false CHECK (enforce_terms IN (false, true)),
    require_personal_access_token_expiry @boolean@ NOT NULL DEFAULT true
        CHECK (require_personal_access_token_expiry IN (false, true)),
    personal_access_token_prefix text NOT NULL DEFAULT 'glpat-' CHECK (length(personal_access_token_prefix) <= 20),
    -- Smallest number of bits of each type of key, 0 is any, -1 forbids the type.
    rsa_key_restriction @integer@ NOT NULL DEFAULT 0 CHECK (rsa_key_restriction >= -1),
    dsa_key_restriction @integer@ NOT NULL DEFAULT 0 CHECK (dsa_key_restriction >= -1),
    ecdsa_key_restriction @integer@ NOT NULL DEFAULT 0 CHECK (ecdsa_key_restriction >= -1),
    ed25519_key_restriction @integer@ NOT NULL DEFAULT 0 CHECK (ed25519_key_restriction >= -1),
    ecdsa_sk_key_restriction @integer@ NOT NULL DEFAULT 0 CHECK (ecdsa_sk_key_restriction >= -1),
    ed25519_sk_key_restriction @integer@ NOT NULL DEFAULT 0 CHECK (ed25519_sk_key_restriction >= -1),
    -- In MiB, 0 is no limit.
    file_size_limit_mb @integer@ NOT NULL DEFAULT 0 CHECK (file_size_limit_mb >= 0),
    lfs_enabled @boolean@ NOT NULL DEFAULT true CHECK (lfs_enabled IN (false, true)),
    -- The instance is read-only.
    maintenance_mode @boolean@ NOT NULL DEFAULT false CHECK (maintenance_mode IN (false, true)),
    -- A JSON object.
    default_branch_protection_defaults text,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    -- There is exactly one instance.
    CHECK (id = 1)
) @strict@;
INSERT INTO application_settings DEFAULT VALUES;

CREATE TABLE group_ssh_certificates (
    id @identity@,
    namespace_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    title text NOT NULL CHECK (title <> ''),
    key text NOT NULL CHECK (key <> ''),
    -- SHA-256 of the key blob in base64 without padding.
    fingerprint text NOT NULL CHECK (length(fingerprint) = 43),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_group_ssh_certificates_on_fingerprint ON group_ssh_certificates (fingerprint);
CREATE INDEX index_group_ssh_certificates_on_namespace_id ON group_ssh_certificates (namespace_id);

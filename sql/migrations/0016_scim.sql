-- What identity providers manage by SCIM: whom they know, by which token they come, and the single sign-on beside it.

-- Case is ignored of ASCII letters alone, on both databases.
@only_postgresql@ ALTER TABLE users ALTER COLUMN username TYPE @text@, ALTER COLUMN email TYPE @text@;
@only_postgresql@ ALTER TABLE emails ALTER COLUMN email TYPE @text@;
@only_postgresql@ ALTER TABLE identities ALTER COLUMN extern_uid TYPE @text@;

ALTER TABLE users ADD COLUMN scim_blocked @boolean@ NOT NULL DEFAULT false CHECK (scim_blocked IN (false, true));
ALTER TABLE users ADD COLUMN provisioned_by_group_id @bigint@
    REFERENCES namespaces (id) ON DELETE SET NULL DEFERRABLE;
ALTER TABLE users ADD COLUMN provisioned_by_scim @boolean@ NOT NULL DEFAULT false
    CHECK (provisioned_by_scim IN (false, true));
CREATE INDEX index_users_on_provisioned_by_group_id ON users (provisioned_by_group_id)
    WHERE provisioned_by_group_id IS NOT NULL;
CREATE INDEX index_users_on_state_where_admin ON users (state) WHERE admin;

ALTER TABLE application_settings ADD COLUMN saml_enabled @boolean@ NOT NULL DEFAULT true
    CHECK (saml_enabled IN (false, true));

CREATE TABLE saml_providers (
    id @identity@,
    group_id @bigint@ NOT NULL UNIQUE REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    enabled @boolean@ NOT NULL DEFAULT true CHECK (enabled IN (false, true)),
    enforced_sso @boolean@ NOT NULL DEFAULT false CHECK (enforced_sso IN (false, true)),
    default_membership_role @integer@ NOT NULL DEFAULT 10
        CHECK (default_membership_role IN (5, 10, 15, 20, 30, 40, 50)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

-- NULL for providers of the instance. A person may be known to the providers of several groups by one name.
ALTER TABLE identities ADD COLUMN saml_provider_id @bigint@ REFERENCES saml_providers (id) ON DELETE CASCADE DEFERRABLE;
DROP INDEX index_identities_on_provider_and_lower_extern_uid;
CREATE UNIQUE INDEX index_identities_on_provider_and_lower_extern_uid
    ON identities (provider, COALESCE(saml_provider_id, 0), lower(extern_uid));
CREATE UNIQUE INDEX index_identities_on_saml_provider_id_and_user_id ON identities (saml_provider_id, user_id)
    WHERE saml_provider_id IS NOT NULL;

-- NULL for the instance, here and below.
CREATE TABLE scim_oauth_access_tokens (
    id @identity@,
    group_id @bigint@ REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    token_digest text NOT NULL UNIQUE CHECK (token_digest <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_scim_oauth_access_tokens_on_group_id ON scim_oauth_access_tokens (group_id);

CREATE TABLE scim_identities (
    id @identity@,
    group_id @bigint@ REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    user_id @bigint@ NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    extern_uid @text@ NOT NULL CHECK (extern_uid <> '' AND length(extern_uid) <= 255),
    -- What the provider says, whatever the state of the account.
    active @boolean@ NOT NULL DEFAULT true CHECK (active IN (false, true)),
    -- As the provider wrote it; the account's username may differ.
    user_name @text@ CHECK (user_name <> '' AND length(user_name) <= 255),
    given_name text,
    family_name text,
    -- The account's name when the pair above was taken: they are shown while it is still so.
    name_snapshot text,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_scim_identities_on_group_and_lower_extern_uid
    ON scim_identities (COALESCE(group_id, 0), lower(extern_uid));
CREATE UNIQUE INDEX index_scim_identities_on_group_and_user_id ON scim_identities (COALESCE(group_id, 0), user_id);
CREATE UNIQUE INDEX index_scim_identities_on_group_and_lower_user_name
    ON scim_identities (COALESCE(group_id, 0), lower(user_name)) WHERE user_name IS NOT NULL;
CREATE INDEX index_scim_identities_on_user_id ON scim_identities (user_id);
CREATE INDEX index_scim_identities_on_group_id ON scim_identities (group_id) WHERE group_id IS NOT NULL;
-- Pages of all, oldest first.
CREATE INDEX index_scim_identities_on_group_and_id ON scim_identities (COALESCE(group_id, 0), id);

-- Names under which a path still finds an identity.
CREATE TABLE scim_identity_aliases (
    id @identity@,
    scim_identity_id @bigint@ NOT NULL REFERENCES scim_identities (id) ON DELETE CASCADE DEFERRABLE,
    group_id @bigint@ REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    extern_uid @text@ NOT NULL CHECK (extern_uid <> '' AND length(extern_uid) <= 255),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_scim_identity_aliases_on_group_and_lower_extern_uid
    ON scim_identity_aliases (COALESCE(group_id, 0), lower(extern_uid));
CREATE INDEX index_scim_identity_aliases_on_scim_identity_id ON scim_identity_aliases (scim_identity_id);
CREATE INDEX index_scim_identity_aliases_on_group_id ON scim_identity_aliases (group_id) WHERE group_id IS NOT NULL;

-- nickName, title and their like: kept for the provider, and for nothing else.
CREATE TABLE scim_identity_attributes (
    id @identity@,
    scim_identity_id @bigint@ NOT NULL REFERENCES scim_identities (id) ON DELETE CASCADE DEFERRABLE,
    name text NOT NULL CHECK (name <> ''),
    value @text@ NOT NULL,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (scim_identity_id, name)
) @strict@;

CREATE TABLE allowed_email_domains (
    id @identity@,
    group_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    domain @text@ NOT NULL CHECK (domain <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE UNIQUE INDEX index_allowed_email_domains_on_group_id_and_lower_domain
    ON allowed_email_domains (group_id, lower(domain));

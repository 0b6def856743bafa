-- What the billing portal sells besides subscriptions, and what it tells of its customers.

CREATE TABLE subscription_add_ons (
    id @identity@,
    name text NOT NULL UNIQUE CHECK (name <> ''),
    description text NOT NULL CHECK (length(description) <= 512),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

CREATE TABLE subscription_add_on_purchases (
    id @identity@,
    subscription_add_on_id @bigint@ NOT NULL REFERENCES subscription_add_ons (id) ON DELETE CASCADE DEFERRABLE,
    namespace_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    quantity @integer@ NOT NULL CHECK (quantity >= 1),
    started_at @date@ NOT NULL,
    expires_on @date@ NOT NULL,
    -- Not unique: the portal names a subscription by it.
    purchase_xid text NOT NULL CHECK (purchase_xid <> '' AND length(purchase_xid) <= 255),
    trial @boolean@ NOT NULL DEFAULT false CHECK (trial IN (false, true)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (namespace_id, subscription_add_on_id)
) @strict@;
CREATE INDEX index_subscription_add_on_purchases_on_add_on_id
    ON subscription_add_on_purchases (subscription_add_on_id);

-- Compute minutes that were bought, once for each purchase.
CREATE TABLE ci_minutes_additional_packs (
    id @identity@,
    namespace_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    number_of_minutes @integer@ NOT NULL,
    expires_at @date@ NOT NULL,
    purchase_xid text NOT NULL UNIQUE CHECK (purchase_xid <> '' AND length(purchase_xid) <= 50),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_ci_minutes_additional_packs_on_namespace_id ON ci_minutes_additional_packs (namespace_id);

CREATE TABLE namespaces_storage_limit_exclusions (
    id @identity@,
    namespace_id @bigint@ NOT NULL UNIQUE REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    reason text NOT NULL CHECK (reason <> '' AND length(reason) <= 255),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

CREATE TABLE upcoming_reconciliations (
    id @identity@,
    namespace_id @bigint@ NOT NULL UNIQUE REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    next_reconciliation_date @date@ NOT NULL,
    display_alert_from @date@ NOT NULL,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

-- That a card was shown, and by which digests it is known again. Nothing of the card itself.
CREATE TABLE user_credit_card_validations (
    user_id @bigint@ NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    credit_card_validated_at @timestamp@ NOT NULL,
    -- Salted SHA-256 in base64, each.
    last_digits_hash text CHECK (length(last_digits_hash) <= 44),
    holder_name_hash text CHECK (length(holder_name_hash) <= 44),
    network_hash text CHECK (length(network_hash) <= 44),
    expiration_date_hash text CHECK (length(expiration_date_hash) <= 44),
    zuora_payment_method_xid text UNIQUE CHECK (length(zuora_payment_method_xid) <= 50),
    stripe_setup_intent_xid text CHECK (length(stripe_setup_intent_xid) <= 255),
    stripe_payment_method_xid text CHECK (length(stripe_payment_method_xid) <= 255),
    stripe_card_fingerprint text CHECK (length(stripe_card_fingerprint) <= 255),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;

-- The address that a user chose for the mail about one group and those below it.
CREATE TABLE group_notification_emails (
    id @identity@,
    user_id @bigint@ NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE,
    namespace_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    email text NOT NULL CHECK (email <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (user_id, namespace_id)
) @strict@;
CREATE INDEX index_group_notification_emails_on_namespace_id ON group_notification_emails (namespace_id);

-- What a top-level namespace has bought.

CREATE TABLE plans (
    id @identity@,
    name text NOT NULL UNIQUE CHECK (name <> ''),
    title text CHECK (title <> ''),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
INSERT INTO plans (name, title) VALUES
    ('default', 'default'),
    ('free', 'free'),
    ('bronze', 'bronze'),
    ('silver', 'silver'),
    ('premium', 'premium'),
    ('gold', 'gold'),
    ('ultimate', 'ultimate'),
    ('ultimate_trial', 'ultimate_trial'),
    ('ultimate_trial_paid_customer', 'ultimate_trial_paid_customer'),
    ('premium_trial', 'premium_trial'),
    ('opensource', 'opensource');

CREATE TABLE gitlab_subscriptions (
    id @identity@,
    namespace_id @bigint@ NOT NULL UNIQUE REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    hosted_plan_id @bigint@ REFERENCES plans (id) DEFERRABLE,
    start_date @date@ NOT NULL,
    end_date @date@,
    seats @integer@ NOT NULL DEFAULT 0 CHECK (seats >= 0),
    max_seats_used @integer@ DEFAULT 0,
    max_seats_used_changed_at @timestamp@,
    seats_owed @integer@ NOT NULL DEFAULT 0 CHECK (seats_owed >= 0),
    trial @boolean@ NOT NULL DEFAULT false CHECK (trial IN (false, true)),
    trial_starts_on @date@,
    trial_ends_on @date@,
    -- 1 extended, 2 reactivated.
    trial_extension_type @smallint@ CHECK (trial_extension_type IN (1, 2)),
    auto_renew @boolean@ CHECK (auto_renew IN (false, true)),
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK (trial = false OR trial_starts_on IS NOT NULL),
    CHECK (trial = false OR trial_ends_on > trial_starts_on)
) @strict@;
CREATE INDEX index_gitlab_subscriptions_on_hosted_plan_id ON gitlab_subscriptions (hosted_plan_id);

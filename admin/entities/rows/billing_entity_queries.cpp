#include <array>

#include "admin/entities/rows/entity_queries.hpp"

namespace innergate::admin::rows {
namespace {

constexpr std::array kPlanColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"name", Kind::text, "t.name"},
    ShownColumn{"title", Kind::text, "t.title"},
    ShownColumn{
        "subscriptions",
        Kind::bigint,
        "(select count(*) from gitlab_subscriptions where hosted_plan_id = t.id)"},
};

constexpr std::array kSubscriptionColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"namespace", Kind::text, "routes.path"},
    ShownColumn{"plan", Kind::text, "plans.name"},
    ShownColumn{"seats", Kind::integer, "t.seats"},
    ShownColumn{"max_seats_used", Kind::integer, "t.max_seats_used"},
    ShownColumn{"seats_owed", Kind::integer, "t.seats_owed"},
    ShownColumn{"start_date", Kind::date, "t.start_date"},
    ShownColumn{"end_date", Kind::date, "t.end_date"},
    ShownColumn{"trial", Kind::boolean, "t.trial"},
    ShownColumn{"trial_ends_on", Kind::date, "t.trial_ends_on"},
};

constexpr std::array kSubscriptionDetails{
    ShownColumn{"namespace_id", Kind::bigint, "t.namespace_id"},
    ShownColumn{"trial_starts_on", Kind::date, "t.trial_starts_on"},
    ShownColumn{
        "trial_extension",
        Kind::text,
        "case t.trial_extension_type when 1 then 'extended' when 2 then 'reactivated' end"},
    ShownColumn{"auto_renew", Kind::boolean, "t.auto_renew"},
    ShownColumn{"max_seats_used_changed_at", Kind::timestamp, "t.max_seats_used_changed_at"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
    ShownColumn{"updated_at", Kind::timestamp, "t.updated_at"},
};

constexpr std::array kAddOnColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"namespace", Kind::text, "routes.path"},
    ShownColumn{"add_on", Kind::text, "add_ons.name"},
    ShownColumn{"quantity", Kind::integer, "t.quantity"},
    ShownColumn{"started_at", Kind::date, "t.started_at"},
    ShownColumn{"expires_on", Kind::date, "t.expires_on"},
    ShownColumn{"purchase_xid", Kind::text, "t.purchase_xid"},
    ShownColumn{"trial", Kind::boolean, "t.trial"},
};

constexpr std::array kPackColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"namespace", Kind::text, "routes.path"},
    ShownColumn{"number_of_minutes", Kind::integer, "t.number_of_minutes"},
    ShownColumn{"expires_at", Kind::date, "t.expires_at"},
    ShownColumn{"purchase_xid", Kind::text, "t.purchase_xid"},
};

constexpr std::array kExclusionColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"namespace", Kind::text, "routes.path"},
    ShownColumn{"reason", Kind::text, "t.reason"},
};

constexpr std::array kReconciliationColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"namespace", Kind::text, "routes.path"},
    ShownColumn{"next_reconciliation_date", Kind::date, "t.next_reconciliation_date"},
    ShownColumn{"display_alert_from", Kind::date, "t.display_alert_from"},
};

/// What is shown of a single row of any of them.
constexpr std::array kNamespaceAndTimes{
    ShownColumn{"namespace_id", Kind::bigint, "t.namespace_id"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
    ShownColumn{"updated_at", Kind::timestamp, "t.updated_at"},
};

constexpr std::string_view kNamespaceIsCalled = "lower(routes.path) = lower(cast(:value as text))";

constexpr std::array kEntities{
    EntityQueries{
        .entity = EntityName::plan,
        .table = "plans",
        .from = "plans as t",
        .columns = kPlanColumns,
        .called = "t.name = cast(:value as text)",
    },
    EntityQueries{
        .entity = EntityName::subscription,
        .table = "gitlab_subscriptions",
        .from = "gitlab_subscriptions as t left join plans on plans.id = t.hosted_plan_id "
                "left join routes on routes.source_namespace_id = t.namespace_id",
        .columns = kSubscriptionColumns,
        .details = kSubscriptionDetails,
        .called = kNamespaceIsCalled,
    },
    EntityQueries{
        .entity = EntityName::add_on_purchase,
        .table = "subscription_add_on_purchases",
        .from = "subscription_add_on_purchases as t "
                "join subscription_add_ons as add_ons on add_ons.id = t.subscription_add_on_id "
                "left join routes on routes.source_namespace_id = t.namespace_id",
        .columns = kAddOnColumns,
        .details = kNamespaceAndTimes,
    },
    EntityQueries{
        .entity = EntityName::compute_pack,
        .table = "ci_minutes_additional_packs",
        .from = "ci_minutes_additional_packs as t "
                "left join routes on routes.source_namespace_id = t.namespace_id",
        .columns = kPackColumns,
        .details = kNamespaceAndTimes,
        .called = "t.purchase_xid = cast(:value as text)",
    },
    EntityQueries{
        .entity = EntityName::storage_exclusion,
        .table = "namespaces_storage_limit_exclusions",
        .from = "namespaces_storage_limit_exclusions as t "
                "left join routes on routes.source_namespace_id = t.namespace_id",
        .columns = kExclusionColumns,
        .details = kNamespaceAndTimes,
        .called = kNamespaceIsCalled,
    },
    EntityQueries{
        .entity = EntityName::reconciliation,
        .table = "upcoming_reconciliations",
        .from = "upcoming_reconciliations as t "
                "left join routes on routes.source_namespace_id = t.namespace_id",
        .columns = kReconciliationColumns,
        .details = kNamespaceAndTimes,
        .called = kNamespaceIsCalled,
    },
};

}  // namespace

std::span<const EntityQueries> billing_entities() {
    return kEntities;
}

}  // namespace innergate::admin::rows

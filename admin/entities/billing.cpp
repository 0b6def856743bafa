// Plans, and what the billing portal has told about namespaces.
#include <array>

#include "admin/entities/entities.hpp"
#include "admin/entities/paths.hpp"

namespace innergate::admin {
namespace {

// What most of them show of a single row.
constexpr Member kNamespace = shown("namespace", Kind::text, "routes.path");
constexpr Member kNamespaceId = shown("namespace_id", Kind::bigint).only_alone();
constexpr Member kCreatedAt = shown("created_at", Kind::timestamp).only_alone();
constexpr Member kUpdatedAt = shown("updated_at", Kind::timestamp).only_alone();

constexpr std::array kPlanMembers{
    shown("id", Kind::bigint),
    shown("name", Kind::text),
    shown("title", Kind::text),
    shown(
        "subscriptions",
        Kind::bigint,
        "(select count(*) from gitlab_subscriptions where hosted_plan_id = t.id)"
    ),
};

constexpr std::array kSubscriptionMembers{
    shown("id", Kind::bigint),
    kNamespace,
    shown("plan", Kind::text, "plans.name"),
    shown("seats", Kind::integer),
    shown("max_seats_used", Kind::integer),
    shown("seats_owed", Kind::integer),
    shown("start_date", Kind::date),
    shown("end_date", Kind::date),
    shown("trial", Kind::boolean),
    shown("trial_ends_on", Kind::date),
    kNamespaceId,
    shown("trial_starts_on", Kind::date).only_alone(),
    shown(
        "trial_extension",
        Kind::text,
        "case t.trial_extension_type when 1 then 'extended' when 2 then 'reactivated' end"
    )
        .only_alone(),
    shown("auto_renew", Kind::boolean).only_alone(),
    shown("max_seats_used_changed_at", Kind::timestamp).only_alone(),
    kCreatedAt,
    kUpdatedAt,
};

constexpr std::array kOfPlan{
    ListOption{"--plan", "Only those on this plan", "hosted_plan_id", &entities::kPlan},
};

constexpr std::array kAddOnMembers{
    shown("id", Kind::bigint),
    kNamespace,
    shown("add_on", Kind::text, "add_ons.name"),
    shown("quantity", Kind::integer),
    shown("started_at", Kind::date),
    shown("expires_on", Kind::date),
    shown("purchase_xid", Kind::text),
    shown("trial", Kind::boolean),
    kNamespaceId,
    kCreatedAt,
    kUpdatedAt,
};

constexpr std::array kOfNamespace{
    ListOption{"--namespace", "Only this namespace's", "namespace_id", &entities::kAnyNamespace},
};

constexpr std::array kPackMembers{
    shown("id", Kind::bigint),
    kNamespace,
    shown("number_of_minutes", Kind::integer),
    shown("expires_at", Kind::date),
    shown("purchase_xid", Kind::text),
    kNamespaceId,
    kCreatedAt,
    kUpdatedAt,
};

constexpr std::array kExclusionMembers{
    shown("id", Kind::bigint),
    kNamespace,
    shown("reason", Kind::text),
    kNamespaceId,
    kCreatedAt,
    kUpdatedAt,
};

constexpr std::array kReconciliationMembers{
    shown("id", Kind::bigint),
    kNamespace,
    shown("next_reconciliation_date", Kind::date),
    shown("display_alert_from", Kind::date),
    kNamespaceId,
    kCreatedAt,
    kUpdatedAt,
};

}  // namespace

constexpr Entity entities::kPlan{
    .name = "plan",
    .description = "Plans that namespaces subscribe to",
    .reference = "id or name",
    .table = "plans",
    .from = "plans as t",
    .condition = {},
    .called = "t.name = cast(:value as text)",
    .members = kPlanMembers,
    .handling = Handling::looked_at,
};

constexpr Entity entities::kSubscription{
    .name = "subscription",
    .description = "Namespaces' subscriptions, and the seats they take",
    .reference = "id, or full path of the namespace",
    .table = "gitlab_subscriptions",
    .from =
        "gitlab_subscriptions as t left join plans on plans.id = t.hosted_plan_id "
        "left join routes on routes.source_namespace_id = t.namespace_id",
    .condition = {},
    .called = kIsCalledByPath,
    .members = kSubscriptionMembers,
    .list = kOfPlan,
    .handling = Handling::looked_at,
};

constexpr Entity entities::kAddOnPurchase{
    .name = "add-on",
    .description = "Add-ons that namespaces bought",
    .reference = "id of the purchase",
    .table = "subscription_add_on_purchases",
    .from =
        "subscription_add_on_purchases as t "
        "join subscription_add_ons as add_ons on add_ons.id = t.subscription_add_on_id "
        "left join routes on routes.source_namespace_id = t.namespace_id",
    .condition = {},
    .called = {},
    .members = kAddOnMembers,
    .list = kOfNamespace,
    .handling = Handling::looked_at,
};

constexpr Entity entities::kComputePack{
    .name = "pack",
    .description = "Packs of compute minutes that namespaces bought",
    .reference = "id or purchase_xid",
    .table = "ci_minutes_additional_packs",
    .from =
        "ci_minutes_additional_packs as t "
        "left join routes on routes.source_namespace_id = t.namespace_id",
    .condition = {},
    .called = "t.purchase_xid = cast(:value as text)",
    .members = kPackMembers,
    .list = kOfNamespace,
    .handling = Handling::looked_at,
};

constexpr Entity entities::kStorageExclusion{
    .name = "exclusion",
    .description = "Namespaces without a storage limit, and why",
    .reference = "id, or full path of the namespace",
    .table = "namespaces_storage_limit_exclusions",
    .from =
        "namespaces_storage_limit_exclusions as t "
        "left join routes on routes.source_namespace_id = t.namespace_id",
    .condition = {},
    .called = kIsCalledByPath,
    .members = kExclusionMembers,
    .handling = Handling::looked_at,
};

constexpr Entity entities::kReconciliation{
    .name = "reconciliation",
    .description = "When namespaces' seats are reconciled next",
    .reference = "id, or full path of the namespace",
    .table = "upcoming_reconciliations",
    .from =
        "upcoming_reconciliations as t "
        "left join routes on routes.source_namespace_id = t.namespace_id",
    .condition = {},
    .called = kIsCalledByPath,
    .members = kReconciliationMembers,
    .handling = Handling::looked_at,
};

}  // namespace innergate::admin

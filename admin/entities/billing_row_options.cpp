#include "admin/entities/billing_row_options.hpp"

#include <array>

namespace innergate::admin {
namespace {

using rows::EntityName;

constexpr std::array kOfPlan{
    ListOption{"--plan", "Only those on this plan", "hosted_plan_id", EntityName::plan},
};

constexpr std::array kOfNamespace{
    ListOption{"--namespace", "Only this namespace's", "namespace_id", EntityName::any_namespace},
};

constexpr std::array kCommands{
    EntityCommands{
        .entity = EntityName::plan,
        .name = "plan",
        .description = "Plans that namespaces subscribe to",
        .reference = "id or name",
        .handling = Handling::looked_at},
    EntityCommands{
        .entity = EntityName::subscription,
        .name = "subscription",
        .description = "Namespaces' subscriptions, and the seats they take",
        .reference = "id, or full path of the namespace",
        .list = kOfPlan,
        .handling = Handling::looked_at},
    EntityCommands{
        .entity = EntityName::add_on_purchase,
        .name = "add-on",
        .description = "Add-ons that namespaces bought",
        .reference = "id of the purchase",
        .list = kOfNamespace,
        .handling = Handling::looked_at},
    EntityCommands{
        .entity = EntityName::compute_pack,
        .name = "pack",
        .description = "Packs of compute minutes that namespaces bought",
        .reference = "id or purchase_xid",
        .list = kOfNamespace,
        .handling = Handling::looked_at},
    EntityCommands{
        .entity = EntityName::storage_exclusion,
        .name = "exclusion",
        .description = "Namespaces without a storage limit, and why",
        .reference = "id, or full path of the namespace",
        .handling = Handling::looked_at},
    EntityCommands{
        .entity = EntityName::reconciliation,
        .name = "reconciliation",
        .description = "When namespaces' seats are reconciled next",
        .reference = "id, or full path of the namespace",
        .handling = Handling::looked_at},
};

}  // namespace

std::span<const EntityCommands> billing_entity_commands() {
    return kCommands;
}

}  // namespace innergate::admin

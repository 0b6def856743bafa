// A namespace as the billing portal is shown one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/json/shape.hpp"
#include "app/settings/instance.hpp"
#include "handlers/stores/billing/billed_namespace_store.hpp"
#include "handlers/stores/billing/subscription_store.hpp"

namespace innergate::handlers::namespaces {

struct NamespaceReply {
    BilledNamespace billed;
    std::optional<std::string> avatar_url;
    std::string web_url;
    long long billable_members_count = 0;
    std::optional<GroupFigures> figures;  ///< of a group

    /// The namespace's own subscription, or what is shown where it has none.
    [[nodiscard]] const OwnSubscription& subscription() const;
    [[nodiscard]] std::string_view kind() const;
    [[nodiscard]] std::string_view plan() const;
    [[nodiscard]] long long seats_in_use() const;
    [[nodiscard]] std::optional<long long> members_count() const;
    [[nodiscard]] std::optional<long long> projects_count() const;
    /// Nothing: the namespace is no group. Null: the group is no root.
    [[nodiscard]] std::optional<std::optional<long long>> root_repository_size() const;
};

/// The documented keys in their order, then those that later servers add. A personal namespace
/// lacks the three figures that only groups have.
constexpr auto shape_of(std::type_identity<NamespaceReply> /*type*/) {
    using Reply = NamespaceReply;
    return shape::object<Reply>(
        shape::member(
            "id", [](const Reply& reply) { return reply.billed.id; }, "The namespace's id"
        ),
        shape::member(
            "name", [](const Reply& reply) -> const auto& { return reply.billed.name; }, "Its name"
        ),
        shape::member(
            "path",
            [](const Reply& reply) -> const auto& { return reply.billed.path; },
            "The last part of its path"
        ),
        shape::member(
            "kind",
            &Reply::kind,
            shape::Doc{"A group or a personal namespace"}.one_of("group", "user")
        ),
        shape::member(
            "full_path",
            [](const Reply& reply) -> const auto& { return reply.billed.full_path; },
            "Its whole path"
        ),
        shape::member(
            "parent_id",
            [](const Reply& reply) { return reply.billed.parent_id; },
            "The id of the group that it is in; null: of none"
        ),
        shape::member(
            "avatar_url",
            &Reply::avatar_url,
            "The address of its picture, of a personal namespace its owner's; null: it has none"
        ),
        shape::member("web_url", &Reply::web_url, shape::Doc{"The address of its page", "uri"}),
        shape::optional_member(
            "members_count_with_descendants",
            &Reply::members_count,
            "Distinct users who are members of the group or of one below it, bots too; groups only"
        ),
        shape::member(
            "billable_members_count",
            &Reply::billable_members_count,
            "Seats that the members of the namespace and of what is below it take now"
        ),
        shape::member(
            "max_seats_used",
            [](const Reply& reply) { return reply.subscription().max_seats_used; },
            "The figure that is stored with its own subscription; 0 without one"
        ),
        shape::member(
            "seats_in_use",
            &Reply::seats_in_use,
            "The same as `billable_members_count`; 0 without an own subscription"
        ),
        shape::member(
            "plan",
            &Reply::plan,
            "The plan of the root's subscription, expired or not; `default` without one"
        ),
        shape::member(
            "end_date",
            [](const Reply& reply) { return reply.subscription().end_date; },
            "When its own subscription ends"
        ),
        shape::member(
            "trial_ends_on",
            [](const Reply& reply) { return reply.subscription().trial_ends_on; },
            "When the trial of its own subscription ends"
        ),
        shape::member(
            "trial",
            [](const Reply& reply) { return reply.subscription().is_trial; },
            "Whether its own subscription is a trial"
        ),
        shape::optional_member(
            "root_repository_size",
            &Reply::root_repository_size,
            "Bytes of all projects in and below the group; null for a subgroup; groups only"
        ),
        shape::optional_member(
            "projects_count",
            &Reply::projects_count,
            "Projects in and below the group, archived ones too; groups only"
        ),
        shape::member(
            "shared_runners_minutes_limit",
            [](const Reply& reply) { return reply.billed.quotas.shared_runners_minutes_limit; },
            "Compute minutes in a month; null: as its plan gives"
        ),
        shape::member(
            "extra_shared_runners_minutes_limit",
            [](const Reply& reply) {
                return reply.billed.quotas.extra_shared_runners_minutes_limit;
            },
            "Compute minutes that were bought besides"
        ),
        shape::member(
            "additional_purchased_storage_size",
            [](const Reply& reply) {
                return reply.billed.quotas.additional_purchased_storage_size;
            },
            "Storage in MiB that was bought"
        ),
        shape::member(
            "additional_purchased_storage_ends_on",
            [](const Reply& reply) {
                return reply.billed.quotas.additional_purchased_storage_ends_on;
            },
            "When that storage ends"
        ),
        shape::member(
            "max_seats_used_changed_at",
            [](const Reply& reply) { return reply.subscription().max_seats_used_changed_at; },
            "When `max_seats_used` changed last"
        )
    );
}

/// Counts what the reply counts, and makes its addresses.
[[nodiscard]] NamespaceReply reply_about(
    BilledNamespace billed,
    BilledNamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const settings::Instance& instance
);

}  // namespace innergate::handlers::namespaces

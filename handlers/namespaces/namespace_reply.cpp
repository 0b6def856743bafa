#include "handlers/namespaces/namespace_reply.hpp"

#include <string_view>
#include <utility>

namespace innergate::handlers::namespaces {
namespace {

/// An address stays as it was stored, a path is one of this server.
std::optional<std::string> avatar_url(
    const std::optional<std::string>& avatar, const std::string& external_url
) {
    if (!avatar || avatar->empty()) {
        return std::nullopt;
    }
    if (avatar->starts_with("https://") || avatar->starts_with("http://")) {
        return avatar;
    }
    return external_url + (avatar->starts_with('/') ? "" : "/") + *avatar;
}

}  // namespace

NamespaceReply reply_about(
    BilledNamespace billed,
    BilledNamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const settings::Instance& instance
) {
    NamespaceReply reply;
    reply.billed = std::move(billed);
    const BilledNamespace& shown = reply.billed;
    reply.avatar_url = avatar_url(shown.avatar, instance.external_url);
    reply.billable_members_count =
        subscriptions.count_seats(shown.id, shown.kind(), shown.actual_plan, shown.figures_at);
    if (shown.owner_username) {
        reply.web_url = instance.external_url + "/" + *shown.owner_username;
    } else {
        reply.web_url = instance.external_url + "/groups/" + shown.full_path;
        reply.figures = namespaces.measure(shown.id, shown.figures_at);
    }
    return reply;
}

void write_json(json::Writer& writer, const NamespaceReply& reply) {
    const BilledNamespace& shown = reply.billed;
    const bool is_sold = shown.subscription.has_value();
    OwnSubscription subscription;
    subscription.max_seats_used = 0;
    subscription = shown.subscription.value_or(subscription);
    writer.begin_object();
    writer.member("id", shown.id.value);
    writer.member("name", shown.name);
    writer.member("path", shown.path);
    writer.member("kind", shown.kind() == NamespaceKind::group ? "group" : "user");
    writer.member("full_path", shown.full_path);
    writer.member("parent_id", shown.parent_id);
    writer.member("avatar_url", reply.avatar_url);
    writer.member("web_url", reply.web_url);
    if (reply.figures) {
        writer.member("members_count_with_descendants", reply.figures->members_count);
    }
    writer.member("billable_members_count", reply.billable_members_count);
    writer.member("max_seats_used", subscription.max_seats_used);
    writer.member("seats_in_use", is_sold ? reply.billable_members_count : 0);
    writer.member("plan", shown.actual_plan.value_or("default"));
    writer.member("end_date", subscription.end_date);
    writer.member("trial_ends_on", subscription.trial_ends_on);
    writer.member("trial", subscription.is_trial);
    if (reply.figures) {
        const bool is_root = !shown.parent_id;
        writer.member(
            "root_repository_size",
            is_root ? std::optional{reply.figures->repository_size} : std::nullopt
        );
        writer.member("projects_count", reply.figures->projects_count);
    }
    writer.member("shared_runners_minutes_limit", shown.quotas.shared_runners_minutes_limit);
    writer.member(
        "extra_shared_runners_minutes_limit", shown.quotas.extra_shared_runners_minutes_limit
    );
    writer.member(
        "additional_purchased_storage_size", shown.quotas.additional_purchased_storage_size
    );
    writer.member(
        "additional_purchased_storage_ends_on", shown.quotas.additional_purchased_storage_ends_on
    );
    writer.member("max_seats_used_changed_at", subscription.max_seats_used_changed_at);
    writer.end_object();
}

}  // namespace innergate::handlers::namespaces

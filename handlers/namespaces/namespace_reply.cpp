#include "handlers/namespaces/namespace_reply.hpp"

#include <utility>

namespace innergate::handlers::namespaces {
namespace {

/// A whole address is shown as it is stored. A path belongs to this server.
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

const OwnSubscription& NamespaceReply::subscription() const {
    static constexpr OwnSubscription kNone{
        .is_trial = false,
        .trial_ends_on = std::nullopt,
        .end_date = std::nullopt,
        .max_seats_used = 0,
        .max_seats_used_changed_at = std::nullopt,
    };
    return billed.subscription ? *billed.subscription : kNone;
}

std::string_view NamespaceReply::kind() const {
    return billed.kind() == NamespaceKind::group ? "group" : "user";
}

std::string_view NamespaceReply::plan() const {
    return billed.actual_plan ? std::string_view{*billed.actual_plan} : "default";
}

long long NamespaceReply::seats_in_use() const {
    return billed.subscription ? billable_members_count : 0;
}

std::optional<long long> NamespaceReply::members_count() const {
    return figures ? std::optional{figures->members_count} : std::nullopt;
}

std::optional<long long> NamespaceReply::projects_count() const {
    return figures ? std::optional{figures->projects_count} : std::nullopt;
}

std::optional<std::optional<long long>> NamespaceReply::root_repository_size() const {
    if (!figures) {
        return std::nullopt;
    }
    return billed.parent_id ? std::optional<long long>{} : figures->repository_size;
}

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

}  // namespace innergate::handlers::namespaces

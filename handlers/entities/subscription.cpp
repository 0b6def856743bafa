#include "handlers/entities/subscription.hpp"

#include <string>
#include <utility>

namespace innergate::handlers {
namespace {

void write_plan(json::Writer& writer, const SubscriptionReply& reply) {
    const auto& subscription = reply.subscription;
    const auto or_null = [&subscription](bool value) {
        return subscription ? std::optional{value} : std::nullopt;
    };
    std::optional<std::string> code;
    std::optional<std::string> name;
    if (subscription) {
        code = subscription->terms.plan;
        name = subscription->plan_title ? subscription->plan_title : code;
    }
    writer.key("plan");
    writer.begin_object();
    writer.member("code", code);
    writer.member("name", name);
    writer.member("trial", or_null(subscription && subscription->terms.is_trial));
    writer.member("auto_renew", subscription ? subscription->auto_renew : std::nullopt);
    writer.member("upgradable", or_null(reply.is_upgradable));
    writer.member("exclude_guests", or_null(reply.excludes_guests));
    writer.end_object();
}

void write_usage(json::Writer& writer, const SubscriptionReply& reply) {
    const auto& subscription = reply.subscription;
    const auto or_null = [&subscription](long long value) {
        return subscription ? std::optional{value} : std::nullopt;
    };
    writer.key("usage");
    writer.begin_object();
    writer.member("seats_in_subscription", or_null(subscription ? subscription->terms.seats : 0));
    writer.member("seats_in_use", or_null(reply.seats_in_use));
    writer.member("max_seats_used", subscription ? subscription->max_seats_used : std::nullopt);
    writer.member("seats_owed", or_null(subscription ? subscription->seats_owed : 0));
    writer.end_object();
}

void write_billing(json::Writer& writer, const std::optional<Subscription>& subscription) {
    std::optional<Date> start;
    std::optional<Date> end;
    std::optional<Date> trial_end;
    if (subscription) {
        start = subscription->start_date;
        end = subscription->terms.end_date;
        trial_end = subscription->trial_ends_on;
    }
    writer.key("billing");
    writer.begin_object();
    writer.member("subscription_start_date", start);
    writer.member("subscription_end_date", end);
    writer.member("trial_ends_on", trial_end);
    writer.end_object();
}

}  // namespace

SubscriptionReply subscription_reply(
    const Namespace& owner,
    std::optional<Subscription> subscription,
    SubscriptionStore& subscriptions,
    Date today
) {
    SubscriptionReply reply{.subscription = std::move(subscription)};
    if (reply.subscription) {
        const domain::SubscriptionTerms& terms = reply.subscription->terms;
        reply.is_upgradable = domain::is_upgradable(terms, today);
        reply.excludes_guests = owner.kind == NamespaceKind::group && terms.plan &&
                                domain::excludes_guests(*terms.plan);
        reply.seats_in_use = subscriptions.count_seats(
            owner.id, owner.kind, terms.plan, reply.subscription->figures_at
        );
    }
    return reply;
}

void write_json(json::Writer& writer, const SubscriptionReply& reply) {
    writer.begin_object();
    write_plan(writer, reply);
    write_usage(writer, reply);
    write_billing(writer, reply.subscription);
    writer.end_object();
}

}  // namespace innergate::handlers

#include "handlers/namespaces/update_namespace.hpp"

#include <utility>
#include <vector>

#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::namespaces {
namespace {

using domain::SubscriptionAttributes;

/// An empty hash says nothing, as does one whose members nobody knows.
bool names_subscription(const UpdateNamespaceRequest& request) {
    return request.subscription && *request.subscription != SubscriptionAttributes{};
}

domain::ChangedSubscription changed_subscription(
    const BilledState& before,
    const SubscriptionAttributes& attributes,
    const domain::SeatCount& count_seats,
    const Clock& clock
) {
    if (before.subscription) {
        return domain::changed(*before.subscription, attributes, count_seats, clock.now());
    }
    SubscriptionAttributes first = attributes;
    if (!first.start_date.is_given) {
        first.start_date = {.is_given = true, .value = clock.today()};
    }
    return domain::created(first);
}

/// The faults of the whole record at once, so that the client sees all of them.
Result<BilledChange> decide(
    const UpdateNamespaceRequest& request,
    const BilledState& before,
    const domain::SeatCount& count_seats,
    const Clock& clock
) {
    BilledChange change;
    std::vector<ColumnFaults> faults;
    auto quotas = domain::changed_quotas(before.quotas, request, before.level);
    if (quotas) {
        change.quotas = *quotas;
    } else {
        faults = std::move(quotas.error());
    }
    if (names_subscription(request)) {
        auto subscription = changed_subscription(before, *request.subscription, count_seats, clock);
        if (subscription) {
            change.subscription = std::move(*subscription);
        } else {
            for (ColumnFaults& column : subscription.error()) {
                column.column.insert(0, "gitlab_subscription.");
                faults.push_back(std::move(column));
            }
        }
    }
    if (!faults.empty()) {
        return record_failure(std::move(faults));
    }
    return change;
}

}  // namespace

Result<NamespaceReply> update_namespace(
    const UpdateNamespaceRequest& request,
    NamespaceStore& known,
    BilledNamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const settings::Instance& instance,
    const Clock& clock
) {
    const auto target = known.find(request.id);
    if (!target) {
        return namespace_not_found();
    }
    if (!target->is_root() && names_subscription(request)) {
        return not_a_root_namespace(target->name);
    }
    const domain::SeatCount count_seats = [&subscriptions,
                                           &target](const std::optional<std::string>& plan) {
        return subscriptions.count_seats(target->id, target->kind, plan);
    };
    auto changed = namespaces.change(
        target->id,
        [&](const BilledState& before) { return decide(request, before, count_seats, clock); },
        clock.now()
    );
    if (!changed) {
        return namespace_not_found("deleted meanwhile");
    }
    return changed->map([&](BilledNamespace& billed) {
        return reply_about(std::move(billed), namespaces, subscriptions, instance);
    });
}

}  // namespace innergate::handlers::namespaces

#include "handlers/namespaces/show_namespace.hpp"

#include <utility>

#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::namespaces {

Result<NamespaceReply> show_namespace(
    const ShowNamespaceRequest& request,
    BilledNamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const settings::Instance& instance
) {
    auto found = namespaces.find(request.id);
    if (!found) {
        return namespace_not_found();
    }
    return reply_about(std::move(*found), namespaces, subscriptions, instance);
}

}  // namespace innergate::handlers::namespaces

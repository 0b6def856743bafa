#include "handlers/subscription_add_on_purchases/show_purchase.hpp"

#include <utility>

namespace innergate::handlers::subscription_add_on_purchases {

Result<PurchaseReply> show_purchase(
    const PurchaseTarget& request, NamespaceStore& namespaces, AddOnPurchaseStore& purchases
) {
    auto key = find_purchase_key(request, namespaces);
    if (!key) {
        return tl::unexpected(std::move(key.error()));
    }
    auto purchase = purchases.find(key->owner.id, key->add_on);
    if (!purchase) {
        // GitLab writes a small n here and nowhere else.
        return failure(ErrorCode::not_found, "404 Not found");
    }
    return PurchaseReply{.key = std::move(*key), .purchase = std::move(*purchase)};
}

}  // namespace innergate::handlers::subscription_add_on_purchases

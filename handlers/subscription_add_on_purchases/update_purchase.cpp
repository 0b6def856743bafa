#include "handlers/subscription_add_on_purchases/update_purchase.hpp"

#include <utility>

namespace innergate::handlers::subscription_add_on_purchases {
namespace {

// Not 404, as GitLab does.
constexpr std::string_view kDoesNotExist = "does not exist, create a new record instead";

}  // namespace

Result<PurchaseReply> update_purchase(
    const params::Deferred<PurchaseTarget, PurchaseParams>& request,
    NamespaceStore& namespaces,
    AddOnPurchaseStore& purchases,
    const Clock& clock
) {
    auto key = find_purchase_key(request.target, namespaces);
    if (!key) {
        return tl::unexpected(std::move(key.error()));
    }
    if (!request.rest) {
        return tl::unexpected(request.rest.error());
    }
    const domain::AddOnPurchaseTerms terms = terms_of(*request.rest);
    auto faults = domain::faults_of_change(terms);
    if (!faults.empty()) {
        const bool exists = purchases.find(key->owner.id, key->add_on).has_value();
        return exists ? record_failure(std::move(faults)) : purchase_failure(*key, kDoesNotExist);
    }
    auto purchase = purchases.update(key->owner.id, key->add_on, terms, clock.now());
    if (!purchase) {
        return purchase_failure(*key, kDoesNotExist);
    }
    return PurchaseReply{.key = std::move(*key), .purchase = std::move(*purchase)};
}

}  // namespace innergate::handlers::subscription_add_on_purchases

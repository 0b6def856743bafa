#include "handlers/subscription_add_on_purchases/create_purchase.hpp"

#include <utility>

#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::subscription_add_on_purchases {
namespace {

constexpr std::string_view kExists = "already exists, update the existing record";

}  // namespace

Result<PurchaseReply> create_purchase(
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
    if (!key->owner.is_root()) {
        return not_a_root_namespace(key->owner.name);
    }
    const domain::AddOnPurchaseTerms terms = terms_of(*request.rest);
    auto faults = domain::faults_of_new(terms);
    if (!faults.empty()) {
        const bool exists = purchases.find(key->owner.id, key->add_on).has_value();
        return exists ? purchase_failure(*key, kExists) : record_failure(std::move(faults));
    }
    auto purchase = domain::purchase_of(terms);
    switch (purchases.add(key->owner.id, key->add_on, purchase, clock.now())) {
        case AddedPurchase::added:
            return PurchaseReply{.key = std::move(*key), .purchase = std::move(purchase)};
        case AddedPurchase::exists:
            return purchase_failure(*key, kExists);
        case AddedPurchase::no_namespace:
            break;
    }
    return namespace_not_found();
}

}  // namespace innergate::handlers::subscription_add_on_purchases

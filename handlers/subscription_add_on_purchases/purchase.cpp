#include "handlers/subscription_add_on_purchases/purchase.hpp"

#include <utility>

#include <fmt/format.h>

#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::subscription_add_on_purchases {

domain::AddOnPurchaseTerms terms_of(const PurchaseParams& params) {
    return {
        .quantity = params.quantity,
        .started_on = params.started_on,
        .expires_on = params.expires_on,
        .purchase_xid =
            params.purchase_xid ? std::optional{params.purchase_xid->text} : std::nullopt,
        .is_trial = params.is_trial,
    };
}

Result<PurchaseKey> find_purchase_key(const PurchaseTarget& target, NamespaceStore& namespaces) {
    auto owner = namespaces.find(target.id);
    if (!owner) {
        return namespace_not_found();
    }
    const domain::AddOn* const add_on = domain::find_add_on(target.add_on_name);
    if (add_on == nullptr) {
        return failure(ErrorCode::not_found, "404 Subscription Add-on Not Found");
    }
    return PurchaseKey{.owner = std::move(*owner), .add_on = *add_on};
}

tl::unexpected<Error> purchase_failure(const PurchaseKey& key, std::string_view what_is_wrong) {
    return failure(
        ErrorCode::bad_request,
        fmt::format(
            "400 Bad request - Add-on purchase for namespace {} and add-on {} {}",
            key.owner.name,
            key.add_on.title,
            what_is_wrong
        )
    );
}

}  // namespace innergate::handlers::subscription_add_on_purchases

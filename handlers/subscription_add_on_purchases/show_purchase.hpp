// GET /namespaces/:id/subscription_add_on_purchase/:add_on_name: what a namespace bought.
#pragma once

#include "app/error.hpp"
#include "handlers/stores/billing/add_on_purchase_store.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/subscription_add_on_purchases/purchase.hpp"

namespace innergate::handlers::subscription_add_on_purchases {

/// Shows expired purchases too. Writes nothing. Errors: those of find_purchase_key(); not_found
/// `404 Not found` where there is no such purchase.
[[nodiscard]] Result<PurchaseReply> show_purchase(
    const PurchaseTarget& request, NamespaceStore& namespaces, AddOnPurchaseStore& purchases
);

}  // namespace innergate::handlers::subscription_add_on_purchases

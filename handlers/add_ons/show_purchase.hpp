// GET /namespaces/:id/subscription_add_on_purchase/:add_on_name: what a namespace bought.
#pragma once

#include "app/error.hpp"
#include "handlers/add_ons/purchase.hpp"
#include "handlers/stores/billing/add_on_purchase_store.hpp"
#include "handlers/stores/billing/namespace_store.hpp"

namespace innergate::handlers::add_ons {

/// Also what has expired. Writes nothing. Errors: those of find_purchase_key(); not_found `404 Not
/// found` where there is no such purchase.
[[nodiscard]] Result<PurchaseReply> show_purchase(
    const PurchaseTarget& request, NamespaceStore& namespaces, AddOnPurchaseStore& purchases
);

}  // namespace innergate::handlers::add_ons

// PUT /namespaces/:id/subscription_add_on_purchase/:add_on_name: a purchase has changed.
#pragma once

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/params/deferred.hpp"
#include "app/params/schema.hpp"
#include "handlers/stores/billing/add_on_purchase_store.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/subscription_add_on_purchases/purchase.hpp"

namespace innergate::handlers::subscription_add_on_purchases {

/// Null leaves a value as it is, but the dates have to be named.
inline constexpr auto kChangedPurchaseParams = params::schema<PurchaseParams>(
    params::optional("quantity", &PurchaseParams::quantity, "How many, such as seats; 1 or more"),
    params::present("started_on", &PurchaseParams::started_on, "Day on which it begins"),
    params::present("expires_on", &PurchaseParams::expires_on, "Day on which it expires"),
    params::optional(
        "purchase_xid",
        &PurchaseParams::purchase_xid,
        "The portal's name for it, up to 255 characters"
    ),
    params::optional("trial", &PurchaseParams::is_trial, "Whether it is a trial")
);

inline constexpr auto kUpdatePurchaseParams =
    params::deferred(kPurchaseTargetParams, kChangedPurchaseParams);

/// A subgroup may have one, too. Errors, in this order: those of find_purchase_key(); those of the
/// parameters; bad_request where there is no purchase; those of the record.
[[nodiscard]] Result<PurchaseReply> update_purchase(
    const params::Deferred<PurchaseTarget, PurchaseParams>& request,
    NamespaceStore& namespaces,
    AddOnPurchaseStore& purchases,
    const Clock& clock
);

}  // namespace innergate::handlers::subscription_add_on_purchases

// POST /namespaces/:id/subscription_add_on_purchase/:add_on_name: a namespace bought an add-on.
#pragma once

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/params/deferred.hpp"
#include "app/params/schema.hpp"
#include "handlers/stores/billing/add_on_purchase_store.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/subscription_add_on_purchases/purchase.hpp"

namespace innergate::handlers::subscription_add_on_purchases {

/// A parameter that has to be named may be null: the record's rules judge that.
inline constexpr auto kNewPurchaseParams = params::schema<PurchaseParams>(
    params::present("quantity", &PurchaseParams::quantity, "How many, such as seats; 1 or more"),
    params::present("started_on", &PurchaseParams::started_on, "Day on which it begins"),
    params::present("expires_on", &PurchaseParams::expires_on, "Day on which it expires"),
    params::present(
        "purchase_xid",
        &PurchaseParams::purchase_xid,
        "The portal's name for it, up to 255 characters"
    ),
    params::optional("trial", &PurchaseParams::is_trial, "Whether it is a trial; else it is none")
);

inline constexpr auto kCreatePurchaseParams =
    params::deferred(kPurchaseTargetParams, kNewPurchaseParams);

/// Errors, in this order: those of find_purchase_key(); those of the parameters; bad_request for a
/// subgroup, and where there is a purchase already, even an expired one; those of the record.
[[nodiscard]] Result<PurchaseReply> create_purchase(
    const params::Deferred<PurchaseTarget, PurchaseParams>& request,
    NamespaceStore& namespaces,
    AddOnPurchaseStore& purchases,
    const Clock& clock
);

}  // namespace innergate::handlers::subscription_add_on_purchases

// What the endpoints of add-on purchases share: which purchase is meant, what is said about it, and
// how it is shown.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "handlers/domain/add_on.hpp"
#include "handlers/stores/billing/namespace_store.hpp"

namespace innergate::handlers::subscription_add_on_purchases {

/// As the path names it.
struct PurchaseTarget {
    std::string id;
    std::string add_on_name;
};

inline constexpr auto kPurchaseTargetParams = params::schema<PurchaseTarget>(
    params::required("id", &PurchaseTarget::id, "Id or URL-encoded full path of the namespace"),
    params::required(
        "add_on_name",
        &PurchaseTarget::add_on_name,
        "code_suggestions, product_analytics or duo_enterprise"
    )
);

struct PurchaseParams {
    std::optional<int> quantity;
    std::optional<Date> started_on;
    std::optional<Date> expires_on;
    std::optional<params::Unquoted> purchase_xid;
    std::optional<bool> is_trial;
};

[[nodiscard]] domain::AddOnPurchaseTerms terms_of(const PurchaseParams& params);

/// The only purchase of an add-on that a namespace can have, whether that exists or not.
struct PurchaseKey {
    Namespace owner;
    domain::AddOn add_on;
};

/// Errors, in this order: not_found `404 Namespace Not Found`; not_found `404 Subscription Add-on
/// Not Found`.
[[nodiscard]] Result<PurchaseKey> find_purchase_key(
    const PurchaseTarget& target, NamespaceStore& namespaces
);

/// bad_request `400 Bad request - Add-on purchase for namespace A and add-on B …`
[[nodiscard]] tl::unexpected<Error> purchase_failure(
    const PurchaseKey& key, std::string_view what_is_wrong
);

struct PurchaseReply {
    PurchaseKey key;
    domain::AddOnPurchase purchase;
};

constexpr auto shape_of(std::type_identity<PurchaseReply> /*type*/) {
    using Reply = PurchaseReply;
    return shape::object<Reply>(
        shape::member(
            "namespace_id",
            [](const Reply& reply) { return reply.key.owner.id; },
            "The id of the namespace that has the add-on"
        ),
        shape::member(
            "namespace_name",
            [](const Reply& reply) -> const auto& { return reply.key.owner.name; },
            "The name of that namespace"
        ),
        shape::member(
            "add_on",
            [](const Reply& reply) { return reply.key.add_on.title; },
            "The title of the add-on, such as `Code Suggestions`"
        ),
        shape::member(
            "quantity",
            [](const Reply& reply) { return reply.purchase.quantity; },
            "How many, such as seats"
        ),
        shape::member(
            "started_on",
            [](const Reply& reply) { return reply.purchase.started_on; },
            "The first day of the purchase"
        ),
        shape::member(
            "expires_on",
            [](const Reply& reply) { return reply.purchase.expires_on; },
            "The day on which it expires"
        ),
        shape::member(
            "purchase_xid",
            [](const Reply& reply) -> const auto& { return reply.purchase.purchase_xid; },
            "The portal's name of the purchase"
        ),
        shape::member(
            "trial",
            [](const Reply& reply) { return reply.purchase.is_trial; },
            "Whether it is a trial"
        )
    );
}

}  // namespace innergate::handlers::subscription_add_on_purchases

#include "handlers/add_ons/purchase.hpp"

#include <utility>

#include <fmt/format.h>

#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::add_ons {

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

void write_json(json::Writer& writer, const PurchaseReply& reply) {
    writer.begin_object();
    writer.member("namespace_id", reply.key.owner.id.value);
    writer.member("namespace_name", reply.key.owner.name);
    writer.member("add_on", reply.key.add_on.title);
    writer.member("quantity", reply.purchase.quantity);
    writer.member("started_on", reply.purchase.started_on);
    writer.member("expires_on", reply.purchase.expires_on);
    writer.member("purchase_xid", reply.purchase.purchase_xid);
    writer.member("trial", reply.purchase.is_trial);
    writer.end_object();
}

}  // namespace innergate::handlers::add_ons

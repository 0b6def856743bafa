#include "handlers/stores/billing/add_on_purchase_store.hpp"

#include <string>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"

namespace innergate::handlers {
namespace {

using domain::AddOnPurchase;

// No other table of a statement has columns of these names.
constexpr auto kPurchase = db::columns<AddOnPurchase>(
    db::column("quantity", &AddOnPurchase::quantity),
    db::column("started_at", &AddOnPurchase::started_on),
    db::column("expires_on", &AddOnPurchase::expires_on),
    db::column("purchase_xid", &AddOnPurchase::purchase_xid),
    db::flag("trial", &AddOnPurchase::is_trial)
);

constexpr auto kFind = db::reading("subscription_add_on_purchases.find", "select", kPurchase, R"sql(
      from subscription_add_on_purchases as purchases
      join subscription_add_ons as add_ons on add_ons.id = purchases.subscription_add_on_id
     where purchases.namespace_id = :namespace_id
       and add_ons.name = :add_on)sql");

// The condition saves a number of the id's sequence with each purchase.
constexpr db::Query kAddAddOn{
    "subscription_add_ons.add",
    R"sql(
    insert into subscription_add_ons (name, description, created_at, updated_at)
    select :add_on, :description, :now, :now
     where not exists (select 1 from subscription_add_ons where name = :add_on)
        on conflict (name) do nothing)sql",
    db::Access::write,
};

constexpr db::Query kAdd{
    "subscription_add_on_purchases.add",
    R"sql(
    insert into subscription_add_on_purchases
           (subscription_add_on_id, namespace_id, quantity, started_at, expires_on, purchase_xid,
            trial, created_at, updated_at)
    select id, :namespace_id, :quantity, :started_on, :expires_on, :purchase_xid, :trial, :now, :now
      from subscription_add_ons
     where name = :add_on
        on conflict (namespace_id, subscription_add_on_id) do nothing)sql",
    db::Access::write,
};

constexpr auto kUpdate = db::writing(
    "subscription_add_on_purchases.update",
    R"sql(
    update subscription_add_on_purchases
       set quantity = coalesce(:quantity, quantity),
           started_at = coalesce(:started_on, started_at),
           expires_on = coalesce(:expires_on, expires_on),
           purchase_xid = coalesce(:purchase_xid, purchase_xid),
           trial = coalesce(:trial, trial),
           updated_at = :now
     where namespace_id = :namespace_id
       and subscription_add_on_id = (select id from subscription_add_ons where name = :add_on)
    returning)sql",
    kPurchase
);

}  // namespace

std::optional<domain::AddOnPurchase> AddOnPurchaseStore::find(
    NamespaceId namespace_id, const domain::AddOn& add_on
) {
    const std::string name{add_on.name};
    return session_.fetch_row(
        kFind, soci::use(namespace_id.value, "namespace_id"), soci::use(name, "add_on")
    );
}

AddedPurchase AddOnPurchaseStore::add(
    NamespaceId namespace_id,
    const domain::AddOn& add_on,
    const domain::AddOnPurchase& purchase,
    Timestamp now
) {
    try {
        const bool is_added = try_to_add(namespace_id, add_on, purchase, now);
        return is_added ? AddedPurchase::added : AddedPurchase::exists;
    } catch (const db::ConstraintViolation&) {
        // A purchase without faults can break only one rule: its namespace must be there.
        return AddedPurchase::no_namespace;
    }
}

bool AddOnPurchaseStore::try_to_add(
    NamespaceId namespace_id,
    const domain::AddOn& add_on,
    const domain::AddOnPurchase& purchase,
    Timestamp now
) {
    const std::string name{add_on.name};
    const std::string description{add_on.description};
    db::Transaction transaction{session_};
    session_.execute(
        kAddAddOn,
        soci::use(name, "add_on"),
        soci::use(description, "description"),
        soci::use(now, "now")
    );
    const std::size_t added = session_.execute(
        kAdd,
        soci::use(namespace_id.value, "namespace_id"),
        soci::use(name, "add_on"),
        soci::use(purchase.quantity, "quantity"),
        soci::use(purchase.started_on, "started_on"),
        soci::use(purchase.expires_on, "expires_on"),
        soci::use(purchase.purchase_xid, "purchase_xid"),
        soci::use(purchase.is_trial, "trial"),
        soci::use(now, "now")
    );
    if (added == 0) {
        return false;
    }
    transaction.commit();
    return true;
}

std::optional<domain::AddOnPurchase> AddOnPurchaseStore::update(
    NamespaceId namespace_id,
    const domain::AddOn& add_on,
    const domain::AddOnPurchaseTerms& terms,
    Timestamp now
) {
    const std::string name{add_on.name};
    return session_.fetch_row(
        kUpdate,
        soci::use(namespace_id.value, "namespace_id"),
        soci::use(name, "add_on"),
        soci::use(terms.quantity, "quantity"),
        soci::use(terms.started_on, "started_on"),
        soci::use(terms.expires_on, "expires_on"),
        soci::use(terms.purchase_xid, "purchase_xid"),
        soci::use(terms.is_trial, "trial"),
        soci::use(now, "now")
    );
}

}  // namespace innergate::handlers

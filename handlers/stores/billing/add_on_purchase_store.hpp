// Add-ons, and which namespaces bought them.
#pragma once

#include <optional>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/add_on.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

enum class AddedPurchase { added, exists, no_namespace };

/// A namespace has at most one purchase of each add-on.
class AddOnPurchaseStore {
public:
    explicit AddOnPurchaseStore(db::Session& session) : session_(session) {}

    [[nodiscard]] std::optional<domain::AddOnPurchase> find(
        NamespaceId namespace_id, const domain::AddOn& add_on
    );

    /// Writes only if the purchase is added. The first one of an add-on adds the add-on's row, too.
    [[nodiscard]] AddedPurchase add(
        NamespaceId namespace_id,
        const domain::AddOn& add_on,
        const domain::AddOnPurchase& purchase,
        Timestamp now
    );

    /// The purchase after the change. What `terms` do not say stays. Nothing: there is no purchase.
    [[nodiscard]] std::optional<domain::AddOnPurchase> update(
        NamespaceId namespace_id,
        const domain::AddOn& add_on,
        const domain::AddOnPurchaseTerms& terms,
        Timestamp now
    );

private:
    [[nodiscard]] bool try_to_add(
        NamespaceId namespace_id,
        const domain::AddOn& add_on,
        const domain::AddOnPurchase& purchase,
        Timestamp now
    );

    db::Session& session_;
};

}  // namespace innergate::handlers

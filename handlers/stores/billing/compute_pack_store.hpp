// Packs of compute minutes that namespaces bought.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct ComputePack {
    std::string purchase_xid;
    int number_of_minutes = 0;
    Date expires_at;
};

class ComputePackStore {
public:
    explicit ComputePackStore(db::Session& session) : session_(session) {}

    /// Keeps the packs whose purchase the namespace does not have yet. Of two packs with the same
    /// purchase the first counts. Answers the packs as they are kept, in the order given. Nothing,
    /// and nothing is kept: a pack belongs to another namespace, or there is no such namespace.
    [[nodiscard]] std::optional<std::vector<ComputePack>> save(
        NamespaceId namespace_id, const std::vector<ComputePack>& packs, Timestamp now
    );

    /// Whether a user owns both. A personal namespace is owned by its user. A group is owned by its
    /// active direct members with the level of an owner. A namespace without an owner shares none,
    /// not even with itself.
    [[nodiscard]] bool have_common_owner(NamespaceId one, NamespaceId other, Date today);

    /// All packs of `source` become those of `target`, at once. False, and nothing moves: one of
    /// the namespaces is gone.
    [[nodiscard]] bool move(NamespaceId source, NamespaceId target, Timestamp now);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

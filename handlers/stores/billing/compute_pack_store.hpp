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

    /// Keeps the packs that the namespace has not yet, by their purchase; of two with the same one
    /// the first counts. Answers the packs as they are kept, in the order given. Nothing, and
    /// nothing is kept: one of them is another namespace's, or there is no such namespace.
    [[nodiscard]] std::optional<std::vector<ComputePack>> save(
        NamespaceId namespace_id, const std::vector<ComputePack>& packs, Timestamp now
    );

    /// Whether a user owns both. A personal namespace's owner is its own, a group's are its direct
    /// members with that level who are active. A namespace without one shares with nobody, not even
    /// with itself.
    [[nodiscard]] bool have_common_owner(NamespaceId one, NamespaceId other, Date today);

    /// All packs of `source` become those of `target`, at once. False, and nothing moves: one of
    /// the namespaces is gone.
    [[nodiscard]] bool move(NamespaceId source, NamespaceId target, Timestamp now);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

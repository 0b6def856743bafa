// Namespaces to which no storage limit applies.
#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/not_added.hpp"
#include "handlers/entities/limit_exclusion.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

using domain::NotAdded;

struct LimitExclusions {
    std::vector<LimitExclusion> part;  ///< of the list, by id
    long long total = 0;               ///< elements of the whole list
};

class LimitExclusionStore {
public:
    explicit LimitExclusionStore(db::Session& session) : session_(session) {}

    [[nodiscard]] LimitExclusions list(int limit, long long offset);

    [[nodiscard]] bool has(NamespaceId namespace_id);

    [[nodiscard]] tl::expected<LimitExclusionId, NotAdded> add(
        NamespaceId namespace_id, const std::string& reason, Timestamp now
    );

    /// False: there was none.
    [[nodiscard]] bool remove(NamespaceId namespace_id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

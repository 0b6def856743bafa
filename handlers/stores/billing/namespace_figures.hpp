// Seats, members and sizes of namespaces. A count is kept for as long as nothing changes from which
// it was counted.
#pragma once

#include <optional>

#include "app/db/number_cache.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// Stands for a state of all memberships, of the accounts' states and kinds, of the tree of groups
/// and of the projects in it with their sizes. Triggers move it with each change to one of them;
/// the view namespace_figure_version shows it.
struct FigureVersion {
    long long value = 0;
};

/// The figures that this session kept of a count at that version. Nothing: the caller has to count.
/// Within a transaction it is always nothing.
[[nodiscard]] std::optional<db::NumberCache::Numbers> cached_figures(
    db::Session& session, const db::NumberCache::Subject& subject, FigureVersion version
);

/// `counted_at`: the version that the counting statement itself saw.
void cache_figures(
    db::Session& session,
    const db::NumberCache::Subject& subject,
    FigureVersion counted_at,
    const db::NumberCache::Numbers& figures
);

}  // namespace innergate::handlers

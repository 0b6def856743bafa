// Seats, members and sizes of namespaces: counted once for as long as nothing changes that they are
// counted from.
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

/// What this session kept of a count at that version. Nothing: it has to count. In a transaction
/// there is never anything.
[[nodiscard]] std::optional<db::NumberCache::Numbers> cached_figures(
    db::Session& session, const db::NumberCache::Subject& subject, FigureVersion version
);

/// `counted_at`: what the very statement saw that counted.
void cache_figures(
    db::Session& session,
    const db::NumberCache::Subject& subject,
    FigureVersion counted_at,
    const db::NumberCache::Numbers& figures
);

}  // namespace innergate::handlers

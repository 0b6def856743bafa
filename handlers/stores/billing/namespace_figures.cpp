#include "handlers/stores/billing/namespace_figures.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {

std::optional<db::NumberCache::Numbers> cached_figures(
    db::Session& session, const db::NumberCache::Subject& subject, FigureVersion version
) {
    const db::NumberCache* const cache = session.number_cache();
    return cache != nullptr ? cache->find(subject, version.value) : std::nullopt;
}

void cache_figures(
    db::Session& session,
    const db::NumberCache::Subject& subject,
    FigureVersion counted_at,
    const db::NumberCache::Numbers& figures
) {
    if (db::NumberCache* const cache = session.number_cache(); cache != nullptr) {
        cache->keep(subject, counted_at.value, figures);
    }
}

}  // namespace innergate::handlers

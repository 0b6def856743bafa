#include "handlers/stores/billing/namespace_figures.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {

std::optional<db::KeptNumbers::Numbers> kept_figures(
    db::Session& session, const db::KeptNumbers::Subject& subject, FigureVersion version
) {
    const db::KeptNumbers* const kept = session.kept_numbers();
    return kept != nullptr ? kept->find(subject, version.value) : std::nullopt;
}

void keep_figures(
    db::Session& session,
    const db::KeptNumbers::Subject& subject,
    FigureVersion counted_at,
    const db::KeptNumbers::Numbers& figures
) {
    if (db::KeptNumbers* const kept = session.kept_numbers(); kept != nullptr) {
        kept->keep(subject, counted_at.value, figures);
    }
}

}  // namespace innergate::handlers

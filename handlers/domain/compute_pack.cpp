#include "handlers/domain/compute_pack.hpp"

#include "app/blank.hpp"
#include "app/characters.hpp"

namespace innergate::handlers::domain {

bool is_purchase_xid(std::string_view text) {
    constexpr std::size_t kMaxCharacters = 50;
    return !is_blank(text) && count_characters(text) <= kMaxCharacters;
}

std::optional<std::string_view> refusal_of(const PackMove& move) {
    if (!move.source_is_root) {
        return "Namespace must be a top-level namespace";
    }
    if (!move.target_is_root) {
        return "Target namespace must be a top-level namespace";
    }
    if (!move.have_common_owner) {
        return "Both namespaces must share the same owner";
    }
    return std::nullopt;
}

}  // namespace innergate::handlers::domain

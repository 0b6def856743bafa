#include "handlers/domain/compute_pack.hpp"

#include <utf8.h>

#include "app/blank.hpp"

namespace innergate::handlers::domain {

bool is_purchase_xid(std::string_view text) {
    constexpr std::ptrdiff_t kMaxCharacters = 50;
    return !is_blank(text) && utf8::distance(text.begin(), text.end()) <= kMaxCharacters;
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

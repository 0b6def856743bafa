// Rules of compute packs as pure functions.
#pragma once

#include <optional>
#include <string_view>

namespace innergate::handlers::domain {

/// Whether a text can be the id of a purchase: not blank, at most 50 characters (as UTF-8, which it
/// must be).
[[nodiscard]] bool is_purchase_xid(std::string_view text);

/// What is asked before packs move.
struct PackMove {
    bool source_is_root = false;
    bool target_is_root = false;
    bool have_common_owner = false;  ///< a user who owns both
};

/// Why the packs stay where they are, the first reason that counts; nothing: they may move.
[[nodiscard]] std::optional<std::string_view> refusal_of(const PackMove& move);

}  // namespace innergate::handlers::domain

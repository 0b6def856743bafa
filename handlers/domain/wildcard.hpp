// Patterns with *, as protected branches, protected tags and target paths of messages have them.
#pragma once

#include <string_view>

namespace innergate::handlers::domain {

/// Whether the whole of `text` matches. Each `*` stands for any run of characters, `/` included, or
/// for none. All else stands for itself, and case counts. Looks for each literal part once, from
/// left to right, so that no pattern makes it slow.
[[nodiscard]] bool matches_wildcard(std::string_view pattern, std::string_view text);

}  // namespace innergate::handlers::domain

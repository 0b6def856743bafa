// How the `:id` of a path names a namespace.
#pragma once

#include <optional>
#include <string_view>

#include "app/ids.hpp"

namespace innergate::handlers::domain {

/// The id, where the text is all digits (a sign allowed); one too large is the id of nothing.
/// Nothing: the text is a full path.
[[nodiscard]] std::optional<NamespaceId> namespace_id_in(std::string_view id_or_full_path);

}  // namespace innergate::handlers::domain

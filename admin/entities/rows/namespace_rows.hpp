// Namespaces as other rows name them.
#pragma once

#include <optional>
#include <string>

#include "admin/commands/database.hpp"

namespace innergate::admin::rows {

/// A group or personal namespace by its full path.
[[nodiscard]] std::optional<long long> find_namespace(
    Database& database, const std::string& full_path
);

/// Nothing: the user has none, like a bot.
[[nodiscard]] std::optional<long long> find_personal_namespace(
    Database& database, long long user_id
);

}  // namespace innergate::admin::rows

// Which tokens a database would accept.
#pragma once

#include <string>

#include "admin/commands/database.hpp"

namespace innergate::admin::rows {

/// Whether an unrevoked personal access token has this digest.
[[nodiscard]] bool has_personal_access_token(Database& database, const std::string& digest);

}  // namespace innergate::admin::rows

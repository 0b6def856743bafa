// Integrated error tracking as the instance has it: whether it is on, and whose token is good.
#pragma once

#include <string>

#include "admin/commands/database.hpp"

namespace innergate::admin::rows {

struct ErrorTracking {
    bool is_enabled = false;
    std::string token_digest;  ///< empty: there is no token
};

[[nodiscard]] ErrorTracking read_error_tracking(Database& database);

enum class Switch { off, on };

void switch_error_tracking(Database& database, Switch position);

/// The new token takes the place of any that there was.
void set_error_tracking_token(Database& database, const std::string& digest);

}  // namespace innergate::admin::rows

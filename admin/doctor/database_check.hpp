// Does the database answer, is its schema this program's, and is nothing of the demo in it?
#pragma once

#include "admin/commands/context.hpp"
#include "admin/doctor/finding.hpp"

namespace innergate::admin::doctor {

/// Asks each question only if the one before has a good answer.
[[nodiscard]] Findings check_database(Context& context);

}  // namespace innergate::admin::doctor

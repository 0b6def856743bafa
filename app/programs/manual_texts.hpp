// What the man pages of the programs say beyond their command lines.
#pragma once

#include "app/manual/program_page.hpp"

namespace innergate::programs {

[[nodiscard]] const manual::Program& pool_manual();
[[nodiscard]] const manual::Program& admin_manual();

}  // namespace innergate::programs

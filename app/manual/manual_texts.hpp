// What the man pages of the programs say beyond their command lines.
#pragma once

#include "app/manual/program_page.hpp"

namespace innergate::manual {

[[nodiscard]] const Program& pool_manual();
[[nodiscard]] const Program& admin_manual();

}  // namespace innergate::manual

// What the routes answer, for the documentation (Markdown).
#pragma once

#include <string>

#include "app/routing/path_table.hpp"

namespace innergate::routing {

/// Per route a table of the members of its answers, with their types, whether they are always
/// there, and their meaning: what the replies declare. Routes without such an answer are left out.
/// Routes that answer alike stand together.
[[nodiscard]] std::string replies_as_markdown(const PathTable& table);

}  // namespace innergate::routing

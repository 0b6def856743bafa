// The path table for people (a table) and for machines (JSON): what --print-routes prints.
#pragma once

#include <string>

#include "app/routing/path_table.hpp"

namespace innergate::routing {

[[nodiscard]] std::string routes_as_text(const PathTable& table);

/// An array of
/// `{"method","pattern","policy","summary","parameters":[{"name","in","type","required"}]}`.
[[nodiscard]] std::string routes_as_json(const PathTable& table);

/// A segment `:name` of the pattern is a path parameter of that name.
[[nodiscard]] bool is_path_parameter(const Route& route, std::string_view name);

}  // namespace innergate::routing

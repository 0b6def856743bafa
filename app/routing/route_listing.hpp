// The path table for people (a table), for machines (JSON) and for the documentation (Markdown):
// what --print-routes prints.
#pragma once

#include <string>
#include <string_view>

#include "app/routing/path_table.hpp"

namespace innergate::routing {

[[nodiscard]] std::string routes_as_text(const PathTable& table);

/// An array of
/// `{"method","pattern","policy","summary","max_body_bytes","parameters":[{"name","in","type",
/// "required"}]}`; `max_body_bytes` is 0 where no body is read, null where the settings alone limit
/// it.
[[nodiscard]] std::string routes_as_json(const PathTable& table);

/// A table with the pool's name in each row. Parameters with a `?` may be left out; those of
/// objects stand in braces.
[[nodiscard]] std::string routes_as_markdown(const PathTable& table, std::string_view pool);

/// A table of what the routes take at most, with the pool's name in each row: the bytes of a body,
/// and the elements or bytes of parameters, those of objects too.
[[nodiscard]] std::string limits_as_markdown(const PathTable& table, std::string_view pool);

/// Whether a segment of the pattern is the parameter of that name.
[[nodiscard]] bool is_path_parameter(const Route& route, std::string_view name);

}  // namespace innergate::routing

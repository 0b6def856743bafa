// Holds an answer against what the OpenAPI document of its pool says of the route.
#pragma once

#include <string>
#include <string_view>

#include "app/http/response.hpp"
#include "app/routing/path_table.hpp"

namespace innergate::test {

/// What is wrong with the answer: a status that the operation does not document, another media
/// type, or a body that its schema refuses. Empty: nothing.
[[nodiscard]] std::string undocumented_part(
    const routing::PathTable& table, const routing::Route& route, const http::Response& response
);

/// `/a/:b` as the document spells it: `/a/{b}`.
[[nodiscard]] std::string documented_path(std::string_view pattern);

/// The media type that the document has for answers with that status; empty: none, or no body.
[[nodiscard]] std::string_view documented_type(
    const routing::PathTable& table, const routing::Route& route, int status
);

}  // namespace innergate::test

// What a route may answer, as OpenAPI 3.1 tells it.
#pragma once

#include "app/json/writer.hpp"
#include "app/routing/path_table.hpp"

namespace innergate::routing {

/// The value of an operation's `responses`: the row's own answers, and those that its policy, its
/// parameters, its body and the database may bring about.
void write_responses(json::Writer& writer, const PathTable& table, const Route& route);

}  // namespace innergate::routing

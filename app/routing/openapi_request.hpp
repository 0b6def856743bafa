// What a route takes, as OpenAPI 3.1 tells it.
#pragma once

#include "app/json/writer.hpp"
#include "app/routing/route.hpp"

namespace innergate::routing {

/// The members `parameters` and `requestBody` of an operation: what the path takes, then what the
/// query takes for a GET or DELETE, or else what the body takes.
void write_request(json::Writer& writer, const Route& route);

/// The schema of bodies that are documents, as a member of the components' `schemas`.
void write_document_schema(json::Writer& writer);

}  // namespace innergate::routing

// What a route takes, as OpenAPI 3.1 tells it.
#pragma once

#include "app/json/writer.hpp"
#include "app/routing/route.hpp"

namespace innergate::routing {

/// The members `parameters` and `requestBody` of an operation: what the path has, then what the
/// query has of a GET or DELETE, or else what the body has.
void write_request(json::Writer& writer, const Route& route);

/// What such a body refers to where it is a document: a member of the components' `schemas`.
void write_document_schema(json::Writer& writer);

}  // namespace innergate::routing

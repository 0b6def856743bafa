// JSON Schema, as OpenAPI 3.1 takes it, of parameters.
#pragma once

#include <cstddef>
#include <span>

#include "app/json/writer.hpp"
#include "app/params/description.hpp"

namespace innergate::routing {

using Members = std::span<const params::Description>;

/// `members`: of an object, or of each object of a list.
/// `max_elements`: of a list; 0: not told.
void write_parameter_schema(
    json::Writer& writer, params::Type type, Members members = {}, std::size_t max_elements = 0
);

/// Members that no rule knows are ignored, so they may be there.
void write_object_schema(json::Writer& writer, Members members);

}  // namespace innergate::routing

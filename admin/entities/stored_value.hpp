// Makes the values that the two databases print in JSON alike: booleans, times, documents in text.
#pragma once

#include "admin/import/json_text.hpp"
#include "admin/schema/schema_model.hpp"

#include "app/json/value.hpp"
#include "app/json/writer.hpp"

namespace innergate::admin {

/// Appends a value of a column of that kind; text that holds JSON of that shape as JSON.
void write_stored(json::Writer& writer, Kind kind, JsonShape shape, const json::Value& value);

}  // namespace innergate::admin

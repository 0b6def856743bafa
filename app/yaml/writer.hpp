// YAML text out, for readers of YAML 1.1 and 1.2 alike.
#pragma once

#include <string>

#include "app/yaml/value.hpp"

namespace innergate::yaml {

/// One document in block style, as Ruby writes it: `---`, two spaces for each level, sequences at
/// the indentation of their key, a line break at the end. What the reader gave reads back the same,
/// except for booleans and nulls, which become `true`, `false` and `null`.
[[nodiscard]] std::string to_document(const Value& value);

}  // namespace innergate::yaml

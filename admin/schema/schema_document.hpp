// The schema as the page of the documentation that importers and operators read.
#pragma once

#include <string>

#include "admin/schema/schema_model.hpp"

namespace innergate::admin {

/// Markdown, the same from either database; docs/schema.md is this text.
[[nodiscard]] std::string schema_document(const SchemaModel& model);

}  // namespace innergate::admin

// Rows as answers: a table or a paragraph for people, JSON for machines.
#pragma once

#include <vector>

#include "admin/commands/context.hpp"
#include "admin/entities/entity.hpp"
#include "admin/entities/row_changes.hpp"
#include "admin/entities/rows/entity_rows.hpp"

namespace innergate::admin {

/// JSON: an array of objects.
void print_list(
    Context& context,
    Database& database,
    const Entity& entity,
    const std::vector<rows::Filter>& filters
);

/// JSON: an object.
void print_row(Context& context, Database& database, const Entity& entity, long long id);

/// As print_row(), and the secret; this is the only time it is seen.
void print_added(Context& context, Database& database, const Entity& entity, const Added& added);

void print_removed(Context& context, const Entity& entity, long long id);

}  // namespace innergate::admin

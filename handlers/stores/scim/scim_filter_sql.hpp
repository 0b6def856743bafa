// SCIM filters and orders as SQL: constants put together, with what the client said as bound
// values.
#pragma once

#include <string>
#include <vector>

#include "app/db/dialect.hpp"
#include "handlers/domain/scim/filter.hpp"

namespace innergate::handlers {

enum class SortOrder { ascending, descending };

/// A condition on `identities` (scim_identities) joined with `users`, in which `:scope` stands for
/// the group's id or 0. It is true or false, never null.
struct ScimCondition {
    std::string sql;
    std::vector<std::string> values;  ///< of `:v0`, `:v1` and so on, see db::ComposedValues
};

/// Answers for every user what domain::scim::matches() answers.
[[nodiscard]] ScimCondition to_sql(const domain::scim::Filter& filter, db::Dialect dialect);

/// What follows `order by`: unset values last in ascending order, equal ones by age.
[[nodiscard]] std::string order_sql(
    domain::scim::Attribute attribute, SortOrder order, db::Dialect dialect
);

}  // namespace innergate::handlers

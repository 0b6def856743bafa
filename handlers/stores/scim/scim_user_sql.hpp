// The statements by which ScimUserStore lists users; put together of constants, with every value
// bound.
#pragma once

#include <string>
#include <vector>

#include "app/db/dialect.hpp"
#include "handlers/stores/scim/scim_user_store.hpp"

namespace innergate::handlers {

/// Takes `:scope`, `:count`, `:offset` and the values; gives a total before the columns of a
/// ScimUserRow.
struct ScimListing {
    std::string sql;
    std::vector<std::string> values;  ///< by name `:v0`, `:v1` and so on
    /// The statement gives no total, because its rows are all there are. Otherwise it gives a total
    /// even if no user is shown.
    bool is_uncounted = false;
};

[[nodiscard]] ScimListing list_users_sql(const ScimUserQuery& query, db::Dialect dialect);

}  // namespace innergate::handlers

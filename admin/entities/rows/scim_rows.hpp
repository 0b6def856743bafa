// What SCIM needs beside its rows: where a token opens something, and who may be linked.
#pragma once

#include <string>
#include <vector>

#include "admin/commands/database.hpp"

namespace innergate::admin::rows {

[[nodiscard]] bool has_scim_token(Database& database, const std::string& digest);

/// The tokens there are, and those that are refused for want of single sign-on.
struct ScimTokenUse {
    int count = 0;
    std::vector<std::string> groups_without_sso;  ///< paths, in their order
    bool instance_is_without_sso = false;         ///< it has a token all the same
};

[[nodiscard]] ScimTokenUse read_scim_token_use(Database& database);

/// The group's full path; empty: it has none.
[[nodiscard]] std::string path_of_group(Database& database, long long group_id);

/// As opposed to bots and service accounts.
[[nodiscard]] bool is_person(Database& database, long long user_id);

/// Drops another identity's former name that is now this one's, so that it finds this one only.
void drop_alias_taken_by(Database& database, long long identity_id);

}  // namespace innergate::admin::rows

// Links to policy management projects, and the files of these.
#pragma once

#include <optional>
#include <string>

#include "admin/commands/database.hpp"

#include "app/clock.hpp"

namespace innergate::admin::rows {

/// Whose policies they are: a project or a group.
struct PolicyOwner {
    std::optional<long long> project_id;
    std::optional<long long> namespace_id;
};

struct PolicyFile {
    long long management_project_id = 0;
    std::string content;
    Timestamp committed_at;
};

/// Links the owner to the management project, unless it is linked already, and puts the file in
/// the place of what the management project has. Answers the link's id; nothing: the owner is
/// linked to another management project. The caller has a transaction.
[[nodiscard]] std::optional<long long> put_policy_file(
    Database& database, const PolicyOwner& owner, const PolicyFile& file
);

}  // namespace innergate::admin::rows

// To which projects a policy applies.
#pragma once

#include <optional>
#include <vector>

#include "app/ids.hpp"
#include "app/yaml/value.hpp"

namespace innergate::handlers::domain {

/// What a scope asks of a project.
struct ScopedProject {
    ProjectId id;
    bool is_personal = false;  ///< lies in the namespace of a user
    bool is_archived = false;
    std::vector<long long> groups = {};  ///< its own and all above
    std::vector<long long> compliance_frameworks = {};
};

/// GitLab's documentation, "policy_scope scope type". Lists of ids; nothing: there is no such
/// list, or an empty one.
struct PolicyScope {
    std::vector<long long> excluded_projects;
    bool excludes_personal = false;
    bool excludes_archived = false;
    std::optional<std::vector<long long>> included_projects;
    std::vector<long long> excluded_groups;
    std::optional<std::vector<long long>> included_groups;
    std::optional<std::vector<long long>> compliance_frameworks;
};

/// Reads the value of `policy_scope`. What has another form is ignored. A list that has entries
/// counts as a list, even if none of them is an id.
[[nodiscard]] PolicyScope read_scope(const yaml::Value& scope);

[[nodiscard]] bool admits(const PolicyScope& scope, const ScopedProject& project);

}  // namespace innergate::handlers::domain

#include "handlers/domain/security_policy/scope.hpp"

#include <algorithm>
#include <string_view>

namespace innergate::handlers::domain {
namespace {

/// The sequence at that place; empty where there is none.
const yaml::Sequence& entries(const yaml::Value* parent, std::string_view name) {
    static const yaml::Sequence none;
    const yaml::Value* const found = parent == nullptr ? nullptr : parent->find(name);
    return found != nullptr && found->sequence() != nullptr ? *found->sequence() : none;
}

std::vector<long long> ids(const yaml::Sequence& entries) {
    std::vector<long long> found;
    for (const yaml::Value& entry : entries) {
        const yaml::Value* const id = entry.find("id");
        if (const auto number = id == nullptr ? std::nullopt : id->integer()) {
            found.push_back(*number);
        }
    }
    return found;
}

std::optional<std::vector<long long>> ids_of_list(const yaml::Sequence& entries) {
    return entries.empty() ? std::nullopt : std::optional{ids(entries)};
}

bool has_type(const yaml::Sequence& entries, std::string_view wanted) {
    return std::ranges::any_of(entries, [wanted](const yaml::Value& entry) {
        const yaml::Value* const type = entry.find("type");
        return type != nullptr && type->string() != nullptr && *type->string() == wanted;
    });
}

bool contains(const std::vector<long long>& list, long long id) {
    return std::ranges::find(list, id) != list.end();
}

bool contains_any(const std::vector<long long>& list, const std::vector<long long>& ids) {
    return std::ranges::any_of(ids, [&list](long long id) { return contains(list, id); });
}

bool admits_itself(const PolicyScope& scope, const ScopedProject& project) {
    const bool is_excluded = contains(scope.excluded_projects, project.id.value) ||
                             (scope.excludes_personal && project.is_personal) ||
                             (scope.excludes_archived && project.is_archived);
    return !is_excluded &&
           (!scope.included_projects || contains(*scope.included_projects, project.id.value));
}

bool admits_groups(const PolicyScope& scope, const ScopedProject& project) {
    return !contains_any(scope.excluded_groups, project.groups) &&
           (!scope.included_groups || contains_any(*scope.included_groups, project.groups));
}

}  // namespace

PolicyScope read_scope(const yaml::Value& scope) {
    const yaml::Value* const projects = scope.find("projects");
    const yaml::Value* const groups = scope.find("groups");
    const yaml::Sequence& excluded = entries(projects, "excluding");
    return {
        .excluded_projects = ids(excluded),
        .excludes_personal = has_type(excluded, "personal"),
        .excludes_archived = has_type(excluded, "archived"),
        .included_projects = ids_of_list(entries(projects, "including")),
        .excluded_groups = ids(entries(groups, "excluding")),
        .included_groups = ids_of_list(entries(groups, "including")),
        .compliance_frameworks = ids_of_list(entries(&scope, "compliance_frameworks")),
    };
}

bool admits(const PolicyScope& scope, const ScopedProject& project) {
    return admits_itself(scope, project) && admits_groups(scope, project) &&
           (!scope.compliance_frameworks ||
            contains_any(*scope.compliance_frameworks, project.compliance_frameworks));
}

}  // namespace innergate::handlers::domain

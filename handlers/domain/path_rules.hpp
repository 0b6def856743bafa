// Which paths projects, groups and users can have: GitLab's rules about characters and reserved
// words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace innergate::handlers::domain {

enum class PathOwner {
    name_space,  ///< a user or a group
    project,
};

/// What GitLab's validation says against `path` as the last part of a new full path below `parent`,
/// in GitLab's words and order. Each text stands behind the attribute's name (`Path tree is a
/// reserved name`). Empty: the path may be taken, if nobody has it. `parent` is empty for users and
/// for groups at the top.
[[nodiscard]] std::vector<std::string> path_errors(
    PathOwner owner, std::string_view parent, std::string_view path
);

/// The same as whole sentences, for a new project of this full path. The last part of the path is
/// its name too.
[[nodiscard]] std::vector<std::string> new_project_errors(std::string_view full_path);

/// Whether a path can be that of a project. It needs at least a namespace and a name. GitLab's
/// routes allow certain characters only and exclude reserved words.
[[nodiscard]] bool is_legal_project_path(std::string_view path);

}  // namespace innergate::handlers::domain

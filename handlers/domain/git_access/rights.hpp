// Who may do what with a project and what belongs to it: GitLab's policies for Git access as pure
// functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain::git_access {

/// Whose rights count. A deploy key stands for itself, not for its owner.
enum class Subject { anonymous, user, deploy_key };

[[nodiscard]] Subject subject_of(const Actor& actor);

/// The user whose own rights count; null for anonymous and for deploy keys.
[[nodiscard]] const UserFacts* user_of(const Actor& actor);

/// A person on a project. `user` is null for anonymous; with a deploy key it is the key's owner,
/// whom GitLab asks about what is pushed.
struct Person {
    const UserFacts* user = nullptr;
    Role role = Role::none;

    [[nodiscard]] bool is_admin() const { return user != nullptr && user->is_admin; }
    /// Owners, maintainers and administrators: may delete protected branches and tags.
    [[nodiscard]] bool is_maintainer() const { return role >= Role::maintainer || is_admin(); }
};

[[nodiscard]] Person person_of(const Actor& actor, const Standing& standing);

/// Whether the person sees the project at all; else it does not exist for them. Nobody sees a
/// project that is about to be deleted.
[[nodiscard]] bool can_read_project(const Person& person, const ProjectFacts& project);
/// Guests of a private project see it without its code.
[[nodiscard]] bool can_download_code(const Person& person, const ProjectFacts& project);
[[nodiscard]] bool can_push_code(const Person& person, const ProjectFacts& project);
[[nodiscard]] bool can_download_wiki(const Person& person, const ProjectFacts& project);
/// Planners may, and developers upwards, but not the reporters between them.
[[nodiscard]] bool can_write_wiki(const Person& person, const ProjectFacts& project);
[[nodiscard]] bool can_manage_designs(const Person& person, const ProjectFacts& project);

/// `project` is null for a personal snippet.
[[nodiscard]] bool can_read_snippet(
    const Person& person, const SnippetFacts& snippet, const ProjectFacts* project
);
[[nodiscard]] bool can_write_snippet(
    const Person& person, const SnippetFacts& snippet, const ProjectFacts* project
);

/// A deploy key has rights by its own row on the project, and only while the project's repository
/// is switched on.
[[nodiscard]] bool deploy_key_can_download(const ProjectFacts& project, const Standing& standing);
[[nodiscard]] bool deploy_key_can_push(const ProjectFacts& project, const Standing& standing);

/// Whether an open merge request lets the user push to this branch of a project that is not theirs.
[[nodiscard]] bool collaborates_on(
    std::string_view branch, const ProjectFacts& project, const Standing& standing
);
/// The same for at least one branch, which can be said before the push names its branch.
[[nodiscard]] bool collaborates(const ProjectFacts& project, const Standing& standing);

/// Who may create projects in a group: `namespaces.project_creation_level`.
enum class ProjectCreationLevel : int {
    nobody = 0,
    maintainers = 1,
    developers = 2,
    administrators = 3,
    owners = 4,
};

/// A namespace in which a project is to be created.
struct NamespaceFacts {
    /// Of a personal namespace; a group has none.
    std::optional<UserId> owner_id;
    ProjectCreationLevel project_creation_level = ProjectCreationLevel::developers;
    Role role = Role::none;  ///< the user's in the group
    /// Of a personal namespace: whether the user, who need not be its owner, has as many personal
    /// projects as they may.
    bool is_project_limit_reached = false;
    int projects_limit = 0;  ///< the user's
};

/// An external user creates no projects. A user who has reached their limit creates none in a
/// personal namespace, and gets the same answer as anybody who may not.
[[nodiscard]] bool can_create_project(const UserFacts& user, const NamespaceFacts& name_space);

/// In GitLab's words, for a user who reaches the limit while the push is under way.
[[nodiscard]] std::string project_limit_error(int projects_limit);

}  // namespace innergate::handlers::domain::git_access

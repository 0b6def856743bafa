// Projects that come into being because somebody pushes to them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/git_access/rights.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// The namespace of a project that is to be created.
struct ParentNamespace {
    NamespaceId id;
    std::string full_path;
    domain::git_access::NamespaceFacts facts;
    /// What HEAD of a new repository names: as the group has it, else as the instance, else main.
    std::string default_branch_name;
};

struct CreatedProject {
    ProjectId id;
    bool is_new = false;  ///< false: it was there already
};

enum class CreationFailure {
    path_taken,      ///< a group has the path
    namespace_gone,  ///< since it was looked up
};

class ProjectCreationStore {
public:
    explicit ProjectCreationStore(db::Session& session) : session_(session) {}

    /// The group or personal namespace of that path, without regard to case. The facts hold the
    /// user's limit of personal projects, and their role in a group. That role is the highest of
    /// memberships, direct and inherited, and of invitations of groups that the user is a direct
    /// member of.
    [[nodiscard]] std::optional<ParentNamespace> find_namespace(
        std::string_view full_path, UserId user_id, Date today
    );

    /// Creates a private, empty project with path and name `path`. Of two calls at once, one
    /// creates the project and the other finds it. So a repeated request changes nothing.
    ///
    /// `make_repository` is called before the project can be seen by others; when it throws, there
    /// is no project. It must accept a repository that is there already, because an earlier call
    /// may have died right after it.
    [[nodiscard]] tl::expected<CreatedProject, CreationFailure> create(
        NamespaceId namespace_id,
        std::string_view path,
        std::string_view storage,
        const std::function<void(ProjectId)>& make_repository
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

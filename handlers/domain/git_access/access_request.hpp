// What a client asks about access, taken apart.
#pragma once

#include <optional>
#include <string>

#include "handlers/domain/git_access/facts.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/domain/git_access/repository_path.hpp"

namespace innergate::handlers::domain::git_access {

struct AccessRequest {
    std::string action;    ///< git-upload-pack, git-upload-archive or git-receive-pack
    std::string protocol;  ///< ssh, http or web, in lower case
    /// The name that GitLab's parts give the repository, which wins over the path. Nothing inside:
    /// the text does not have the form of such a name, and names nothing.
    std::optional<std::optional<GlRepository>> gl_repository;
    /// The path by which the repository was asked for, if it was.
    RepositoryPath path;
    std::string changes;  ///< `_any` or lines; see changes.hpp
    std::optional<std::string> check_ip;
    /// The group whose SSH certificate let the user in.
    std::string namespace_path;

    /// What the repository is by its name, or by one reading of its path.
    [[nodiscard]] ContainerKind kind() const {
        if (!gl_repository) {
            return path.kind;
        }
        return *gl_repository ? (*gl_repository)->kind : ContainerKind::project;
    }
    /// Whether the path may be that of a project instead of what kind() says.
    [[nodiscard]] bool has_two_readings() const { return !path.whole_path.empty(); }
};

}  // namespace innergate::handlers::domain::git_access

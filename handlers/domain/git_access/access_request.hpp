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
    /// The repository's name among GitLab's parts, which wins over the path. Nothing inside: it has
    /// no such form, and names nothing.
    std::optional<std::optional<GlRepository>> gl_repository;
    /// Where the repository was asked for, when it was by its path.
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
    /// The path may as well be that of a project as what kind() says.
    [[nodiscard]] bool has_two_readings() const { return !path.whole_path.empty(); }
};

}  // namespace innergate::handlers::domain::git_access

// Whether a project takes Git LFS, and where it is.
#pragma once

#include <optional>
#include <string>

#include "app/ids.hpp"
#include "handlers/domain/git_access/repository_path.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct LfsProject {
    std::string full_path;
    /// By the instance and the project. A project that says nothing follows its namespace.
    bool is_lfs_enabled = false;
    bool is_wiki = false;  ///< the project's wiki is meant
};

class LfsStore {
public:
    explicit LfsStore(db::Session& session) : session_(session) {}

    /// By the project's path, else by one it had before, case-insensitive. Nothing for designs and
    /// snippets, which take no LFS. A path that looks like one of these or a wiki means a project
    /// if one has the whole path.
    [[nodiscard]] std::optional<LfsProject> find_project(
        const domain::git_access::RepositoryPath& path
    );
    [[nodiscard]] std::optional<LfsProject> find_project(ProjectId id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

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
    /// By the instance and by the project; a project that says nothing follows its namespace.
    bool is_lfs_enabled = false;
    bool is_wiki = false;  ///< the project's wiki is meant
};

class LfsStore {
public:
    explicit LfsStore(db::Session& session) : session_(session) {}

    /// Case-insensitive; by its path, else by one it had before. Nothing for designs and snippets,
    /// which take no LFS. What looks like one of these or a wiki is a project where one has the
    /// whole path.
    [[nodiscard]] std::optional<LfsProject> find_project(
        const domain::git_access::RepositoryPath& path
    );
    [[nodiscard]] std::optional<LfsProject> find_project(ProjectId id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

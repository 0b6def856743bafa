// The repositories that the database knows of, and what it says about them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/ids.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// The state of a repository that exists.
struct RepositoryState {
    bool is_empty = false;
    /// For a row that names no branch yet. Nothing: the row goes on without one.
    std::optional<std::string> default_branch;
};

class RepositoryStore {
public:
    explicit RepositoryStore(db::Session& session) : session_(session) {}

    /// The next projects after that id, in the order of their ids, including those about to be
    /// deleted. None: there are no more. Holds only the facts that name and place a repository.
    [[nodiscard]] std::vector<domain::git_access::ContainerFacts> list_projects(ProjectId after);
    /// The same of snippets, personal ones and projects'.
    [[nodiscard]] std::vector<domain::git_access::ContainerFacts> list_snippets(long long after);

    /// The branch that HEAD of a new repository names for a project in that namespace: the group's
    /// setting, else the instance's, else main.
    [[nodiscard]] std::string default_branch_name(NamespaceId namespace_id);

    /// In one transaction: asks `look` for the state while no push can change the row, and writes
    /// that the repository exists. If `look` answers nothing, nothing is written. Only projects and
    /// snippets have a row. For all others `look` is asked, and nothing else is done.
    void record(
        const domain::git_access::GlRepository& repository,
        const std::function<std::optional<RepositoryState>()>& look
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

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

/// Of a repository that is there.
struct RepositoryState {
    bool is_empty = false;
    /// For a row that names no branch yet; nothing: it goes on without.
    std::optional<std::string> default_branch;
};

class RepositoryStore {
public:
    explicit RepositoryStore(db::Session& session) : session_(session) {}

    /// The next projects behind that id, in the order of their ids, those about to be deleted
    /// included; none: there are no more. Of the facts only those that name and place a repository.
    [[nodiscard]] std::vector<domain::git_access::ContainerFacts> list_projects(ProjectId after);
    /// The same of snippets, personal ones and projects'.
    [[nodiscard]] std::vector<domain::git_access::ContainerFacts> list_snippets(long long after);

    /// What HEAD of a new repository of a project there names: the group's word, else the
    /// instance's, else main.
    [[nodiscard]] std::string default_branch_name(NamespaceId namespace_id);

    /// Asks `look` for the state while no push can change the row, and writes that the repository
    /// exists, in one transaction. Where it answers nothing, nothing is written. Only projects and
    /// snippets have a row: of all others `look` is asked and that is all.
    void record(
        const domain::git_access::GlRepository& repository,
        const std::function<std::optional<RepositoryState>()>& look
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

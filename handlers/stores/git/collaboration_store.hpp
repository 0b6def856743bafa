// Branches to which people without a role on the project may push due to an open merge request.
#pragma once

#include <string>
#include <vector>

#include "app/clock.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/stores/git/project_store.hpp"
#include "handlers/stores/git/protection_store.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

class CollaborationStore {
public:
    explicit CollaborationStore(db::Session& session)
        : session_(session), projects_(session), protections_(session) {}

    /// Branches of `project` to which `user` may push due to an open merge request from the branch.
    /// The merge request has "allow commits from members who can merge", was opened by somebody who
    /// may push to `project`, and goes to a branch that `user` may merge or push into. Each branch
    /// once, in order.
    ///
    /// Looks up each author and each target project by itself, because it is meant for users who
    /// may not push otherwise.
    [[nodiscard]] std::vector<std::string> list_branches(
        const domain::git_access::ProjectFacts& project,
        const domain::git_access::UserFacts& user,
        Date today
    );

private:
    db::Session& session_;
    ProjectStore projects_;
    ProtectionStore protections_;
};

}  // namespace innergate::handlers

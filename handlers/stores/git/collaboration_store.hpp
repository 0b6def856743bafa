// Branches to which an open merge request lets people push who have no role on the project.
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

    /// Branches of `project` from which an open merge request with "allow commits from members who
    /// can merge" goes to a branch that `user` may merge or push into, opened by somebody who may
    /// push to `project`. Each once, in order.
    ///
    /// Asks for each author and each target project by itself: it is for users who may not push
    /// otherwise.
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

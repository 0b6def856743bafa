// What the changes of a push are checked against.
#pragma once

#include <optional>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/git_access/facts.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct ProtectedProject {
    ProjectId id;
    /// Some group above the project protects branches.
    bool has_protections_above = true;
};

class ProtectionStore {
public:
    explicit ProtectionStore(db::Session& session) : session_(session) {}

    /// Reads all of the project in one statement, however many refs are pushed: the branches and
    /// tags that it protects, merge requests being merged, file locks. Another statement reads what
    /// the groups above protect, and one more each group or deploy key that some row names.
    ///
    /// `user_id` is the user who pushes, or the owner of the deploy key that pushes. Nothing: no
    /// row names them. `role` is that user's role on the project, because a row that names a deploy
    /// key asks its owner to be a member.
    [[nodiscard]] domain::git_access::PushFacts find(
        const ProtectedProject& project,
        std::optional<UserId> user_id,
        domain::git_access::Role role,
        Date today
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

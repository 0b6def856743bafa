// What becomes of a repository's HEAD when a push brings the first branches.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/inspectors/inspectors.hpp"
#include "handlers/stores/pushes/push_store.hpp"

namespace innergate::handlers::shell {

/// Reads HEAD before the push is recorded and points it at the branch after that, both within 5 s,
/// so that the next clone finds the branch. The push does not depend on it: what is not done here
/// is left to the push's job.
class FirstPush {
public:
    /// All outlive it.
    FirstPush(
        inspectors::Inspectors& inspectors,
        const PushedProject& project,
        const std::string& gl_repository,
        const std::string& correlation_id
    );

    /// Slow work.
    void ask_head();
    /// To be called instead of ask_head(): HEAD is left alone, and the log says why.
    void leave_head(std::string_view reason);

    /// The branch that becomes the default one. It is what HEAD names if that is there. Else it is
    /// one of the pushed branches: what HEAD names, what the database has, main, master, or the
    /// first one.
    [[nodiscard]] std::optional<std::string> choose(const std::vector<std::string>& pushed) const;

    /// To be called when the branch is in the database. After ask_head() this is slow work;
    /// otherwise it does nothing.
    void point_head_at(std::string_view branch);

    /// What was not done, for the log; empty: nothing.
    [[nodiscard]] const std::string& fault() const { return fault_; }

private:
    inspectors::Inspectors& inspectors_;
    const PushedProject& project_;
    inspectors::RepositoryName repository_;
    inspectors::Occasion occasion_;
    bool is_head_known_ = false;
    std::optional<std::string> head_;  ///< nothing: it names no branch
    bool is_head_there_ = false;       ///< whether the branch that it names exists
    std::string fault_;
};

}  // namespace innergate::handlers::shell

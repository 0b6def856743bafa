// A whole access check in a struct: everything allowed until a test changes something.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/domain/git_access/decision.hpp"

namespace innergate::handlers::domain::git_access {

class StandingClock final : public MonotonicClock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point now() const override { return now_; }
    void advance(std::chrono::milliseconds amount) { now_ += amount; }

private:
    std::chrono::steady_clock::time_point now_;
};

/// Answers what it was told to, and remembers what it was asked.
class FakeInspection final : public Inspection {
public:
    Inspected<bool> exists_answer = true;
    Inspected<bool> is_empty_answer = false;
    Inspected<std::optional<std::string>> default_branch_answer =
        std::optional<std::string>{"main"};
    Inspected<bool> is_ancestor_answer = true;
    Inspected<std::vector<std::string>> branches_answer;
    Inspected<std::vector<LfsPointer>> pointers_answer;
    Inspected<std::vector<BlobSize>> blobs_answer;
    Inspected<std::vector<std::string>> paths_answer;  ///< all that changed, asked for or not
    Inspected<std::size_t> file_count_answer = 1U;

    std::vector<std::string> questions;
    std::function<void()> on_question = [] {};

    /// From now on no question has an answer.
    void fail(InspectionFailure::Kind kind);
    [[nodiscard]] std::size_t times_asked(std::string_view question) const;

    Inspected<bool> exists() override;
    Inspected<bool> is_empty() override;
    Inspected<std::optional<std::string>> default_branch() override;
    /// Only the default branch is there.
    Inspected<bool> has_branch(std::string_view name) override;
    Inspected<bool> is_ancestor(std::string_view ancestor, std::string_view descendant) override;
    Inspected<std::vector<std::string>> branches_containing(std::string_view commit) override;
    Inspected<std::vector<LfsPointer>> new_lfs_pointers(std::span<const std::string> tips) override;
    Inspected<std::vector<BlobSize>> new_blobs_over(
        std::span<const std::string> tips, std::uint64_t bytes
    ) override;
    Inspected<std::optional<std::string>> first_changed_path(
        std::string_view old_commit, std::string_view new_commit, std::span<const std::string> paths
    ) override;
    Inspected<std::size_t> file_count(std::string_view commit) override;

private:
    void asked(std::string question);
};

/// What a scenario has; throws where a test asks for what it took away.
template <class T>
[[nodiscard]] T& present(std::optional<T>& value) {
    if (!value) {
        throw std::logic_error{"the scenario does not have that"};
    }
    return *value;
}

/// Jane, a maintainer, asks by SSH whether she may fetch group/project, which is private.
struct Scenario {
    AccessRequest request;
    Actor actor;
    InstanceFacts instance;
    std::optional<ContainerFacts> container;
    Standing standing;
    PushFacts push;
    AccessSettings settings;
    Timestamp now;
    bool can_create_project = false;
    std::vector<std::string> missing_lfs_objects;
    FakeInspection inspection;
    StandingClock clock;
    std::chrono::milliseconds budget = Budget::kDefaultAmount;
    Trace* trace = nullptr;

    Scenario();

    [[nodiscard]] ProjectFacts& project() { return present(present(container).project); }
    [[nodiscard]] UserFacts& user() { return present(actor.user); }

    void fetches() { request.action = "git-upload-pack"; }
    /// As gitlab-shell asks, before Git speaks.
    void pushes() { request.action = "git-receive-pack"; }
    /// As Gitaly's hook asks.
    void pushes(std::string changes);
    void without_user();
    void with_role(Role role) { standing.role = role; }
    void as_admin();
    void with_key();
    /// A deploy key that is enabled on the project and may push, of an owner with the role.
    void with_deploy_key();
    void named(ContainerKind kind);
    void on_snippet(bool is_personal);
    void without_container();

    [[nodiscard]] DecisionInput input();
    [[nodiscard]] Decision decide();
};

/// `granted`, `create`, or rule, status and text of the refusal.
[[nodiscard]] std::string summary(const Decision& decision);

/// One row of a table: what is different, and what comes of it.
struct DecisionExample {
    std::string_view name;
    void (*arrange)(Scenario&);
    std::string_view expected;
};

std::ostream& operator<<(std::ostream& out, const DecisionExample& example);

[[nodiscard]] std::string decide_example(const DecisionExample& example);

inline constexpr std::string_view kOldId = "1111111111111111111111111111111111111111";
inline constexpr std::string_view kNewId = "2222222222222222222222222222222222222222";
inline constexpr std::string_view kZeroId = "0000000000000000000000000000000000000000";

/// A line as Git writes it.
[[nodiscard]] std::string created(std::string_view ref);
[[nodiscard]] std::string updated(std::string_view ref);
[[nodiscard]] std::string deleted(std::string_view ref);

[[nodiscard]] ProtectionRow level_row(Role level);

}  // namespace innergate::handlers::domain::git_access

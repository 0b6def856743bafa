#include "handlers/shell/first_push.hpp"

#include <chrono>

#include <fmt/format.h>

#include "handlers/domain/pushed_branches.hpp"

namespace innergate::handlers::shell {
namespace {

/// The person who pushes waits for it.
constexpr std::chrono::seconds kPatience{5};

}  // namespace

FirstPush::FirstPush(
    inspectors::Inspectors& inspectors,
    const PushedProject& project,
    const std::string& gl_repository,
    const std::string& correlation_id
)
    : inspectors_(inspectors),
      project_(project),
      repository_{
          .storage = project.storage,
          .relative_path = project.relative_path,
          .gl_repository = gl_repository,
          .gl_project_path = project.full_path},
      occasion_{
          .deadline = std::chrono::steady_clock::now() + kPatience,
          .correlation_id = correlation_id} {}

void FirstPush::ask_head() {
    const auto inspection = inspectors_.look_into(repository_, occasion_);
    auto head = inspection->default_branch();
    if (!head) {
        leave_head(head.error().reason);
        return;
    }
    const auto is_there = *head ? inspection->has_branch(**head) : false;
    if (!is_there) {
        leave_head(is_there.error().reason);
        return;
    }
    is_head_known_ = true;
    head_ = std::move(*head);
    is_head_there_ = *is_there;
}

void FirstPush::leave_head(std::string_view reason) {
    fault_ = fmt::format("HEAD was not asked, which is left to the job: {}", reason);
}

std::optional<std::string> FirstPush::choose(const std::vector<std::string>& pushed) const {
    // The database held this repository to be empty, but it was not. Its default branch stays.
    if (is_head_there_) {
        return head_;
    }
    std::vector<std::string> preferred;
    for (const auto& name : {head_, project_.default_branch}) {
        if (name) {
            preferred.push_back(*name);
        }
    }
    return domain::first_default_branch(pushed, preferred);
}

void FirstPush::point_head_at(std::string_view branch) {
    if (!is_head_known_ || head_ == branch) {
        return;
    }
    if (const auto done = inspectors_.set_default_branch(repository_, occasion_, branch); !done) {
        fault_ =
            fmt::format("HEAD was not moved, which is left to the job: {}", done.error().reason);
    }
}

}  // namespace innergate::handlers::shell

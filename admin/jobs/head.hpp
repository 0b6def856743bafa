// The part of a job that makes a repository's HEAD and its project's default branch agree.
#pragma once

#include <chrono>
#include <string>

#include "handlers/stores/git/default_branch_store.hpp"
#include "handlers/stores/pushes/post_receive_job_store.hpp"

namespace innergate::handlers::inspectors {
class Inspectors;
}

namespace innergate::admin::jobs {

/// Acts after a push that gave a project its default branch; for other pushes it asks nothing. May
/// be done any number of times, and by several at once. Where nobody can look into the repository
/// nothing can be done, and that is no fault.
/// Answers what went wrong; empty: nothing. Throws what the database throws.
[[nodiscard]] std::string make_head_agree(
    const handlers::PostReceiveJob& job,
    handlers::DefaultBranchStore& branches,
    handlers::inspectors::Inspectors& inspectors,
    std::chrono::steady_clock::time_point deadline
);

}  // namespace innergate::admin::jobs

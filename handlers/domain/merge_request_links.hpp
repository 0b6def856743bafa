// What a push is told about merge requests: where to open one, where there is one, and why options
// for one could not be followed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace innergate::handlers::domain {

struct OpenMergeRequest {
    long long id = 0;
    long long iid = 0;  ///< its number within the target project
    std::string source_branch;
    std::string target_full_path;
};

/// One message per branch, in their order: the newest open merge request from it, or where to make
/// one. The texts are GitLab's. `open` is ordered by id; `instance_url` ends without slash.
[[nodiscard]] std::vector<std::string> merge_request_messages(
    std::span<const std::string> branches,
    std::span<const OpenMergeRequest> open,
    std::string_view instance_url,
    std::string_view full_path
);

/// What is known about a push that has options for a merge request.
struct MergeRequestOptionFacts {
    bool is_project_repository = false;  ///< not a wiki, snippet or design repository
    bool is_user_known = false;
    bool is_merge_requests_enabled = false;
    std::string full_path;
    std::size_t branch_count = 0;  ///< branches that are there after the push
};

/// Why the options cannot be followed, as far as this server can tell: the component that owns
/// merge requests makes its own checks later. Nothing: no reason is known. An empty line stands
/// between two reasons.
[[nodiscard]] std::optional<std::string> merge_request_option_error(
    const MergeRequestOptionFacts& facts
);

/// `WARNINGS:\nError encountered with push options 'mr.create' 'ci.skip': …`, with all options.
[[nodiscard]] std::string push_option_warning(
    std::span<const std::string> raw_options, std::string_view error
);

}  // namespace innergate::handlers::domain

#include "handlers/domain/pushed_branches.hpp"

#include <algorithm>
#include <utility>

#include "handlers/domain/object_id.hpp"
#include "handlers/domain/pushed_changes.hpp"

namespace innergate::handlers::domain {
std::vector<std::string> pushed_branches(std::string_view changes) {
    constexpr std::string_view kBranch = "refs/heads/";
    std::vector<std::string> branches;
    for (const PushedChange& change : parse_changes(changes)) {
        const bool is_there = is_object_id(change.old_rev) && is_object_id(change.new_rev) &&
                              !is_zero_id(change.new_rev);
        if (is_there && change.ref.starts_with(kBranch) && change.ref.size() > kBranch.size()) {
            branches.push_back(change.ref.substr(kBranch.size()));
        }
    }
    return branches;
}

std::optional<std::string> first_default_branch(
    const std::vector<std::string>& branches, const std::vector<std::string>& preferred
) {
    std::vector<std::string> candidates = preferred;
    candidates.insert(candidates.end(), {"main", "master"});
    for (std::string& candidate : candidates) {
        if (std::ranges::find(branches, candidate) != branches.end()) {
            return std::move(candidate);
        }
    }
    return branches.empty() ? std::nullopt : std::optional{branches.front()};
}

}  // namespace innergate::handlers::domain

#include "handlers/domain/pushed_branches.hpp"

#include <algorithm>

#include "handlers/domain/pushed_changes.hpp"

namespace innergate::handlers::domain {
namespace {

/// SHA-1 or SHA-256, in hexadecimal.
bool is_object_id(std::string_view text) {
    constexpr std::size_t kSha1Digits = 40;
    constexpr std::size_t kSha256Digits = 64;
    return (text.size() == kSha1Digits || text.size() == kSha256Digits) &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_zero(std::string_view object_id) {
    return object_id.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

std::vector<std::string> pushed_branches(std::string_view changes) {
    constexpr std::string_view kBranch = "refs/heads/";
    std::vector<std::string> branches;
    for (const PushedChange& change : parse_changes(changes)) {
        const bool is_there = is_object_id(change.old_rev) && is_object_id(change.new_rev) &&
                              !is_zero(change.new_rev);
        if (is_there && change.ref.starts_with(kBranch) && change.ref.size() > kBranch.size()) {
            branches.push_back(change.ref.substr(kBranch.size()));
        }
    }
    return branches;
}

std::optional<std::string> first_default_branch(const std::vector<std::string>& branches) {
    for (const char* const preferred : {"main", "master"}) {
        if (std::ranges::find(branches, preferred) != branches.end()) {
            return preferred;
        }
    }
    return branches.empty() ? std::nullopt : std::optional{branches.front()};
}

}  // namespace innergate::handlers::domain

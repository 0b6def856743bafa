#include "handlers/domain/merge_request_links.hpp"

#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/http/url.hpp"

namespace innergate::handlers::domain {

std::vector<std::string> merge_request_messages(
    std::span<const std::string> branches,
    std::span<const OpenMergeRequest> open,
    std::string_view instance_url,
    std::string_view full_path
) {
    std::unordered_map<std::string_view, const OpenMergeRequest*> newest;
    for (const OpenMergeRequest& merge_request : open) {
        newest[merge_request.source_branch] = &merge_request;
    }
    std::vector<std::string> messages;
    messages.reserve(branches.size());
    for (const std::string& branch : branches) {
        const auto known = newest.find(branch);
        if (known == newest.end()) {
            messages.push_back(fmt::format(
                "To create a merge request for {}, visit:\n"
                "  {}/{}/-/merge_requests/new?merge_request%5Bsource_branch%5D={}",
                branch,
                instance_url,
                full_path,
                http::percent_encoded(branch)
            ));
        } else {
            messages.push_back(fmt::format(
                "View merge request for {}:\n  {}/{}/-/merge_requests/{}",
                branch,
                instance_url,
                known->second->target_full_path,
                known->second->iid
            ));
        }
    }
    return messages;
}

std::optional<std::string> merge_request_option_error(const MergeRequestOptionFacts& facts) {
    constexpr std::size_t kMostBranches = 10;
    if (!facts.is_project_repository) {
        return "Push options are only supported for projects";
    }
    if (!facts.is_user_known) {
        return "User is required";
    }
    std::vector<std::string> errors;
    if (!facts.is_merge_requests_enabled) {
        errors.push_back(
            fmt::format("Merge requests are not enabled for project {}", facts.full_path)
        );
    }
    if (facts.branch_count > kMostBranches) {
        errors.push_back(fmt::format(
            "Too many branches pushed ({} were pushed, limit is {})",
            facts.branch_count,
            kMostBranches
        ));
    }
    if (errors.empty()) {
        return std::nullopt;
    }
    return fmt::format("{}", fmt::join(errors, "\n\n"));
}

std::string push_option_warning(std::span<const std::string> raw_options, std::string_view error) {
    std::vector<std::string> quoted;
    quoted.reserve(raw_options.size());
    for (const std::string& option : raw_options) {
        quoted.push_back(fmt::format("'{}'", option));
    }
    return fmt::format(
        "WARNINGS:\nError encountered with push options {}: {}", fmt::join(quoted, " "), error
    );
}

}  // namespace innergate::handlers::domain

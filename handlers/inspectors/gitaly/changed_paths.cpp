#include "handlers/inspectors/gitaly/changed_paths.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

namespace innergate::handlers::inspectors::gitaly {
namespace {

namespace api = ::gitaly;
using Paths = std::unordered_set<std::string_view>;
using Found = std::optional<std::string>;

constexpr std::size_t kMaxCommits = 100'000;
constexpr std::size_t kCommitsPerRequest = 1000;

struct NewCommit {
    std::string id;
    std::string first_parent;  ///< empty: it has none
};

/// Lists the commits that the tip reaches and no ref does.
Inspected<std::vector<NewCommit>> list_new_commits(
    const Services& services, const Target& target, std::string_view tip
) {
    auto request = request_for<api::ListCommitsRequest>(services, target, Objects::with_quarantine);
    request.add_revisions(std::string{tip});
    request.add_revisions("--not");
    request.add_revisions("--all");
    std::vector<NewCommit> commits;
    auto failure = read_stream<api::ListCommitsResponse>(
        services.connection,
        target,
        "ListCommits",
        [&](grpc::ClientContext* context) {
            return services.commits->ListCommits(context, request);
        },
        [&commits](const api::ListCommitsResponse& response) {
            for (const api::GitCommit& commit : response.commits()) {
                commits.push_back(
                    {.id = commit.id(),
                     .first_parent = commit.parent_ids_size() > 0 ? commit.parent_ids(0) : ""}
                );
            }
            return commits.size() > kMaxCommits ? Next::too_much : Next::go_on;
        }
    );
    if (failure) {
        return tl::unexpected(*std::move(failure));
    }
    return commits;
}

Inspected<Found> find_in(
    const Services& services,
    const Target& target,
    const api::FindChangedPathsRequest& request,
    const Paths& paths
) {
    Found found;
    auto failure = read_stream<api::FindChangedPathsResponse>(
        services.connection,
        target,
        "FindChangedPaths",
        [&](grpc::ClientContext* context) {
            return services.diffs->FindChangedPaths(context, request);
        },
        [&](const api::FindChangedPathsResponse& response) {
            for (const api::ChangedPaths& change : response.paths()) {
                if (paths.contains(change.path())) {
                    found = change.path();
                    return Next::enough;
                }
            }
            return Next::go_on;
        }
    );
    if (failure) {
        return tl::unexpected(*std::move(failure));
    }
    return found;
}

/// Compares merges, too, with their first parent only.
void add(api::FindChangedPathsRequest& request, const NewCommit& commit) {
    auto* const comparison = request.add_requests()->mutable_commit_request();
    comparison->set_commit_revision(commit.id);
    if (!commit.first_parent.empty()) {
        comparison->add_parent_commit_revisions(commit.first_parent);
    }
}

Inspected<Found> find_in_new_commits(
    const Services& services, const Target& target, std::string_view tip, const Paths& paths
) {
    const auto commits = list_new_commits(services, target, tip);
    if (!commits) {
        return tl::unexpected(commits.error());
    }
    for (std::size_t begin = 0; begin < commits->size(); begin += kCommitsPerRequest) {
        auto request =
            request_for<api::FindChangedPathsRequest>(services, target, Objects::with_quarantine);
        const std::size_t end = std::min(begin + kCommitsPerRequest, commits->size());
        for (std::size_t index = begin; index < end; ++index) {
            add(request, (*commits)[index]);
        }
        auto found = find_in(services, target, request, paths);
        if (!found || *found) {
            return found;
        }
    }
    return Found{};
}

}  // namespace

Inspected<Found> find_changed_path(
    const Services& services,
    const Target& target,
    std::string_view old_commit,
    std::string_view new_commit,
    std::span<const std::string> paths
) {
    const Paths wanted{paths.begin(), paths.end()};
    if (wanted.empty()) {
        return Found{};
    }
    if (old_commit.empty()) {
        return find_in_new_commits(services, target, new_commit, wanted);
    }
    auto request =
        request_for<api::FindChangedPathsRequest>(services, target, Objects::with_quarantine);
    auto* const comparison = request.add_requests()->mutable_tree_request();
    comparison->set_left_tree_revision(std::string{old_commit});
    comparison->set_right_tree_revision(std::string{new_commit});
    return find_in(services, target, request, wanted);
}

}  // namespace innergate::handlers::inspectors::gitaly

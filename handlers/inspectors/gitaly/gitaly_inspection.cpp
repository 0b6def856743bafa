#include "handlers/inspectors/gitaly/gitaly_inspection.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <initializer_list>

#include "handlers/domain/object_id.hpp"
#include "handlers/inspectors/gitaly/branch_ref.hpp"
#include "handlers/inspectors/gitaly/changed_paths.hpp"
#include "handlers/inspectors/gitaly/new_blobs.hpp"
#include "handlers/inspectors/gitaly/paths_within.hpp"
#include "handlers/inspectors/gitaly/services.hpp"

namespace innergate::handlers::inspectors::gitaly {
namespace {

namespace api = ::gitaly;

constexpr std::size_t kMaxBranches = 100'000;

}  // namespace

GitalyInspection::GitalyInspection(const Services& services, Target target)
    : services_(services), target_(std::move(target)), fault_(why_outside_storage(target_)) {}

Inspected<void> GitalyInspection::within_storage() const {
    if (fault_) {
        return tl::unexpected(InspectionFailure{
            .kind = InspectionFailure::Kind::failed, .reason = *fault_});
    }
    return {};
}

Inspected<void> GitalyInspection::within_storage(std::initializer_list<std::string_view> ids
) const {
    for (const std::string_view id : ids) {
        if (!domain::is_object_id(id)) {
            return tl::unexpected(InspectionFailure{
                .kind = InspectionFailure::Kind::failed,
                .reason = fmt::format("'{}' is no object id", id)});
        }
    }
    return within_storage();
}

Inspected<void> GitalyInspection::with_ids(std::span<const std::string> tips) const {
    for (const std::string& tip : tips) {
        if (auto judged = within_storage({tip}); !judged) {
            return judged;
        }
    }
    return within_storage();
}

template <class Request>
Inspected<Request> GitalyInspection::request(std::initializer_list<std::string_view> ids) const {
    return within_storage(ids).map([this] {
        return request_for<Request>(services_, target_, Objects::with_quarantine);
    });
}

Inspected<bool> GitalyInspection::exists() {
    return request<api::RepositoryExistsRequest>({})
        .and_then([this](const api::RepositoryExistsRequest& request) {
            return ask(
                services_.connection,
                target_,
                "RepositoryExists",
                *services_.repositories,
                &api::RepositoryService::Stub::RepositoryExists,
                request
            );
        })
        .map([](const api::RepositoryExistsResponse& response) { return response.exists(); });
}

Inspected<bool> GitalyInspection::is_empty() {
    return request<api::HasLocalBranchesRequest>({})
        .and_then([this](const api::HasLocalBranchesRequest& request) {
            return ask(
                services_.connection,
                target_,
                "HasLocalBranches",
                *services_.repositories,
                &api::RepositoryService::Stub::HasLocalBranches,
                request
            );
        })
        .map([](const api::HasLocalBranchesResponse& response) { return !response.value(); });
}

Inspected<std::optional<std::string>> GitalyInspection::default_branch() {
    return request<api::FindDefaultBranchNameRequest>({})
        .and_then([this](api::FindDefaultBranchNameRequest request) {
            request.set_head_only(true);
            return ask(
                services_.connection,
                target_,
                "FindDefaultBranchName",
                *services_.refs,
                &api::RefService::Stub::FindDefaultBranchName,
                request
            );
        })
        .map([](const api::FindDefaultBranchNameResponse& response) {
            return branch_of(response.name());
        });
}

Inspected<bool> GitalyInspection::has_branch(std::string_view name) {
    return request<api::RefExistsRequest>({})
        .and_then([&](api::RefExistsRequest request) {
            request.set_ref(std::string{kBranchPrefix}.append(name));
            return ask(
                services_.connection,
                target_,
                "RefExists",
                *services_.refs,
                &api::RefService::Stub::RefExists,
                request
            );
        })
        .map([](const api::RefExistsResponse& response) { return response.value(); });
}

Inspected<bool> GitalyInspection::is_ancestor(
    std::string_view ancestor, std::string_view descendant
) {
    return request<api::CommitIsAncestorRequest>({ancestor, descendant})
        .and_then([&](api::CommitIsAncestorRequest request) {
            request.set_ancestor_id(std::string{ancestor});
            request.set_child_id(std::string{descendant});
            return ask(
                services_.connection,
                target_,
                "CommitIsAncestor",
                *services_.commits,
                &api::CommitService::Stub::CommitIsAncestor,
                request
            );
        })
        .map([](const api::CommitIsAncestorResponse& response) { return response.value(); });
}

Inspected<std::vector<std::string>> GitalyInspection::branches_containing(std::string_view commit) {
    auto request = this->request<api::ListBranchNamesContainingCommitRequest>({commit});
    if (!request) {
        return tl::unexpected(std::move(request.error()));
    }
    request->set_commit_id(std::string{commit});
    std::vector<std::string> names;
    auto failure = read_stream<api::ListBranchNamesContainingCommitResponse>(
        services_.connection,
        target_,
        "ListBranchNamesContainingCommit",
        [&](grpc::ClientContext* context) {
            return services_.refs->ListBranchNamesContainingCommit(context, *request);
        },
        [&names](const api::ListBranchNamesContainingCommitResponse& response) {
            for (const std::string& name : response.branch_names()) {
                names.push_back(branch_of(name).value_or(name));
            }
            return names.size() > kMaxBranches ? Next::too_much : Next::go_on;
        }
    );
    if (failure) {
        return tl::unexpected(*std::move(failure));
    }
    return names;
}

Inspected<std::vector<domain::git_access::LfsPointer>> GitalyInspection::new_lfs_pointers(
    std::span<const std::string> tips
) {
    return with_ids(tips).and_then([&] { return list_new_pointers(services_, target_, tips); });
}

Inspected<std::vector<domain::git_access::BlobSize>> GitalyInspection::new_blobs_over(
    std::span<const std::string> tips, std::uint64_t bytes
) {
    return with_ids(tips).and_then([&] {
        return list_new_blobs_over(services_, target_, tips, bytes);
    });
}

Inspected<std::optional<std::string>> GitalyInspection::first_changed_path(
    std::string_view old_commit, std::string_view new_commit, std::span<const std::string> paths
) {
    return (old_commit.empty() ? within_storage({new_commit})
                               : within_storage({old_commit, new_commit}))
        .and_then([&] {
            return find_changed_path(services_, target_, old_commit, new_commit, paths);
        });
}

Inspected<std::size_t> GitalyInspection::file_count(std::string_view commit) {
    auto request = this->request<api::ListFilesRequest>({commit});
    if (!request) {
        return tl::unexpected(std::move(request.error()));
    }
    request->set_revision(std::string{commit});
    std::size_t files = 0;
    auto failure = read_stream<api::ListFilesResponse>(
        services_.connection,
        target_,
        "ListFiles",
        [&](grpc::ClientContext* context) {
            return services_.commits->ListFiles(context, *request);
        },
        [&files](const api::ListFilesResponse& response) {
            files += static_cast<std::size_t>(response.paths_size());
            return Next::go_on;
        }
    );
    if (failure) {
        return tl::unexpected(*std::move(failure));
    }
    return files;
}

}  // namespace innergate::handlers::inspectors::gitaly

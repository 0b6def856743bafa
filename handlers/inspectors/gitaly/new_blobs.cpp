#include "handlers/inspectors/gitaly/new_blobs.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

namespace innergate::handlers::inspectors::gitaly {
namespace {

namespace api = ::gitaly;
using domain::git_access::BlobSize;
using domain::git_access::LfsPointer;

constexpr std::size_t kMaxPointers = 250'000;
constexpr std::size_t kMaxBlobs = 100'000;
constexpr int kRevisionsPerMessage = 1000;

bool has_quarantine(const Target& target) {
    return !target.quarantine.object_directory.empty();
}

/// What `tips` reach and no ref does, as git's rev-list is told.
template <class Request>
Request request_for_new(
    const Services& services, const Target& target, std::span<const std::string> tips
) {
    auto request = request_for<Request>(services, target, Objects::with_quarantine);
    for (const std::string& tip : tips) {
        request.add_revisions(tip);
    }
    request.add_revisions("--not");
    request.add_revisions("--all");
    return request;
}

/// Keeps the pointers of messages of both kinds.
class PointerCollector {
public:
    template <class Response>
    Next operator()(const Response& response) {
        for (const api::LFSPointer& pointer : response.lfs_pointers()) {
            pointers.push_back(
                {.oid = pointer.file_oid(), .size = static_cast<std::uint64_t>(pointer.file_size())}
            );
        }
        return pointers.size() > kMaxPointers ? Next::too_much : Next::go_on;
    }

    std::vector<LfsPointer> pointers;
};

/// Keeps the blobs that are too large.
class BlobCollector {
public:
    explicit BlobCollector(std::uint64_t limit) : limit_(limit) {}

    template <class Response>
    Next operator()(const Response& response) {
        for (const auto& blob : response.blobs()) {
            const auto bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(blob.size(), 0));
            if (bytes > limit_) {
                blobs.push_back({.oid = blob.oid(), .bytes = bytes});
            }
        }
        return blobs.size() > kMaxBlobs ? Next::too_much : Next::go_on;
    }

    std::vector<BlobSize> blobs;

private:
    std::uint64_t limit_;
};

/// Asks which of these blobs the repository has without the push.
class ExistenceQuestion {
public:
    ExistenceQuestion(const Services& services, const Target& target)
        : services_(services), target_(target) {}

    Inspected<std::unordered_set<std::string>> ask(const std::vector<BlobSize>& blobs) const {
        const auto context = services_.connection.context(target_, Patience::none);
        const auto stream = services_.commits->CheckObjectsExist(context.get());
        bool is_open = true;
        auto request =
            request_for<api::CheckObjectsExistRequest>(services_, target_, Objects::repository);
        for (const BlobSize& blob : blobs) {
            request.add_revisions(blob.oid);
            if (request.revisions_size() == kRevisionsPerMessage) {
                is_open = is_open && stream->Write(request);
                request.clear_revisions();
            }
        }
        if (is_open && request.revisions_size() > 0) {
            static_cast<void>(stream->Write(request));
        }
        static_cast<void>(stream->WritesDone());
        std::unordered_set<std::string> existing;
        const grpc::Status status = finish<api::CheckObjectsExistResponse>(
            *context,
            *stream,
            [&existing](const api::CheckObjectsExistResponse& response) {
                for (const auto& revision : response.revisions()) {
                    if (revision.exists()) {
                        existing.insert(revision.name());
                    }
                }
                return Next::go_on;
            }
        );
        if (!status.ok()) {
            return tl::unexpected(failure_of(status, "CheckObjectsExist", target_));
        }
        return existing;
    }

private:
    const Services& services_;
    const Target& target_;
};

}  // namespace

Inspected<std::vector<LfsPointer>> list_new_pointers(
    const Services& services, const Target& target, std::span<const std::string> tips
) {
    PointerCollector collector;
    std::optional<InspectionFailure> failure;
    if (has_quarantine(target)) {
        const auto request =
            request_for<api::ListAllLFSPointersRequest>(services, target, Objects::quarantine_only);
        failure = read_stream<api::ListAllLFSPointersResponse>(
            services.connection,
            target,
            "ListAllLFSPointers",
            [&](grpc::ClientContext* context) {
                return services.blobs->ListAllLFSPointers(context, request);
            },
            collector
        );
    } else {
        const auto request = request_for_new<api::ListLFSPointersRequest>(services, target, tips);
        failure = read_stream<api::ListLFSPointersResponse>(
            services.connection,
            target,
            "ListLFSPointers",
            [&](grpc::ClientContext* context) {
                return services.blobs->ListLFSPointers(context, request);
            },
            collector
        );
    }
    if (failure) {
        return tl::unexpected(*std::move(failure));
    }
    return std::move(collector.pointers);
}

Inspected<std::vector<BlobSize>> list_new_blobs_over(
    const Services& services,
    const Target& target,
    std::span<const std::string> tips,
    std::uint64_t bytes
) {
    BlobCollector collector{bytes};
    std::optional<InspectionFailure> failure;
    if (has_quarantine(target)) {
        const auto request =
            request_for<api::ListAllBlobsRequest>(services, target, Objects::quarantine_only);
        failure = read_stream<api::ListAllBlobsResponse>(
            services.connection,
            target,
            "ListAllBlobs",
            [&](grpc::ClientContext* context) {
                return services.blobs->ListAllBlobs(context, request);
            },
            collector
        );
    } else {
        const auto request = request_for_new<api::ListBlobsRequest>(services, target, tips);
        failure = read_stream<api::ListBlobsResponse>(
            services.connection,
            target,
            "ListBlobs",
            [&](grpc::ClientContext* context) {
                return services.blobs->ListBlobs(context, request);
            },
            collector
        );
    }
    if (failure) {
        return tl::unexpected(*std::move(failure));
    }
    if (collector.blobs.empty() || !has_quarantine(target)) {
        return std::move(collector.blobs);
    }
    const auto existing = ExistenceQuestion{services, target}.ask(collector.blobs);
    if (!existing) {
        return tl::unexpected(existing.error());
    }
    std::erase_if(collector.blobs, [&existing](const BlobSize& blob) {
        return existing->contains(blob.oid);
    });
    return std::move(collector.blobs);
}

}  // namespace innergate::handlers::inspectors::gitaly

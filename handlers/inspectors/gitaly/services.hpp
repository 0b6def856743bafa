// Gitaly's services on one connection.
#pragma once

#include <memory>
#include <utility>

#include "handlers/inspectors/gitaly/calls.hpp"
#include "handlers/inspectors/gitaly/connection.hpp"
#include "handlers/inspectors/gitaly/gitaly.grpc.pb.h"

namespace innergate::handlers::inspectors::gitaly {

class Services {
public:
    explicit Services(Server server)
        : connection(std::move(server)),
          repositories(::gitaly::RepositoryService::NewStub(connection.channel())),
          refs(::gitaly::RefService::NewStub(connection.channel())),
          commits(::gitaly::CommitService::NewStub(connection.channel())),
          blobs(::gitaly::BlobService::NewStub(connection.channel())),
          diffs(::gitaly::DiffService::NewStub(connection.channel())),
          servers(::gitaly::ServerService::NewStub(connection.channel())) {}

    Connection connection;
    std::unique_ptr<::gitaly::RepositoryService::Stub> repositories;
    std::unique_ptr<::gitaly::RefService::Stub> refs;
    std::unique_ptr<::gitaly::CommitService::Stub> commits;
    std::unique_ptr<::gitaly::BlobService::Stub> blobs;
    std::unique_ptr<::gitaly::DiffService::Stub> diffs;
    std::unique_ptr<::gitaly::ServerService::Stub> servers;
};

/// Which objects of a repository a question is about.
enum class Objects {
    repository,       ///< its own; requests that change something name only these
    with_quarantine,  ///< and those of the push
    quarantine_only,
};

/// The repository as Gitaly wants it named.
///
/// Its path is always the stored one: a proxy in front of Gitaly (Praefect) routes by it. The path
/// of the hook's snapshot goes along with the call (Connection::context()).
void name_repository(
    ::gitaly::Repository& repository, const Server& server, const Target& target, Objects objects
);

/// A request that names the repository; the rest is for the caller to fill in.
template <class Request>
[[nodiscard]] Request request_for(const Services& services, const Target& target, Objects objects) {
    Request request;
    name_repository(*request.mutable_repository(), services.connection.server(), target, objects);
    return request;
}

}  // namespace innergate::handlers::inspectors::gitaly

// The connection to one Gitaly, and what goes along with each call.
#pragma once

#include <chrono>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <memory>
#include <string>
#include <string_view>

#include "handlers/inspectors/gitaly/client.hpp"

namespace innergate::handlers::inspectors::gitaly {

/// Whether a call waits a moment for a connection that is being made anew.
enum class Patience { none, reconnect };

class Connection {
public:
    /// Connects when first used, and again by itself, at most a second after Gitaly is back.
    explicit Connection(Server server);

    [[nodiscard]] const Server& server() const { return server_; }
    [[nodiscard]] const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

    /// Deadline, token, correlation id, and the path of the hook's snapshot.
    [[nodiscard]] std::unique_ptr<grpc::ClientContext> context(
        const Target& target, Patience patience
    ) const;

private:
    Server server_;
    std::shared_ptr<grpc::Channel> channel_;
};

/// The address of a server in gRPC's spelling: `tcp://HOST:PORT` is Gitaly's own.
[[nodiscard]] std::string grpc_target(std::string_view address);

}  // namespace innergate::handlers::inspectors::gitaly

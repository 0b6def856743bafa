#include "handlers/inspectors/gitaly/connection.hpp"

#include <algorithm>
#include <fstream>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "app/auth/gitaly_tokens.hpp"
#include "app/clock.hpp"

namespace innergate::handlers::inspectors::gitaly {
namespace {

constexpr std::string_view kTcp = "tcp://";
constexpr std::string_view kTls = "tls://";

/// Debian's file, made by its package ca-certificates.
constexpr const char* kSystemCertificates = "/etc/ssl/certs/ca-certificates.crt";

constexpr int kMillisecondsPerSecond = 1000;
/// By itself gRPC waits up to two minutes, and gives 20 s to a host that never answers.
constexpr int kLongestPauseMs = kMillisecondsPerSecond;
constexpr int kShortestPauseMs = 100;
constexpr int kConnectMs = 3 * kMillisecondsPerSecond;
/// Gitaly ends connections that ask more often than every 10 s.
constexpr int kKeepaliveMs = 20 * kMillisecondsPerSecond;
constexpr int kKeepaliveAnswerMs = 5 * kMillisecondsPerSecond;

constexpr std::chrono::seconds kReconnectTime{1};

// Keys of gRPC's metadata, as Gitaly reads them.
constexpr const char* kAuthorization = "authorization";
constexpr const char* kCorrelationId = "x-gitlab-correlation-id";
constexpr const char* kSnapshotPath = "relative-path-bin";

std::string content_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::shared_ptr<grpc::ChannelCredentials> credentials(const Server& server) {
    if (!server.address.starts_with(kTls)) {
        return grpc::InsecureChannelCredentials();
    }
    grpc::SslCredentialsOptions options;
    options.pem_root_certs =
        content_of(server.ca_file.empty() ? std::string{kSystemCertificates} : server.ca_file);
    return grpc::SslCredentials(options);
}

grpc::ChannelArguments arguments() {
    grpc::ChannelArguments arguments;
    arguments.SetUserAgentPrefix("innergate/" INNERGATE_VERSION);
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kShortestPauseMs);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectMs);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestPauseMs);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveAnswerMs);
    // Neither a proxy of the environment nor a DNS record may say where a repository is.
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetServiceConfigJSON("{}");
    arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
    // Two storages of one address are two connections, so that closing one disturbs no other.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return arguments;
}

std::chrono::system_clock::time_point wall_clock(std::chrono::steady_clock::time_point end) {
    // The end may be the last time that there is.
    constexpr std::chrono::steady_clock::duration kLongest = std::chrono::hours{24};
    const auto left = std::clamp(
        end - std::chrono::steady_clock::now(),
        std::chrono::steady_clock::duration::zero(),
        kLongest
    );
    return std::chrono::system_clock::now() +
           std::chrono::duration_cast<std::chrono::system_clock::duration>(left);
}

}  // namespace

std::string grpc_target(std::string_view address) {
    for (const std::string_view scheme : {kTcp, kTls}) {
        if (address.starts_with(scheme)) {
            return fmt::format("dns:///{}", address.substr(scheme.size()));
        }
    }
    return std::string{address};
}

Connection::Connection(Server server)
    : server_(std::move(server)),
      channel_(
          grpc::CreateCustomChannel(grpc_target(server_.address), credentials(server_), arguments())
      ) {}

std::unique_ptr<grpc::ClientContext> Connection::context(const Target& target, Patience patience)
    const {
    auto context = std::make_unique<grpc::ClientContext>();
    auto deadline = target.deadline;
    if (patience == Patience::reconnect) {
        deadline = std::min(deadline, std::chrono::steady_clock::now() + kReconnectTime);
        context->set_wait_for_ready(true);
    }
    context->set_deadline(wall_clock(deadline));
    if (server_.token.is_set()) {
        context->AddMetadata(
            kAuthorization, "Bearer " + auth::gitaly_credential(server_.token, SystemClock{}.now())
        );
    }
    if (!target.correlation_id.empty()) {
        context->AddMetadata(kCorrelationId, target.correlation_id);
    }
    if (!target.hook_relative_path.empty()) {
        context->AddMetadata(kSnapshotPath, target.hook_relative_path);
    }
    return context;
}

}  // namespace innergate::handlers::inspectors::gitaly

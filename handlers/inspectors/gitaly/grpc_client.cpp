#include <algorithm>
#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <mutex>
#include <utility>

#include "handlers/inspectors/gitaly/branch_ref.hpp"
#include "handlers/inspectors/gitaly/client.hpp"
#include "handlers/inspectors/gitaly/gitaly_inspection.hpp"
#include "handlers/inspectors/gitaly/paths_within.hpp"
#include "handlers/inspectors/gitaly/services.hpp"

namespace innergate::handlers::inspectors::gitaly {
namespace {

namespace api = ::gitaly;

class GrpcClient final : public Client {
public:
    explicit GrpcClient(Server server) : services_(std::move(server)) {}

    std::unique_ptr<domain::git_access::Inspection> look_into(Target target) override {
        return std::make_unique<GitalyInspection>(services_, std::move(target));
    }

    Inspected<Creation> create_repository(const Target& target, std::string_view default_branch)
        override {
        return change<api::CreateRepositoryRequest>(target).and_then(
            [&](api::CreateRepositoryRequest request) -> Inspected<Creation> {
                request.set_default_branch(std::string{default_branch});
                api::CreateRepositoryResponse response;
                const auto context = services_.connection.context(target, Patience::none);
                const grpc::Status status =
                    services_.repositories->CreateRepository(context.get(), request, &response);
                if (status.error_code() == grpc::StatusCode::ALREADY_EXISTS) {
                    return Creation::was_there;
                }
                if (!status.ok()) {
                    return tl::unexpected(failure_of(status, "CreateRepository", target));
                }
                return Creation::created;
            }
        );
    }

    Inspected<void> set_default_branch(const Target& target, std::string_view branch) override {
        return change<api::WriteRefRequest>(target)
            .and_then([&](api::WriteRefRequest request) {
                request.set_ref("HEAD");
                request.set_revision(std::string{kBranchPrefix}.append(branch));
                return ask(
                    services_.connection,
                    target,
                    "WriteRef",
                    *services_.repositories,
                    &api::RepositoryService::Stub::WriteRef,
                    request
                );
            })
            .map([](const api::WriteRefResponse& /*response*/) {});
    }

    Inspected<ServerState> state(std::chrono::steady_clock::time_point deadline) override {
        Target nobody;
        nobody.deadline = deadline;
        return ask(services_.connection,
                   nobody,
                   "ServerInfo",
                   *services_.servers,
                   &api::ServerService::Stub::ServerInfo,
                   api::ServerInfoRequest{})
            .map([this](const api::ServerInfoResponse& response) { return read(response); });
    }

private:
    template <class Request>
    [[nodiscard]] Inspected<Request> change(const Target& target) const {
        if (auto fault = why_outside_storage(target)) {
            return tl::unexpected(InspectionFailure{
                .kind = InspectionFailure::Kind::failed, .reason = *std::move(fault)});
        }
        return request_for<Request>(services_, target, Objects::repository);
    }

    [[nodiscard]] ServerState read(const api::ServerInfoResponse& response) const {
        ServerState state{
            .version = response.server_version(),
            .git_version = response.git_version(),
            .is_storage_known = false,
            .is_readable = false,
            .is_writable = false,
        };
        const auto& statuses = response.storage_statuses();
        const auto found = std::ranges::find(
            statuses,
            services_.connection.server().storage,
            &api::ServerInfoResponse::StorageStatus::storage_name
        );
        if (found != statuses.end()) {
            state.is_storage_known = true;
            state.is_readable = found->readable();
            state.is_writable = found->writeable();
        }
        return state;
    }

    Services services_;
};

/// The answers hold what gRPC and protobuf have to say. Their lines would stand among ours.
void silence_libraries() {
    ::gpr_set_log_function([](gpr_log_func_args* /*line*/) {});
    google::protobuf::SetLogHandler(nullptr);
}

}  // namespace

std::unique_ptr<Client> connect(Server server) {
    static std::once_flag is_silent;
    std::call_once(is_silent, silence_libraries);
    return std::make_unique<GrpcClient>(std::move(server));
}

}  // namespace innergate::handlers::inspectors::gitaly

#include "tests/support/gitaly/call_journal.hpp"

#include <chrono>
#include <string_view>

#include "app/auth/gitaly_tokens.hpp"
#include "app/clock.hpp"
#include "app/decimal.hpp"

namespace innergate::test {
namespace {

using grpc::Status;
using grpc::StatusCode;

/// As Gitaly judges what goes behind `authorization`, with its texts.
Status judge_credential(std::string_view field, const std::string& token, Timestamp now) {
    constexpr std::string_view kBearer = "Bearer ";
    constexpr std::chrono::seconds kValidity{30};
    if (!field.starts_with(kBearer)) {
        return {StatusCode::UNAUTHENTICATED, "authentication required"};
    }
    const std::string_view credential = field.substr(kBearer.size());
    const std::string_view time = credential.substr(credential.rfind('.') + 1);
    const auto seconds = parse_decimal<long long>(time).value_or(0);
    const Timestamp signed_at{std::chrono::seconds{seconds}};
    if (credential != auth::gitaly_credential(auth::Secret{token}, signed_at)) {
        return {StatusCode::PERMISSION_DENIED, "permission denied: wrong hmac signature"};
    }
    const auto age = now - signed_at;
    if (age > kValidity) {
        return {StatusCode::PERMISSION_DENIED, "permission denied: token has expired"};
    }
    if (-age > kValidity) {
        return {
            StatusCode::PERMISSION_DENIED,
            "permission denied: token's validity window is in future"};
    }
    return Status::OK;
}

}  // namespace

std::string metadata(const grpc::ServerContext& context, const std::string& name) {
    const auto& fields = context.client_metadata();
    const auto found = fields.find(name);
    return found == fields.end() ? std::string{}
                                 : std::string{found->second.data(), found->second.size()};
}

Status CallJournal::admit(
    const std::string& method,
    const grpc::ServerContext& context,
    const ::gitaly::Repository* repository
) {
    TestGitaly::Call call;
    call.method = method;
    call.correlation_id = metadata(context, "x-gitlab-correlation-id");
    call.snapshot_path = metadata(context, "relative-path-bin");
    call.time_left = std::chrono::duration_cast<std::chrono::milliseconds>(
        context.deadline() - std::chrono::system_clock::now()
    );
    if (repository != nullptr) {
        call.relative_path = repository->relative_path();
        call.object_directory = repository->git_object_directory();
        call.alternates =
            static_cast<std::size_t>(repository->git_alternate_object_directories_size());
        call.gl_repository = repository->gl_repository();
        call.gl_project_path = repository->gl_project_path();
    }
    {
        const std::scoped_lock lock{mutex_};
        calls_.push_back(std::move(call));
    }
    return options_.token.empty() ? Status::OK
                                  : judge_credential(
                                        metadata(context, "authorization"),
                                        options_.token,
                                        SystemClock{}.now() + options_.clock_ahead
                                    );
}

std::optional<TestGitaly::Fault> CallJournal::take_fault(
    const std::string& method, const grpc::ServerContext& context
) {
    std::unique_lock lock{mutex_};
    const auto found = faults_.find(method);
    if (found == faults_.end() || found->second.second == 0) {
        return std::nullopt;
    }
    --found->second.second;
    const TestGitaly::Fault fault = found->second.first;
    if (fault == TestGitaly::Fault::hangs) {
        // Whether the caller has given up can only be asked.
        constexpr std::chrono::milliseconds kPeriod{5};
        while (!is_released_ && !context.IsCancelled()) {
            changed_.wait_for(lock, kPeriod);
        }
    }
    return fault;
}

void CallJournal::break_calls(const std::string& method, TestGitaly::Fault fault, int times) {
    const std::scoped_lock lock{mutex_};
    faults_[method] = {fault, times};
}

std::vector<TestGitaly::Call> CallJournal::take_calls() {
    const std::scoped_lock lock{mutex_};
    return std::exchange(calls_, {});
}

void CallJournal::set_released(bool is_released) {
    const std::scoped_lock lock{mutex_};
    is_released_ = is_released;
    changed_.notify_all();
}

}  // namespace innergate::test

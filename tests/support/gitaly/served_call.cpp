#include "tests/support/gitaly/served_call.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace innergate::test {

using grpc::Status;
using grpc::StatusCode;

Status ServedCall::misbehave() {
    const auto fault = journal_.take_fault(method_, context_);
    if (!fault) {
        return Status::OK;
    }
    switch (*fault) {
        case TestGitaly::Fault::unavailable:
            return {StatusCode::UNAVAILABLE, "the connection is draining"};
        case TestGitaly::Fault::hangs:
            return {StatusCode::CANCELLED, "the caller has gone"};
        case TestGitaly::Fault::denies:
            return {StatusCode::PERMISSION_DENIED, "permission denied: wrong hmac signature"};
        case TestGitaly::Fault::exhausted:
            return {StatusCode::RESOURCE_EXHAUSTED, "maximum concurrent calls reached"};
        case TestGitaly::Fault::breaks_off:
            breaks_off_ = true;
            break;
        case TestGitaly::Fault::never_ends:
            never_ends_ = true;
            break;
    }
    return Status::OK;
}

Status ServedCall::begin() {
    const Status status = journal_.admit(method_, context_, nullptr);
    return status.ok() ? misbehave() : status;
}

Status ServedCall::begin(const ::gitaly::Repository& repository, bool needs_repository) {
    if (Status status = journal_.admit(method_, context_, &repository); !status.ok()) {
        return status;
    }
    if (Status status = misbehave(); !status.ok()) {
        return status;
    }
    if (Status status = find(repository); !status.ok()) {
        return status;
    }
    return needs_repository && !repository_.is_there()
               ? Status{StatusCode::NOT_FOUND, "repository not found"}
               : Status::OK;
}

Status ServedCall::find(const ::gitaly::Repository& repository) {
    if (repository.storage_name() != options_.storage_name) {
        return {
            StatusCode::INVALID_ARGUMENT,
            fmt::format("storage name not found: \"{}\"", repository.storage_name())};
    }
    const bool has_quarantine = !repository.git_object_directory().empty() ||
                                repository.git_alternate_object_directories_size() > 0;
    const std::string snapshot = metadata(context_, "relative-path-bin");
    repository_.folder =
        options_.storage /
        (has_quarantine && !snapshot.empty() ? snapshot : repository.relative_path());
    if (!repository.git_object_directory().empty()) {
        repository_.variables.push_back(
            "GIT_OBJECT_DIRECTORY=" +
            (repository_.folder / repository.git_object_directory()).native()
        );
    }
    std::vector<std::string> alternates;
    for (const std::string& path : repository.git_alternate_object_directories()) {
        alternates.push_back((repository_.folder / path).native());
    }
    if (!alternates.empty()) {
        repository_.variables.push_back(
            fmt::format("GIT_ALTERNATE_OBJECT_DIRECTORIES={}", fmt::join(alternates, ":"))
        );
    }
    return Status::OK;
}

Status ServedCall::stream(const std::function<bool()>& write) const {
    bool goes_on = write();
    while (never_ends_ && goes_on) {
        journal_.count_endless_message();
        goes_on = write();
    }
    return breaks_off_ ? Status{StatusCode::UNAVAILABLE, "transport is closing"} : Status::OK;
}

}  // namespace innergate::test

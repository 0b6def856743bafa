#include "handlers/inspectors/gitaly/calls.hpp"

#include <chrono>

#include <fmt/format.h>

namespace innergate::handlers::inspectors::gitaly {
namespace {

/// What Gitaly says may be long, and is for one line of the log.
constexpr std::size_t kMaxReasonBytes = 500;

/// gRPC's clock is another one than ours, so a call may end a moment before its deadline.
constexpr std::chrono::milliseconds kClockSlack{50};

std::string_view name_of(grpc::StatusCode code) {
    switch (code) {
        case grpc::StatusCode::DEADLINE_EXCEEDED:
            return "deadline exceeded";
        case grpc::StatusCode::UNAVAILABLE:
            return "unavailable";
        case grpc::StatusCode::PERMISSION_DENIED:
            return "permission denied";
        case grpc::StatusCode::UNAUTHENTICATED:
            return "unauthenticated";
        case grpc::StatusCode::NOT_FOUND:
            return "not found";
        case grpc::StatusCode::INVALID_ARGUMENT:
            return "invalid argument";
        case grpc::StatusCode::RESOURCE_EXHAUSTED:
            return "resource exhausted";
        case grpc::StatusCode::UNIMPLEMENTED:
            return "unimplemented";
        case grpc::StatusCode::INTERNAL:
            return "internal error";
        case grpc::StatusCode::CANCELLED:
            return "cancelled";
        default:
            return "failed";
    }
}

bool is_time_over(const Target& target) {
    return std::chrono::steady_clock::now() + kClockSlack >= target.deadline;
}

}  // namespace

InspectionFailure failure_of(
    const grpc::Status& status, std::string_view question, const Target& target
) {
    const bool is_out_of_time =
        status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED && is_time_over(target);
    return {
        .kind =
            is_out_of_time ? InspectionFailure::Kind::out_of_time : InspectionFailure::Kind::failed,
        .reason = fmt::format(
            "Gitaly: {}: {}: {}",
            question,
            name_of(status.error_code()),
            std::string_view{status.error_message()}.substr(0, kMaxReasonBytes)
        ),
    };
}

bool is_worth_repeating(const grpc::Status& status, const Target& target) {
    return status.error_code() == grpc::StatusCode::UNAVAILABLE && !is_time_over(target);
}

grpc::Status telling(const grpc::Status& first, const grpc::Status& second, const Target& target) {
    return second.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED && !is_time_over(target)
               ? first
               : second;
}

grpc::Status status_of_left(Next next, Received last) {
    if (last == Received::unreadable) {
        return {grpc::StatusCode::INTERNAL, "a message of the answer cannot be read"};
    }
    return next == Next::too_much
               ? grpc::Status{grpc::StatusCode::RESOURCE_EXHAUSTED, "the answer is too long"}
               : grpc::Status::OK;
}

}  // namespace innergate::handlers::inspectors::gitaly

// Calls of Gitaly that end in an answer, or in why there is none.
#pragma once

#include <cstddef>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include "handlers/inspectors/gitaly/connection.hpp"

namespace innergate::handlers::inspectors::gitaly {

template <class T>
using Inspected = domain::git_access::Inspected<T>;
using domain::git_access::InspectionFailure;

/// What a stream may bring, however little of it is kept: Gitaly tells what a pusher sent.
inline constexpr std::size_t kMaxStreamBytes = std::size_t{1} << 30U;

/// `out_of_time` only where the request's own time is over; all else has failed.
[[nodiscard]] InspectionFailure failure_of(
    const grpc::Status& status, std::string_view question, const Target& target
);

/// A question that Gitaly did not answer because there was no connection is asked once more: while
/// it restarts, the next connection is there within a second.
[[nodiscard]] bool is_worth_repeating(const grpc::Status& status, const Target& target);

/// What is to be told of a question that was asked twice: that no connection came within the second
/// says less than why there was none.
[[nodiscard]] grpc::Status telling(
    const grpc::Status& first, const grpc::Status& second, const Target& target
);

/// Asks for one answer.
template <class Stub, class Request, class Response>
[[nodiscard]] Inspected<Response> ask(
    const Connection& connection,
    const Target& target,
    std::string_view question,
    Stub& stub,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    const Request& request
) {
    Response response;
    const auto once = [&](Patience patience) {
        const auto context = connection.context(target, patience);
        return (stub.*method)(context.get(), request, &response);
    };
    grpc::Status status = once(Patience::none);
    if (is_worth_repeating(status, target)) {
        status = telling(status, once(Patience::reconnect), target);
    }
    if (!status.ok()) {
        return tl::unexpected(failure_of(status, question, target));
    }
    return response;
}

/// What a visitor of a stream says after each message.
enum class Next {
    go_on,
    enough,    ///< the rest is not needed
    too_much,  ///< more than can be kept: the question fails
};

/// Reads a stream to its end, or as far as `visit` wants. Its messages are thrown away one by one.
/// `open` begins the call and answers its reader. Nothing: all went well.
template <class Response, class Open, class Visit>
[[nodiscard]] std::optional<InspectionFailure> read_stream(
    const Connection& connection,
    const Target& target,
    std::string_view question,
    const Open& open,
    Visit&& visit
) {
    const auto once = [&](Patience patience, bool& has_begun) {
        const auto context = connection.context(target, patience);
        const std::unique_ptr<grpc::ClientReader<Response>> reader = open(context.get());
        Response response;
        std::size_t bytes = 0;
        Next next = Next::go_on;
        while (next == Next::go_on && reader->Read(&response)) {
            has_begun = true;
            bytes += response.ByteSizeLong();
            next = bytes > kMaxStreamBytes ? Next::too_much : visit(response);
        }
        if (next == Next::go_on) {
            return reader->Finish();
        }
        context->TryCancel();
        while (reader->Read(&response)) {
        }
        static_cast<void>(reader->Finish());
        return next == Next::enough
                   ? grpc::Status::OK
                   : grpc::Status{grpc::StatusCode::RESOURCE_EXHAUSTED, "the answer is too long"};
    };
    bool has_begun = false;
    grpc::Status status = once(Patience::none, has_begun);
    // A stream that has begun has been looked at: asked again it would tell everything twice.
    if (!has_begun && is_worth_repeating(status, target)) {
        status = telling(status, once(Patience::reconnect, has_begun), target);
    }
    return status.ok() ? std::nullopt : std::optional{failure_of(status, question, target)};
}

}  // namespace innergate::handlers::inspectors::gitaly

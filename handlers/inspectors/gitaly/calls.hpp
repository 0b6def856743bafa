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

/// What a stream may bring, even if little of it is kept: what Gitaly tells is what a pusher sent.
inline constexpr std::size_t kMaxStreamBytes = std::size_t{1} << 30U;

/// `out_of_time` only where the request's own time is over; any other failure is `failed`.
[[nodiscard]] InspectionFailure failure_of(
    const grpc::Status& status, std::string_view question, const Target& target
);

/// A question is asked once more if Gitaly did not answer because there was no connection. While
/// Gitaly restarts, the next connection is there within a second.
[[nodiscard]] bool is_worth_repeating(const grpc::Status& status, const Target& target);

/// What to report of a question that was asked twice. If no connection came within the second, that
/// says less than the first failure, which tells why there was none.
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

enum class Received { message, end, unreadable };

/// Reads the next message of a stream. gRPC reports the end and a message that cannot be read
/// alike, but only such a message has changed what stood in `response`.
template <class Reader, class Response>
[[nodiscard]] Received receive(Reader& reader, Response& response) {
    // The field with the highest possible number. No message defines it, and each keeps it.
    static const std::string untouched{"\xf8\xff\xff\xff\x0f\x01"};
    static_cast<void>(response.ParseFromString(untouched));
    if (reader.Read(&response)) {
        return Received::message;
    }
    return response.SerializeAsString() == untouched ? Received::end : Received::unreadable;
}

/// What becomes of a stream that was left before its end.
[[nodiscard]] grpc::Status status_of_left(Next next, Received last);

/// Reads a stream to its end, or as far as `visit` wants, and ends the call. Its messages are
/// thrown away one by one.
template <class Response, class Reader, class Visit>
[[nodiscard]] grpc::Status finish(grpc::ClientContext& context, Reader& reader, Visit&& visit) {
    Response response;
    std::size_t bytes = 0;
    Next next = Next::go_on;
    Received last = Received::message;
    while (next == Next::go_on && (last = receive(reader, response)) == Received::message) {
        bytes += response.ByteSizeLong();
        next = bytes > kMaxStreamBytes ? Next::too_much : visit(response);
    }
    if (last == Received::end) {
        return reader.Finish();
    }
    // Without this, Finish() would wait behind all that is left unread, until the deadline.
    context.TryCancel();
    while (reader.Read(&response)) {
    }
    static_cast<void>(reader.Finish());
    return status_of_left(next, last);
}

/// Asks for a stream. `open` begins the call and answers its reader. Nothing: all went well.
template <class Response, class Open, class Visit>
[[nodiscard]] std::optional<InspectionFailure> read_stream(
    const Connection& connection,
    const Target& target,
    std::string_view question,
    const Open& open,
    Visit&& visit
) {
    bool has_begun = false;
    const auto once = [&](Patience patience) {
        const auto context = connection.context(target, patience);
        const std::unique_ptr<grpc::ClientReader<Response>> reader = open(context.get());
        return finish<Response>(*context, *reader, [&](const Response& response) {
            has_begun = true;
            return visit(response);
        });
    };
    grpc::Status status = once(Patience::none);
    // A stream that has begun was shown to `visit`: a second call would show everything twice.
    if (!has_begun && is_worth_repeating(status, target)) {
        status = telling(status, once(Patience::reconnect), target);
    }
    return status.ok() ? std::nullopt : std::optional{failure_of(status, question, target)};
}

}  // namespace innergate::handlers::inspectors::gitaly

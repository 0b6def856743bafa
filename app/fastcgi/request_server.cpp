#include "app/fastcgi/request_server.hpp"

#include <exception>

#include "app/fastcgi/refusals.hpp"
#include "app/fastcgi/request_params.hpp"
#include "app/fastcgi/response_head.hpp"

namespace innergate::fastcgi {
namespace {

http::Response to_response(const Refusal& refusal) {
    http::Response response;
    response.status = refusal.status;
    response.body = refusal.body;
    return response;
}

}  // namespace

std::optional<Connection> RequestServer::serve(
    int descriptor, const Answer& answer, const MayKeep& may_keep
) {
    if (exchange_.receive(descriptor) == Connection::closed) {
        return Connection::closed;
    }
    body_.begin(exchange_.body_stream(), limits_.max_body_bytes);
    const std::optional<http::Response> response = respond(answer);
    if (!response) {
        // The body is read here, so that no peer that sends slowly holds one of the few threads of
        // the slow lane.
        body_.retain();
        return std::nullopt;
    }
    return finish(*response, may_keep);
}

Connection RequestServer::serve_slowly(
    const Answer& answer, const MayKeep& may_keep, bool is_late
) {
    if (exchange_.is_abandoned()) {
        on_fault_("peer left while its request waited in the slow lane");
        return exchange_.finish(Connection::closed, true);
    }
    request_.is_late = is_late;
    std::optional<http::Response> response = call(answer);
    if (!response) {
        on_fault_("request asked for the slow lane although it was there");
        response = to_response(kServerError);
    }
    return finish(*response, may_keep);
}

std::optional<http::Response> RequestServer::respond(const Answer& answer) {
    if (!exchange_.is_responder()) {
        return to_response(kUnknownRole);
    }
    const auto parsed = parse_params(exchange_.params(), limits_, fields_);
    if (!parsed) {
        return to_response(parsed.error());
    }
    body_.announce(parsed->content_length);
    request_ = parsed->request;
    request_.body = &body_;
    request_.content_length = parsed->content_length.value_or(0);
    return call(answer);
}

std::optional<http::Response> RequestServer::call(const Answer& answer) {
    // The application catches its own exceptions. One that comes through here must cost one
    // request, not the process.
    try {
        return answer(request_);
    } catch (const std::exception& fault) {
        on_fault_(fault.what());
    } catch (...) {
        on_fault_("exception of unknown type");
    }
    return to_response(kServerError);
}

Connection RequestServer::finish(const http::Response& response, const MayKeep& may_keep) {
    // The body is drained before the answer: otherwise a peer that sends its whole body before it
    // reads would block us.
    const bool is_drained = body_.drain();
    head_.clear();
    append_head(head_, response);
    exchange_.send(head_, response.body);
    return exchange_.finish(may_keep() ? Connection::kept : Connection::closed, is_drained);
}

}  // namespace innergate::fastcgi

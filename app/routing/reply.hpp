// From what a handler returns to an HTTP response.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/error.hpp"
#include "app/http/response.hpp"
#include "app/json/writer.hpp"

namespace innergate::routing {

/// A reply that is no JSON, such as metrics.
struct TextReply {
    std::string_view content_type;
    std::string text;
};

/// Nothing to say but the status, whatever the row's: 204 done, 304 as the client knows it.
struct NoContent {
    int status = 204;
    std::vector<http::ResponseField> headers = {};
};

/// A reply type that chooses its status itself (a refusal that the API expresses as data).
template <class Reply>
concept HasStatus = requires(const Reply& reply) {
    { reply.http_status() } -> std::same_as<int>;
};

/// A reply that has something for the log which is not the client's business.
template <class Reply>
concept HasLogDetail = requires(const Reply& reply) {
    { reply.log_detail } -> std::convertible_to<std::string>;
};

/// A reply that is worth an event of its own in the log.
template <class Reply>
concept HasAudit = requires(const Reply& reply) {
    { reply.audit } -> std::convertible_to<log::Audit>;
};

/// A reply that says something in header fields besides.
template <class Reply>
concept HasHeaders = requires(const Reply& reply) {
    { reply.headers() } -> std::same_as<std::vector<http::ResponseField>>;
};

/// Finds `write_json(json::Writer&, const Reply&)` beside the reply type; an empty optional is
/// `null`.
template <class Reply>
void write_reply(json::Writer& writer, const Reply& reply) {
    write_json(writer, reply);
}
template <class Reply>
void write_reply(json::Writer& writer, const std::optional<Reply>& reply) {
    if (reply) {
        write_json(writer, *reply);
    } else {
        writer.null();
    }
}

template <class Reply>
[[nodiscard]] http::Response to_response(const Reply& reply, int success_status) {
    http::Response response;
    response.status = success_status;
    if constexpr (HasStatus<Reply>) {
        response.status = reply.http_status();
    }
    if constexpr (HasLogDetail<Reply>) {
        response.log_detail = reply.log_detail;
    }
    if constexpr (HasAudit<Reply>) {
        response.audit = reply.audit;
    }
    if constexpr (HasHeaders<Reply>) {
        response.headers = reply.headers();
    }
    json::Writer writer{response.body};
    write_reply(writer, reply);
    return response;
}
[[nodiscard]] inline http::Response to_response(const TextReply& reply, int success_status) {
    return {
        .status = success_status,
        .content_type = reply.content_type,
        .headers = {},
        .body = reply.text,
    };
}

[[nodiscard]] inline http::Response to_response(const NoContent& reply, int /*success_status*/) {
    return {.status = reply.status, .content_type = {}, .headers = reply.headers, .body = {}};
}

/// A handler that answers in one of several ways.
template <class... Replies>
[[nodiscard]] http::Response to_response(
    const std::variant<Replies...>& reply, int success_status
) {
    return std::visit(
        [success_status](const auto& chosen) { return to_response(chosen, success_status); }, reply
    );
}

/// The envelope of a refusal: `{"message": …}` or `{"error": …}` with its status.
[[nodiscard]] http::Response to_response(const Error& error);

[[nodiscard]] int http_status(ErrorCode code);

}  // namespace innergate::routing

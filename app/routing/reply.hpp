// From what a handler returns to an HTTP response.
#pragma once

#include <array>
#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/error.hpp"
#include "app/http/response.hpp"
#include "app/json/shape.hpp"

namespace innergate::routing {

/// A reply that is no JSON, such as metrics.
struct TextReply {
    std::string_view content_type;
    std::string text;
};

/// A JSON document that is ready as text.
struct DocumentReply {
    std::string_view text;
};
constexpr auto shape_of(std::type_identity<DocumentReply> /*type*/) {
    return shape::document(&DocumentReply::text);
}

/// A status of its own and nothing else: 204 done, 304 the client has the current version.
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

/// A reply whose member `answer` is of one of several types, each of which says with which statuses
/// it comes (kStatuses).
template <class Reply>
concept HasAnswers = requires {
    typename Reply::Answers;
};

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
    shape::write(writer, reply);
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

/// One form of a route's answers: its JSON, and its statuses. Without any statuses it comes with
/// the row's success_status.
struct ReplyForm {
    void (*write_schema)(json::Writer& writer) = nullptr;
    std::span<const int> statuses = {};
};

/// A reply, or one of several, that says with which statuses it comes.
template <class Reply>
concept HasStatuses = requires {
    Reply::kStatuses;
};

namespace detail {

template <class Reply>
constexpr std::span<const int> statuses_of() {
    if constexpr (HasStatuses<Reply>) {
        return Reply::kStatuses;
    } else {
        return {};
    }
}

template <class Reply>
inline constexpr std::array kReplyForms{
    ReplyForm{&shape::write_schema<Reply>, statuses_of<Reply>()}};
template <>
inline constexpr std::array<ReplyForm, 0> kReplyForms<TextReply>{};
template <>
inline constexpr std::array<ReplyForm, 0> kReplyForms<NoContent>{};
template <class Reply>
inline constexpr auto kReplyForms<Result<Reply>> = kReplyForms<Reply>;
template <HasAnswers Reply>
inline constexpr auto kReplyForms<Reply> = kReplyForms<typename Reply::Answers>;
template <class... Replies>
inline constexpr auto kReplyForms<std::variant<Replies...>> = [] {
    std::array<ReplyForm, (kReplyForms<Replies>.size() + ... + 0)> forms{};
    std::size_t count = 0;
    const auto append = [&](const auto& more) {
        for (const ReplyForm& form : more) {
            forms[count++] = form;
        }
    };
    (append(kReplyForms<Replies>), ...);
    return forms;
}();

}  // namespace detail

/// All forms of what a handler returns.
template <class Reply>
[[nodiscard]] constexpr std::span<const ReplyForm> reply_forms() {
    return detail::kReplyForms<Reply>;
}

/// The envelope of a refusal: `{"message": …}` or `{"error": …}` with its status.
[[nodiscard]] http::Response to_response(const Error& error);
/// The JSON Schema of that envelope.
void write_error_schema(json::Writer& writer);

[[nodiscard]] int http_status(ErrorCode code);

}  // namespace innergate::routing

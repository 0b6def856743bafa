#include "app/routing/reply.hpp"

#include <fmt/format.h>

namespace innergate::routing {

int http_status(ErrorCode code) {
    switch (code) {
        case ErrorCode::bad_request:
            return 400;
        case ErrorCode::unauthorized:
            return 401;
        case ErrorCode::payment_required:
            return 402;
        case ErrorCode::forbidden:
            return 403;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::method_not_allowed:
            return 405;
        case ErrorCode::conflict:
            return 409;
        case ErrorCode::precondition_failed:
            return 412;
        case ErrorCode::payload_too_large:
            return 413;
        case ErrorCode::unsupported_media_type:
            return 415;
        case ErrorCode::unprocessable:
            return 422;
        case ErrorCode::too_many_requests:
            return 429;
        case ErrorCode::internal:
            return 500;
        case ErrorCode::not_implemented:
            return 501;
        case ErrorCode::unavailable:
            return 503;
    }
    return 500;
}

namespace {

/// Rails' faults of a record: `{"seats":["can't be blank"]}`.
void write_columns(json::Writer& writer, const std::vector<ColumnFaults>& columns) {
    writer.begin_object();
    for (const ColumnFaults& faults : columns) {
        writer.key(faults.column);
        shape::write(writer, faults.texts);
    }
    writer.end_object();
}

void write_text_schema(json::Writer& writer, std::string_view name, std::string_view doc) {
    writer.key(name);
    writer.begin_object();
    writer.member("type", "string");
    writer.member("description", doc);
    writer.end_object();
}

void write_message_schema(json::Writer& writer) {
    writer.key("message");
    writer.begin_object();
    writer.member("description", "What GitLab says, or per column of a record what is wrong");
    writer.key("oneOf");
    writer.begin_array();
    shape::write_schema<std::string>(writer);
    writer.begin_object();
    writer.member("type", "object");
    writer.key("additionalProperties");
    shape::write_schema<std::vector<std::string>>(writer);
    writer.end_object();
    writer.end_array();
    writer.end_object();
}

void write_required_schema(json::Writer& writer, std::string_view name) {
    writer.begin_object();
    writer.key("required");
    shape::write(writer, std::array{name});
    writer.end_object();
}

}  // namespace

void write_error_schema(json::Writer& writer) {
    writer.begin_object();
    writer.member("type", "object");
    writer.key("properties");
    writer.begin_object();
    write_message_schema(writer);
    write_text_schema(writer, "error", "What routing, validation or OAuth 2 says");
    write_text_schema(writer, "error_description", "RFC 6750 section 3");
    write_text_schema(writer, "scope", "RFC 6750 section 3, with insufficient_scope only");
    writer.end_object();
    writer.member("additionalProperties", false);
    writer.key("oneOf");
    writer.begin_array();
    write_required_schema(writer, "message");
    write_required_schema(writer, "error");
    writer.end_array();
    writer.end_object();
}

http::Response to_response(const Error& error) {
    http::Response response;
    response.status = http_status(error.code);
    json::Writer writer{response.body};
    writer.begin_object();
    if (error.columns.empty()) {
        writer.member(error.key == ErrorKey::error ? "error" : "message", error.message);
    } else {
        writer.key("message");
        write_columns(writer, error.columns);
    }
    if (!error.error_description.empty()) {
        writer.member("error_description", error.error_description);
    }
    if (!error.scope.empty()) {
        writer.member("scope", error.scope);
    }
    writer.end_object();
    if (!error.error_description.empty() && error.code == ErrorCode::unauthorized) {
        response.headers.push_back(
            {"WWW-Authenticate",
             fmt::format(
                 R"(Bearer realm="The API", error="{}", error_description="{}")",
                 error.message,
                 error.error_description
             )}
        );
    }
    if (!error.allow.empty()) {
        response.headers.push_back({"Allow", error.allow});
    }
    return response;
}

}  // namespace innergate::routing

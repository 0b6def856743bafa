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

void write_columns(json::Writer& writer, const std::vector<ColumnFaults>& columns) {
    writer.key("message");
    writer.begin_object();
    for (const ColumnFaults& faults : columns) {
        writer.key(faults.column);
        writer.begin_array();
        for (const std::string& text : faults.texts) {
            writer.value(text);
        }
        writer.end_array();
    }
    writer.end_object();
}

}  // namespace

http::Response to_response(const Error& error) {
    http::Response response;
    response.status = http_status(error.code);
    json::Writer writer{response.body};
    writer.begin_object();
    if (error.columns.empty()) {
        writer.member(error.key == ErrorKey::error ? "error" : "message", error.message);
    } else {
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

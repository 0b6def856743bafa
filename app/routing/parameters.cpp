#include "app/routing/parameters.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "app/ascii.hpp"
#include "app/http/form.hpp"
#include "app/json/reader.hpp"

namespace innergate::routing {
namespace {

constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

/// `application/json; charset=utf-8` is `application/json`, in lower case.
std::string media_type(std::string_view content_type) {
    return ascii::lower(content_type.substr(0, content_type.find_first_of("; \t")));
}

http::FormLimits form_limits(const settings::Limits& limits) {
    return {.max_parameters = limits.max_parameters, .max_depth = limits.max_json_depth};
}

bool looks_like_json(std::string_view body) {
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && body[first] == '{';
}

/// A document that is no object supplies no parameters.
json::Object members_of(json::Value document) {
    json::Object* const members = document.object();
    return members == nullptr ? json::Object{} : std::move(*members);
}

Result<json::Object> json_parameters(std::string_view body, const settings::Limits& limits) {
    auto document = json::parse(body, {.max_depth = limits.max_json_depth});
    if (!document) {
        return request_failure(
            ErrorCode::bad_request,
            "message body does not match declared format",
            fmt::format("JSON at byte {}: {}", document.error().offset, document.error().reason)
        );
    }
    return members_of(std::move(*document));
}

Result<json::Object> form_parameters(std::string_view body, const settings::Limits& limits) {
    if (looks_like_json(body)) {
        if (auto document = json::parse(body, {.max_depth = limits.max_json_depth})) {
            return members_of(std::move(*document));
        }
    }
    json::Object parameters;
    if (auto parsed = http::parse_urlencoded(body, form_limits(limits), parameters); !parsed) {
        return tl::unexpected(std::move(parsed.error()));
    }
    return parameters;
}

Result<json::Object> multipart_parameters(
    std::string_view body, std::string_view content_type, const settings::Limits& limits
) {
    json::Object parameters;
    if (auto parsed = http::parse_multipart(body, content_type, form_limits(limits), parameters);
        !parsed) {
        return tl::unexpected(std::move(parsed.error()));
    }
    return parameters;
}

Result<json::Object> body_parameters(const http::Request& request, const settings::Limits& limits) {
    if (request.body == nullptr) {
        return json::Object{};
    }
    const Result<std::string_view> body = request.body->read(limits.max_body_bytes);
    if (!body) {
        return tl::unexpected(body.error());
    }
    if (body->empty()) {
        return json::Object{};
    }
    const std::string type = media_type(request.content_type);
    if (type == "application/json") {
        return json_parameters(*body, limits);
    }
    if (type.empty() || type == kFormType) {
        return form_parameters(*body, limits);
    }
    if (type == "multipart/form-data") {
        return multipart_parameters(*body, request.content_type, limits);
    }
    return request_failure(
        ErrorCode::unsupported_media_type,
        fmt::format("The provided content-type '{}' is not supported.", type),
        "content type"
    );
}

}  // namespace

Result<json::Object> query_parameters(std::string_view query, const settings::Limits& limits) {
    json::Object parameters;
    if (auto parsed = http::parse_urlencoded(query, form_limits(limits), parameters); !parsed) {
        return tl::unexpected(std::move(parsed.error()));
    }
    return parameters;
}

Result<json::Object> gather_parameters(
    const http::Request& request,
    std::string_view query,
    json::Object path_parameters,
    const settings::Limits& limits
) {
    auto parameters = query_parameters(query, limits);
    if (!parameters) {
        return parameters;
    }
    auto from_body = body_parameters(request, limits);
    if (!from_body) {
        return from_body;
    }
    // A look-up answers the last member of a name, so what wins comes last.
    std::ranges::move(*from_body, std::back_inserter(*parameters));
    std::ranges::move(path_parameters, std::back_inserter(*parameters));
    return parameters;
}

Result<json::Object> read_document(const http::Request& request, const settings::Limits& limits) {
    const std::string type = media_type(request.content_type);
    if (!type.empty() && type != "application/json" && type != "application/scim+json") {
        return failure(
            ErrorCode::unsupported_media_type,
            fmt::format("Media type {} is not supported", type),
            "content type"
        );
    }
    const auto syntax_error = [](std::string text) {
        auto refusal = failure(ErrorCode::bad_request, std::move(text), "document");
        refusal.value().scim_type = "invalidSyntax";
        return refusal;
    };
    if (request.body == nullptr) {
        return syntax_error("The request has no body");
    }
    const auto body = request.body->read(std::min(limits.max_body_bytes, kMaxDocumentBytes));
    if (!body) {
        return tl::unexpected(body.error());
    }
    auto document = json::parse(*body, {.max_depth = limits.max_json_depth});
    if (!document) {
        return syntax_error(fmt::format(
            "The body is no JSON at byte {}: {}", document.error().offset, document.error().reason
        ));
    }
    if (document->object() == nullptr) {
        return syntax_error("The body is no JSON object");
    }
    return std::move(*document->object());
}

}  // namespace innergate::routing

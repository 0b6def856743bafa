#include "app/routing/parameters.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/ascii.hpp"
#include "app/http/form.hpp"
#include "app/json/reader.hpp"

namespace innergate::routing {
namespace {

constexpr std::string_view kJsonType = "application/json";
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

/// `application/json; charset=utf-8` is `application/json`, in lower case.
std::string media_type(std::string_view content_type) {
    return ascii::lower(content_type.substr(0, content_type.find_first_of("; \t")));
}

http::FormLimits form_limits(const settings::Limits& limits) {
    return {.max_parameters = limits.max_parameters, .max_depth = limits.max_json_depth};
}

json::ReadLimits read_limits(const settings::Limits& limits) {
    return {.max_depth = limits.max_json_depth, .max_values = json::kMaxRequestValues};
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
    auto document = json::parse(body, read_limits(limits));
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
        if (auto document = json::parse(body, read_limits(limits))) {
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

Result<std::string_view> body_text(const http::Request& request, const settings::Limits& limits) {
    return request.body == nullptr ? std::string_view{} : request.body->read(limits.max_body_bytes);
}

Result<json::Object> body_parameters(const http::Request& request, const settings::Limits& limits) {
    const Result<std::string_view> body = body_text(request, limits);
    if (!body) {
        return tl::unexpected(body.error());
    }
    if (body->empty()) {
        return json::Object{};
    }
    const std::string type = media_type(request.content_type);
    if (type == kJsonType) {
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

/// Keeps the texts of some members of the outermost object. If a name occurs twice, the last one
/// counts, as for json::find().
class TextPicker final : public json::Events {
public:
    explicit TextPicker(std::span<const std::string_view> names)
        : names_(names), texts_(names.size()), current_(names.size()) {}

    [[nodiscard]] std::string first() && {
        const auto found = std::ranges::find_if_not(texts_, &std::string::empty);
        return found == texts_.end() ? std::string{} : std::move(*found);
    }

    bool null(std::size_t /*offset*/) override { return put({}); }
    bool boolean(bool /*value*/, std::size_t /*offset*/) override { return put({}); }
    bool number(std::string_view /*text*/, std::size_t /*offset*/) override { return put({}); }
    bool string(std::string_view text, std::size_t /*offset*/) override { return put(text); }
    bool key(std::string_view name, std::size_t /*offset*/) override {
        if (depth_ == 1) {
            const auto found = std::ranges::find(names_, name);
            current_ = static_cast<std::size_t>(found - names_.begin());
        }
        return true;
    }
    bool start_object(std::size_t /*offset*/) override { return descend(); }
    bool end_object(std::size_t /*offset*/) override { return ascend(); }
    bool start_array(std::size_t /*offset*/) override { return descend(); }
    bool end_array(std::size_t /*offset*/) override { return ascend(); }

private:
    bool put(std::string_view text) {
        if (depth_ == 1 && current_ < texts_.size()) {
            texts_[current_] = text;
        }
        return true;
    }

    bool descend() {
        put({});
        ++depth_;
        return true;
    }

    bool ascend() {
        --depth_;
        return true;
    }

    std::span<const std::string_view> names_;
    std::vector<std::string> texts_;
    std::size_t current_;  ///< index of the name; for none of them, their number
    std::size_t depth_ = 0;
};

/// Answers nothing if it is no JSON.
std::optional<std::string> text_in_json(
    std::string_view body, const settings::Limits& limits, std::span<const std::string_view> names
) {
    TextPicker picker{names};
    if (!json::parse_events(body, read_limits(limits), picker)) {
        return std::nullopt;
    }
    return std::move(picker).first();
}

}  // namespace

bool reads_body(const Route& route) {
    switch (route.body) {
        case BodyKind::parameters:
            return true;
        case BodyKind::document:
            return route.method == http::Method::post || route.method == http::Method::put ||
                   route.method == http::Method::patch;
        case BodyKind::ignored:
            return false;
    }
    return false;
}

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

std::string first_text(const json::Object& parameters, std::span<const std::string_view> names) {
    for (const std::string_view name : names) {
        const json::Value* const value = json::find(parameters, name);
        if (value != nullptr && value->string() != nullptr && !value->string()->empty()) {
            return *value->string();
        }
    }
    return {};
}

std::string text_in_body(
    const http::Request& request,
    const settings::Limits& limits,
    std::span<const std::string_view> names
) {
    const Result<std::string_view> body = body_text(request, limits);
    if (!body || body->empty()) {
        return {};
    }
    const bool is_json = media_type(request.content_type) == kJsonType;
    if (is_json || looks_like_json(*body)) {
        auto text = text_in_json(*body, limits, names);
        if (text || is_json) {
            return text.value_or("");
        }
    }
    const auto parameters = body_parameters(request, limits);
    return parameters ? first_text(*parameters, names) : std::string{};
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
    const auto body = request.body->read(limits.max_body_bytes);
    if (!body) {
        return tl::unexpected(body.error());
    }
    auto document = json::parse(*body, read_limits(limits));
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

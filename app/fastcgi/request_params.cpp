#include "app/fastcgi/request_params.hpp"

#include <algorithm>
#include <string_view>

#include "app/ascii.hpp"
#include "app/decimal.hpp"

namespace innergate::fastcgi {
namespace {

constexpr std::string_view kFieldPrefix = "HTTP_";

/// A token (RFC 9110 section 5.6.2).
bool is_method(std::string_view name) {
    constexpr std::size_t kLongestMethod = 32;
    return !name.empty() && name.size() <= kLongestMethod &&
           ascii::has_only_letters_digits_and("!#$%&'*+-.^_`|~", name);
}

/// An origin-form target (RFC 9112 section 3.2.1), or the asterisk of a server-wide OPTIONS. Bytes
/// above 0x7f are let through: decoding the path is the router's business.
bool is_target(std::string_view target) {
    const auto is_visible = [](char character) {
        return character < 0 || (character > ' ' && character != 0x7f);
    };
    return target == "*" || (target.starts_with('/') && std::ranges::all_of(target, is_visible));
}

/// The meta-variables that are not header fields, as found.
struct MetaVariables {
    std::string_view method;
    std::string_view target;
    std::string_view content_length;
    std::string_view content_type;
    std::string_view remote_address;
    bool is_ambiguous = false;

    void set(std::string_view name, std::string_view value) {
        std::string_view* const known = find(name);
        if (known == nullptr) {
            return;
        }
        is_ambiguous = is_ambiguous || (!known->empty() && *known != value);
        *known = value;
    }

private:
    std::string_view* find(std::string_view name) {
        if (name == "REQUEST_URI") {
            return &target;
        }
        if (name == "REQUEST_METHOD") {
            return &method;
        }
        if (name == "CONTENT_LENGTH") {
            return &content_length;
        }
        if (name == "CONTENT_TYPE") {
            return &content_type;
        }
        if (name == "REMOTE_ADDR") {
            return &remote_address;
        }
        return nullptr;
    }
};

tl::expected<std::optional<std::size_t>, Refusal> parse_content_length(
    std::string_view text, std::size_t max_body_bytes
) {
    if (text.empty()) {
        return std::nullopt;
    }
    if (!ascii::is_digits(text)) {
        return tl::unexpected{kBadContentLength};
    }
    const auto length = parse_decimal<std::size_t>(text);
    if (!length || *length > max_body_bytes) {
        return tl::unexpected{kContentTooLarge};
    }
    return length;
}

std::optional<Refusal> check(const MetaVariables& variables, const settings::Limits& limits) {
    if (variables.is_ambiguous) {
        return kAmbiguousParameter;
    }
    if (!is_method(variables.method)) {
        return kBadMethod;
    }
    if (variables.target.size() > limits.max_target_bytes) {
        return kTargetTooLong;
    }
    if (!is_target(variables.target)) {
        return kBadTarget;
    }
    return std::nullopt;
}

}  // namespace

tl::expected<ParsedRequest, Refusal> parse_params(
    const char* const* params,
    const settings::Limits& limits,
    std::vector<http::HeaderField>& fields
) {
    fields.clear();
    MetaVariables variables;
    std::size_t total_bytes = 0;
    for (; *params != nullptr; ++params) {
        const std::string_view param = *params;
        total_bytes += param.size();
        if (total_bytes > limits.max_parameter_bytes) {
            return tl::unexpected{kParametersTooLarge};
        }
        const std::size_t equals = param.find('=');
        const std::string_view name = param.substr(0, equals);
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view{} : param.substr(equals + 1);
        if (value.empty()) {
            continue;
        }
        if (!name.starts_with(kFieldPrefix)) {
            variables.set(name, value);
            continue;
        }
        if (fields.size() == limits.max_header_fields) {
            return tl::unexpected{kTooManyFields};
        }
        fields.push_back({.name = name.substr(kFieldPrefix.size()), .value = value});
    }
    if (const std::optional<Refusal> refusal = check(variables, limits)) {
        return tl::unexpected{*refusal};
    }
    const auto content_length =
        parse_content_length(variables.content_length, limits.max_body_bytes);
    if (!content_length) {
        return tl::unexpected{content_length.error()};
    }
    return ParsedRequest{
        .request =
            {
                .method = http::method_from(variables.method),
                .method_name = variables.method,
                .target = variables.target,
                .content_type = variables.content_type,
                .remote_address = variables.remote_address,
                .headers = fields,
                .body = nullptr,
            },
        .content_length = *content_length,
    };
}

}  // namespace innergate::fastcgi

#include "app/fastcgi/response_head.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "app/ascii.hpp"
#include "app/http/request.hpp"

namespace innergate::fastcgi {
namespace {

bool is_safe_name(std::string_view name) {
    return !name.empty() && ascii::has_only_letters_digits_and("-_", name);
}

bool is_written_here(std::string_view name) {
    constexpr std::array<std::string_view, 3> kOwn{"Status", "Content-Type", "Content-Length"};
    return std::ranges::any_of(kOwn, [name](std::string_view own) {
        return http::same_field_name(own, name);
    });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    const std::size_t begin = out.size();
    out.append(value);
    std::replace_if(
        out.begin() + static_cast<std::ptrdiff_t>(begin),
        out.end(),
        [](char character) { return character == '\r' || character == '\n' || character == '\0'; },
        ' '
    );
    out.append("\r\n");
}

}  // namespace

void append_head(std::string& out, const http::Response& response) {
    out.append("Status: ").append(std::to_string(response.status)).append(" ");
    out.append(http::reason_phrase(response.status)).append("\r\n");
    for (const http::ResponseField& field : response.headers) {
        if (is_safe_name(field.name) && !is_written_here(field.name)) {
            append_field(out, field.name, field.value);
        }
    }
    if (!response.content_type.empty()) {
        append_field(out, "Content-Type", response.content_type);
    }
    // RFC 9110 section 8.6 forbids a length with 204. With 304 it would describe the answer not
    // sent.
    if (response.status != 204 && response.status != 304) {
        append_field(out, "Content-Length", std::to_string(response.body.size()));
    }
    out.append("\r\n");
}

}  // namespace innergate::fastcgi

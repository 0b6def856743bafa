#include "app/http/request.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "app/ascii.hpp"

namespace innergate::http {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> kMethods{{
    {"GET", Method::get},
    {"HEAD", Method::head},
    {"POST", Method::post},
    {"PUT", Method::put},
    {"PATCH", Method::patch},
    {"DELETE", Method::delete_},
    {"OPTIONS", Method::options},
}};

constexpr char folded(char character) {
    return character == '_' ? '-' : ascii::lower(character);
}

}  // namespace

std::string_view to_string(Method method) {
    for (const auto& [name, value] : kMethods) {
        if (value == method) {
            return name;
        }
    }
    return "OTHER";
}

Method method_from(std::string_view name) {
    for (const auto& [known, value] : kMethods) {
        if (known == name) {
            return value;
        }
    }
    return Method::other;
}

bool same_field_name(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, folded, folded);
}

std::optional<std::string_view> Request::header(std::string_view name) const {
    for (const HeaderField& field : headers) {
        if (same_field_name(field.name, name)) {
            return field.value;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::single_header(std::string_view name) const {
    std::optional<std::string_view> found;
    for (const HeaderField& field : headers) {
        if (!same_field_name(field.name, name)) {
            continue;
        }
        if (found && *found != field.value) {
            return std::nullopt;
        }
        found = field.value;
    }
    return found;
}

}  // namespace innergate::http

// Bodies of requests as tests write them.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "app/error.hpp"
#include "app/json/reader.hpp"

namespace innergate::handlers::domain::scim {

inline json::Value parsed(std::string_view text) {
    return json::parse(text).value();
}

inline json::Object object_of(std::string_view text) {
    return *parsed(text).object();
}

/// `invalidValue: active must be true or false.`
inline std::string described(const Error& error) {
    return fmt::format("{}: {}", error.scim_type, error.message);
}

/// `times` code points of four bytes each.
inline std::string wide_text(std::size_t times) {
    std::string text;
    for (std::size_t count = 0; count < times; ++count) {
        text += "\xF0\x9F\x98\x80";
    }
    return text;
}

}  // namespace innergate::handlers::domain::scim

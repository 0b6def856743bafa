// What Rails says of a column that cannot be saved, where several records need the same words.
#pragma once

#include <cstddef>
#include <string>

#include <fmt/format.h>

namespace innergate::handlers::domain {

inline constexpr const char* kBlank = "can't be blank";

/// `longest`: in characters.
[[nodiscard]] inline std::string too_long(std::size_t longest) {
    return fmt::format("is too long (maximum is {} characters)", longest);
}

[[nodiscard]] inline std::string less_than(int least) {
    return fmt::format("must be greater than or equal to {}", least);
}

}  // namespace innergate::handlers::domain

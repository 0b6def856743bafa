// Ids as people write them into a path where a name may stand as well.
#pragma once

#include <optional>
#include <string_view>

#include "app/ascii.hpp"
#include "app/decimal.hpp"

namespace innergate {

/// Reads digits, with or without a minus, as GitLab tells ids from names. Nothing: it is no number,
/// so a name. A number too large for an id is the id of nothing.
template <class IdType>
[[nodiscard]] std::optional<IdType> parse_written_id(std::string_view text) {
    if (!ascii::is_digits(text.starts_with('-') ? text.substr(1) : text)) {
        return std::nullopt;
    }
    const auto number = parse_decimal<decltype(IdType::value)>(text);
    return number ? IdType{*number} : IdType::none();
}

}  // namespace innergate

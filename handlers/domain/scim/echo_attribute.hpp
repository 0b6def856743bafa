// Attributes of a user that GitLab has no use for: kept and shown as the provider sent them, since
// testers of RFC 7643 want some that can be written.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "app/ascii.hpp"
#include "handlers/domain/scim/attribute.hpp"

namespace innergate::handlers::domain::scim {

struct EchoAttribute {
    std::string_view name;  ///< as the schema spells it, and as it is stored
    Attribute attribute;
};

/// In the order in which they are shown.
inline constexpr std::array kEchoAttributes{
    EchoAttribute{"nickName", Attribute::nick_name},
    EchoAttribute{"title", Attribute::title},
    EchoAttribute{"userType", Attribute::user_type},
    EchoAttribute{"preferredLanguage", Attribute::preferred_language},
    EchoAttribute{"locale", Attribute::locale},
    EchoAttribute{"timezone", Attribute::timezone},
};

/// In code points. It bounds what one user adds to every list.
inline constexpr std::size_t kMaxEchoCharacters = 1024;

/// The case of `name` is ignored. Nothing: it is none of them.
[[nodiscard]] inline std::optional<EchoAttribute> find_echo_attribute(std::string_view name) {
    const auto* const found = std::ranges::find_if(kEchoAttributes, [name](const auto& known) {
        return ascii::equal_ignoring_case(known.name, name);
    });
    return found == kEchoAttributes.end() ? std::nullopt : std::optional{*found};
}

/// Of one that is in kEchoAttributes.
[[nodiscard]] constexpr std::string_view echo_name(Attribute attribute) {
    const auto* const found =
        std::ranges::find(kEchoAttributes, attribute, &EchoAttribute::attribute);
    return found == kEchoAttributes.end() ? std::string_view{} : found->name;
}

}  // namespace innergate::handlers::domain::scim

// The body of a SCIM POST (RFC 7644 section 3.3), and the account that comes of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/error.hpp"
#include "app/json/value.hpp"
#include "handlers/domain/scim/user.hpp"

namespace innergate::handlers::domain::scim {

/// In code points: of each name.
inline constexpr std::size_t kMaxNameCharacters = 255;

/// What providers send in many shapes, brought into one.
struct NewUser {
    std::string user_name;
    std::string email;
    std::string name;  ///< derived where it is not given
    std::optional<std::string> given_name;
    std::optional<std::string> family_name;
    std::optional<std::string> id;  ///< externalId; nothing: the server makes one
    bool active = true;
    EchoAttributes echo_attributes;

    friend bool operator==(const NewUser&, const NewUser&) = default;
};

/// Errors: bad_request with invalidValue.
[[nodiscard]] Result<NewUser> read_new_user(const json::Object& document);

/// The username that is wished for: `jane.doe@example.com` gives `jane.doe`. Never empty.
[[nodiscard]] std::string username_stem(std::string_view user_name);

/// The first word and the rest, as they are shown while the provider gave no pair of its own.
struct NameParts {
    std::optional<std::string> given_name;
    std::optional<std::string> family_name;

    friend bool operator==(const NameParts&, const NameParts&) = default;
};
[[nodiscard]] NameParts split_name(std::string_view name);

}  // namespace innergate::handlers::domain::scim

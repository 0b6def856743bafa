// What PATCH (RFC 7644 section 3.5.2) and PUT ask to change, as typed values.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "app/error.hpp"
#include "app/json/value.hpp"
#include "handlers/domain/scim/user.hpp"

namespace innergate::handlers::domain::scim {

/// In code points: what the column holds.
inline constexpr std::size_t kMaxIdCharacters = 255;

/// In one PATCH.
inline constexpr std::size_t kMaxOperations = 1000;

struct SetActive {
    bool active = true;

    friend bool operator==(const SetActive&, const SetActive&) = default;
};

/// `id` and `externalId` are the same value. Only a change of `externalId` turns the old value into
/// an alias.
struct SetId {
    std::string id;
    bool keeps_alias = true;

    friend bool operator==(const SetId&, const SetId&) = default;
};

struct SetEchoAttribute {
    Attribute attribute = Attribute::unset;
    std::optional<std::string> value;  ///< nothing: unset

    friend bool operator==(const SetEchoAttribute&, const SetEchoAttribute&) = default;
};

using Change = std::variant<SetActive, SetId, SetEchoAttribute>;

/// The operations in order, without those that change nothing here. What is immutable or unknown is
/// accepted without an effect, as Entra's default mapping needs.
/// Errors: bad_request with invalidSyntax, invalidPath, noTarget, invalidValue or mutability.
[[nodiscard]] Result<std::vector<Change>> read_patch(const json::Object& document);

/// The body of a PUT. Echo attributes are replaced as a set. `active` and `externalId` are replaced
/// where they are named. The rest has no effect.
/// Errors: bad_request with invalidValue.
[[nodiscard]] Result<std::vector<Change>> read_replacement(const json::Object& document);

/// By the id in lower case.
using Aliases = std::map<std::string, std::string>;

/// What a provider can change of a user.
struct UserState {
    std::string id;
    bool active = true;
    EchoAttributes echo_attributes;
    /// Further ids that find the user. The present one is never among them.
    Aliases new_aliases;
    bool drops_aliases = false;  ///< the former aliases go

    friend bool operator==(const UserState&, const UserState&) = default;
};

/// The state after all changes, in order. An id that the identity has already changes nothing.
/// Where only the case differs, the old id becomes no alias, since look-ups ignore case.
[[nodiscard]] UserState applied(std::span<const Change> changes, UserState state);

}  // namespace innergate::handlers::domain::scim

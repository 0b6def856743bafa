// JSON as providers write it: names of members in any case, booleans as strings, texts that no
// column could hold.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.hpp"
#include "app/json/value.hpp"

namespace innergate::handlers::domain::scim {

/// The last member of that name in any case (RFC 7643 section 2.1), null as any other value.
/// Null pointer: there is none.
[[nodiscard]] const json::Value* find_member(const json::Object& object, std::string_view name);

/// The members in document order, without those that a later one of the same name replaces.
[[nodiscard]] std::vector<const json::Member*> effective_members(const json::Object& object);

/// `true` and `false` in any case: Entra writes `"False"`.
[[nodiscard]] std::optional<bool> as_boolean(std::string_view text);
/// A boolean, or a string that is one.
[[nodiscard]] std::optional<bool> as_boolean(const json::Value& value);

/// A string of `max_characters` code points at most. `attribute` is for the detail.
/// Errors: bad_request with invalidValue: no string; too long; with a NUL, which PostgreSQL cannot
/// store.
[[nodiscard]] Result<std::string> read_text(
    const json::Value& value, std::string_view attribute, std::size_t max_characters
);

/// As read_text(). What is absent (a null pointer), null or blank reads as nothing.
[[nodiscard]] Result<std::optional<std::string>> read_optional_text(
    const json::Value* value, std::string_view attribute, std::size_t max_characters
);

}  // namespace innergate::handlers::domain::scim

// Which attributes of a user an answer shows (RFC 7644 section 3.9).
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>

#include "app/error.hpp"

namespace innergate::handlers::domain::scim {

/// `schemas` and `id` are always shown.
class Selection {
public:
    /// Everything.
    Selection() { leaves_.set(); }

    /// The texts of the parameters `attributes` and `excludedAttributes`: names with commas between
    /// them, in any case, with the URN of the core schema or without, such as `name`,
    /// `name.givenName`. What is unknown is ignored; a text without a name is as if not given.
    /// Errors: bad_request with invalidValue: both are given.
    [[nodiscard]] static Result<Selection> from(
        std::optional<std::string_view> attributes, std::optional<std::string_view> excluded
    );

    /// Whether any part of the attribute is shown, in the schema's spelling: `name`, `emails`.
    /// `name.formatted` is GitLab's key with the dot in it. It is shown with that part of `name`.
    [[nodiscard]] bool shows(std::string_view name) const;

    /// Whether a part is shown: `name`, `givenName`.
    [[nodiscard]] bool shows(std::string_view name, std::string_view sub) const;

    [[nodiscard]] bool is_everything() const { return leaves_.all(); }

private:
    static constexpr std::size_t kLeaves = 22;
    /// One for each entry of the table of what can be shown.
    std::bitset<kLeaves> leaves_;
};

}  // namespace innergate::handlers::domain::scim

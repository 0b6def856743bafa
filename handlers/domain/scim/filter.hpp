// Filters of SCIM (RFC 7644 section 3.4.2.2): from text to a typed tree, and what the tree says of
// a user.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "app/clock.hpp"
#include "handlers/domain/scim/attribute.hpp"
#include "handlers/domain/scim/user.hpp"

namespace innergate::handlers::domain::scim {

inline constexpr std::size_t kMaxFilterBytes = 4096;
inline constexpr std::size_t kMaxFilterDepth = 32;

enum class Operator { eq, ne, co, sw, ew, gt, ge, lt, le };

/// A condition that holds for every user, or for none.
struct Constant {
    bool value = false;

    friend bool operator==(const Constant&, const Constant&) = default;
};

/// The attribute has a value, and a text is not empty.
struct Present {
    Attribute attribute;

    friend bool operator==(const Present&, const Present&) = default;
};

/// The value is of the attribute's type. A text is in lower case, as no attribute is case-exact.
struct Compare {
    Attribute attribute;
    Operator op = Operator::eq;
    std::variant<std::string, bool, Timestamp> value;

    friend bool operator==(const Compare&, const Compare&) = default;
};

struct Filter;

struct Not {
    std::vector<Filter> operand;  ///< exactly one

    friend bool operator==(const Not&, const Not&) = default;
};
struct And {
    std::vector<Filter> operands;  ///< two or more

    friend bool operator==(const And&, const And&) = default;
};
struct Or {
    std::vector<Filter> operands;  ///< two or more

    friend bool operator==(const Or&, const Or&) = default;
};

struct Filter {
    std::variant<Constant, Present, Compare, Not, And, Or> node;

    friend bool operator==(const Filter&, const Filter&) = default;
};

/// Besides the RFC's grammar: values without quotes (`id eq a-b-c-d`, GitLab's documentation) and
/// `emails[type eq "work"].value eq "…"` (Microsoft Entra). What a filter asks of lists that nobody
/// has here, or of constants such as `emails.type`, is decided while reading.
///
/// Errors, a text for the client: not of the grammar; an attribute that nobody knows; an operator
/// that does not suit the attribute's type; longer than kMaxFilterBytes; nested deeper than
/// kMaxFilterDepth.
[[nodiscard]] tl::expected<Filter, std::string> parse_filter(std::string_view text);

/// `text` begins with a filter in brackets: `[type eq "work"].value`. Answers what follows it,
/// whatever parts the attribute before it has. Paths of PATCH name attributes that nobody knows
/// here.
/// Errors: as parse_filter().
[[nodiscard]] tl::expected<std::string_view, std::string> after_bracketed_filter(
    std::string_view text
);

[[nodiscard]] bool matches(const Filter& filter, const User& user);

/// Whether it asks, perhaps among other things, for a certain id, email or userName. Then it holds
/// for at most kMaxFoundByLookUp users of a scope: one who was provisioned by that userName and one
/// whose account has it.
[[nodiscard]] bool is_look_up(const Filter& filter);
inline constexpr int kMaxFoundByLookUp = 2;

/// The value of `userName eq …`, where that is the whole filter.
[[nodiscard]] std::optional<std::string> only_user_name(const Filter& filter);

}  // namespace innergate::handlers::domain::scim

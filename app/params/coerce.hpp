// From what a client sent to the type a request struct declares. Whole-value conversions only.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "app/json/value.hpp"
#include "app/params/description.hpp"

namespace innergate::params {

/// A list for which some clients send one bare value (`scopes=api` beside `scopes[]=api`).
struct OneOrMany {
    std::vector<std::string> values;
};

/// As Ruby reads an integer: blanks around the digits do not count, a JSON fraction is cut off, an
/// empty text is none. kas sends ids as text, because that is how protobuf writes 64 bits in JSON.
struct RubyInteger {
    long long value = 0;

    friend bool operator==(const RubyInteger&, const RubyInteger&) = default;
};

/// A text that loses one pair of quotes around it: documented curl lines put them there.
struct Unquoted {
    std::string text;

    friend bool operator==(const Unquoted&, const Unquoted&) = default;
};

/// What a client said about something that it may leave out: nothing, that there is none, or what
/// it is.
template <class T>
struct Given {
    bool is_given = false;
    std::optional<T> value;

    friend bool operator==(const Given&, const Given&) = default;
};

/// Each coerce() answers nothing when the value cannot be read as that type: the fault `is
/// invalid`. Forms send text where JSON has numbers and booleans; both are read. A type of other
/// layers has its coerce() beside it, which argument-dependent lookup finds.
[[nodiscard]] std::optional<std::string> coerce(
    const json::Value& value, std::type_identity<std::string> type
);
[[nodiscard]] std::optional<long long> coerce(
    const json::Value& value, std::type_identity<long long> type
);
/// For columns of 32 bits.
[[nodiscard]] std::optional<int> coerce(const json::Value& value, std::type_identity<int> type);
[[nodiscard]] std::optional<bool> coerce(const json::Value& value, std::type_identity<bool> type);
/// As parse_written_date() reads it, with quotes around it or not.
[[nodiscard]] std::optional<Date> coerce(const json::Value& value, std::type_identity<Date> type);
/// As parse_written_time() reads it, with quotes around it or not.
[[nodiscard]] std::optional<Timestamp> coerce(
    const json::Value& value, std::type_identity<Timestamp> type
);
[[nodiscard]] std::optional<Unquoted> coerce(
    const json::Value& value, std::type_identity<Unquoted> type
);
[[nodiscard]] std::optional<std::vector<std::string>> coerce(
    const json::Value& value, std::type_identity<std::vector<std::string>> type
);
[[nodiscard]] std::optional<OneOrMany> coerce(
    const json::Value& value, std::type_identity<OneOrMany> type
);
[[nodiscard]] std::optional<RubyInteger> coerce(
    const json::Value& value, std::type_identity<RubyInteger> type
);
[[nodiscard]] std::optional<std::vector<RubyInteger>> coerce(
    const json::Value& value, std::type_identity<std::vector<RubyInteger>> type
);

/// Whether it is an empty text: forms have no other way to say that there is none.
[[nodiscard]] bool is_empty_text(const json::Value& value);

/// Types that are written as something else than text.
template <class T>
inline constexpr bool kEmptyTextIsNone =
    std::same_as<T, int> || std::same_as<T, long long> || std::same_as<T, bool> ||
    std::same_as<T, Date> || std::same_as<T, Timestamp> || std::same_as<T, RubyInteger>;

/// Whether the value says that there is none.
template <class T>
[[nodiscard]] bool is_absent(const json::Value& value) {
    return value.is_null() || (kEmptyTextIsNone<T> && is_empty_text(value));
}

/// The id in canonical decimal form (no sign, no leading zero, no fraction), if it is one.
[[nodiscard]] std::optional<long long> canonical_id(const json::Value& value);

/// Never fails: what is no canonical id is the id of no record.
template <class Tag>
[[nodiscard]] std::optional<Id<Tag>> coerce(
    const json::Value& value, std::type_identity<Id<Tag>> /*type*/
) {
    const std::optional<long long> id = canonical_id(value);
    return id ? Id<Tag>{*id} : Id<Tag>::none();
}

/// The value as a `T`: `coerced<long long>(value)`.
template <class T>
[[nodiscard]] std::optional<T> coerced(const json::Value& value) {
    return coerce(value, std::type_identity<T>{});
}

template <class T>
inline constexpr Type kTypeOf = Type::record_id;
template <>
inline constexpr Type kTypeOf<std::string> = Type::string;
template <>
inline constexpr Type kTypeOf<long long> = Type::integer;
template <>
inline constexpr Type kTypeOf<int> = Type::integer;
template <>
inline constexpr Type kTypeOf<bool> = Type::boolean;
template <>
inline constexpr Type kTypeOf<Date> = Type::date;
template <>
inline constexpr Type kTypeOf<Timestamp> = Type::timestamp;
template <>
inline constexpr Type kTypeOf<Unquoted> = Type::string;
template <>
inline constexpr Type kTypeOf<std::vector<std::string>> = Type::string_array;
template <>
inline constexpr Type kTypeOf<OneOrMany> = Type::string_array;
template <>
inline constexpr Type kTypeOf<RubyInteger> = Type::integer;
template <>
inline constexpr Type kTypeOf<std::vector<RubyInteger>> = Type::integer_array;

}  // namespace innergate::params

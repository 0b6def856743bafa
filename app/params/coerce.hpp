// From what a client sent to the type a request struct declares. Whole-value conversions only.
#pragma once

#include <optional>
#include <string>
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

/// Each coerce() answers nothing when the value cannot be read as that type: the fault `is
/// invalid`. Forms send text where JSON has numbers and booleans; both are read.
[[nodiscard]] bool coerce(const json::Value& value, std::string& out);
[[nodiscard]] bool coerce(const json::Value& value, long long& out);
[[nodiscard]] bool coerce(const json::Value& value, bool& out);
[[nodiscard]] bool coerce(const json::Value& value, Date& out);
[[nodiscard]] bool coerce(const json::Value& value, std::vector<std::string>& out);
[[nodiscard]] bool coerce(const json::Value& value, OneOrMany& out);
[[nodiscard]] bool coerce(const json::Value& value, RubyInteger& out);
[[nodiscard]] bool coerce(const json::Value& value, std::vector<RubyInteger>& out);

/// Whether the value says that there is none.
template <class T>
[[nodiscard]] bool is_absent(const json::Value& value) {
    return value.is_null();
}
template <>
[[nodiscard]] bool is_absent<RubyInteger>(const json::Value& value);

/// The id in canonical decimal form (no sign, no leading zero, no fraction), if it is one.
[[nodiscard]] std::optional<long long> canonical_id(const json::Value& value);

/// Never fails: what is no canonical id is the id of no record.
template <class Tag>
[[nodiscard]] bool coerce(const json::Value& value, Id<Tag>& out) {
    const std::optional<long long> id = canonical_id(value);
    out = id ? Id<Tag>{*id} : Id<Tag>::none();
    return true;
}

template <class T>
inline constexpr Type kTypeOf = Type::record_id;
template <>
inline constexpr Type kTypeOf<std::string> = Type::string;
template <>
inline constexpr Type kTypeOf<long long> = Type::integer;
template <>
inline constexpr Type kTypeOf<bool> = Type::boolean;
template <>
inline constexpr Type kTypeOf<Date> = Type::date;
template <>
inline constexpr Type kTypeOf<std::vector<std::string>> = Type::string_array;
template <>
inline constexpr Type kTypeOf<OneOrMany> = Type::string_array;
template <>
inline constexpr Type kTypeOf<RubyInteger> = Type::integer;
template <>
inline constexpr Type kTypeOf<std::vector<RubyInteger>> = Type::integer_array;

}  // namespace innergate::params

// SQL that is put together by the compiler: no statement is composed while a request waits.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace innergate::db {

/// Text of a length that the compiler knows.
template <std::size_t Length>
struct Sql {
    std::array<char, Length> characters{};

    [[nodiscard]] constexpr std::string_view view() const& {
        return {characters.data(), characters.size()};
    }
    std::string_view view() const&& = delete;  // it would outlive the text
};

template <std::size_t Length>
constexpr const Sql<Length>& as_sql(const Sql<Length>& text) {
    return text;
}

// A literal's type is an array.
// NOLINTBEGIN(modernize-avoid-c-arrays,cppcoreguidelines-avoid-c-arrays)
template <std::size_t Size>
constexpr Sql<Size - 1> as_sql(const char (&literal)[Size]) {
    Sql<Size - 1> text;
    std::copy_n(&literal[0], Size - 1, text.characters.begin());
    return text;
}
// NOLINTEND(modernize-avoid-c-arrays,cppcoreguidelines-avoid-c-arrays)

/// The texts with `separator` between them.
template <std::size_t Between, std::size_t First, std::size_t... Others>
constexpr auto joined(
    [[maybe_unused]] const Sql<Between>& separator,
    const Sql<First>& first,
    const Sql<Others>&... others
) {
    Sql<(First + ... + (Between + Others))> whole;
    [[maybe_unused]] auto end = std::ranges::copy(first.characters, whole.characters.begin()).out;
    [[maybe_unused]] const auto append = [&end](const auto& text) {
        end = std::ranges::copy(text.characters, end).out;
    };
    ((append(separator), append(others)), ...);
    return whole;
}

/// A part that several statements have: literals and other parts, with a space between them.
template <class... Parts>
constexpr auto sql(const Parts&... parts) {
    return joined(as_sql(" "), as_sql(parts)...);
}

}  // namespace innergate::db

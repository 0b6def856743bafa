// Where SCIM is mounted: patterns of rows that exist below each group and below the instance.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace innergate::handlers::scim {

enum class Mount { group, instance };

[[nodiscard]] constexpr std::string_view base_of(Mount mount) {
    return mount == Mount::group ? "/api/scim/v2/groups/*group_path" : "/api/scim/v2/application";
}

/// A string literal as a template's argument.
template <std::size_t Size>
struct Suffix {
    // NOLINTNEXTLINE(google-explicit-constructor): so that a literal is one
    constexpr Suffix(const char (&literal)[Size]) { std::copy_n(literal, Size, text.begin()); }
    std::array<char, Size> text{};
};

template <Mount kMount, Suffix kSuffix>
struct Joined {
    static constexpr auto kText = [] {
        constexpr std::string_view kBase = base_of(kMount);
        std::array<char, kBase.size() + kSuffix.text.size() - 1> text{};
        std::copy_n(kBase.begin(), kBase.size(), text.begin());
        std::copy_n(kSuffix.text.begin(), kSuffix.text.size() - 1, text.begin() + kBase.size());
        return text;
    }();
};

/// `path<Mount::group, "/Users">` is `/api/scim/v2/groups/*group_path/Users`.
template <Mount kMount, Suffix kSuffix>
inline constexpr std::string_view path{
    Joined<kMount, kSuffix>::kText.data(), Joined<kMount, kSuffix>::kText.size()};

}  // namespace innergate::handlers::scim

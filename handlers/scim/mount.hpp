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
    // NOLINTNEXTLINE(google-explicit-constructor,*-avoid-c-arrays): a literal is one
    constexpr Suffix(const char (&literal)[Size]) { std::copy_n(literal, Size, text.begin()); }
    std::array<char, Size> text{};
};

template <Mount Place, Suffix End>
struct Joined {
    static constexpr auto kText = [] {
        constexpr std::string_view kBase = base_of(Place);
        std::array<char, kBase.size() + End.text.size() - 1> text{};
        std::copy_n(kBase.begin(), kBase.size(), text.begin());
        std::copy_n(End.text.begin(), End.text.size() - 1, text.begin() + kBase.size());
        return text;
    }();
};

/// `kPath<Mount::group, "/Users">` is `/api/scim/v2/groups/*group_path/Users`.
template <Mount Place, Suffix End>
inline constexpr std::string_view kPath{
    Joined<Place, End>::kText.data(), Joined<Place, End>::kText.size()};

}  // namespace innergate::handlers::scim

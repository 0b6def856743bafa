// How long a text is for people.
#pragma once

#include <cstddef>
#include <string_view>

#include <utf8.h>

namespace innergate {

/// The number of code points, which is what limits of texts count. `text` must be valid UTF-8, as
/// all that a request holds is.
[[nodiscard]] inline std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(utf8::distance(text.begin(), text.end()));
}

}  // namespace innergate

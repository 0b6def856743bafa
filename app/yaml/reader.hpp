// YAML text in, from whoever may write a file in a repository: limited in size, depth, and in what
// aliases make of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "app/yaml/value.hpp"

namespace innergate::yaml {

struct ReadLimits {
    /// The parser takes up to 250 bytes of memory for one of text.
    std::size_t max_bytes = std::size_t{256} << 10U;
    std::size_t max_depth = 64;
    /// With each alias counted as what it stands for.
    std::size_t max_nodes = 50'000;
    /// Of all scalars together, counted in the same way.
    std::size_t max_text_bytes = std::size_t{1} << 20U;
    /// Of a key. At most a thousand characters may stand before its colon, and quoting may make
    /// four of one.
    std::size_t max_key_bytes = 255;
};

struct ParseError {
    std::size_t line = 0;  ///< from 1; 0: of the whole text
    std::size_t column = 0;
    std::string reason;
};

/// `line 3, column 7: nested too deeply`
[[nodiscard]] std::string to_string(const ParseError& error);

/// The first document of the text, as Ruby's safe load with aliases reads it; an empty text is
/// null. `<<` merges, and of a key that is given twice the last counts.
///
/// Errors: no YAML, no UTF-8, control characters; over a limit; an alias inside of what it stands
/// for; a key that is no scalar; a tag that asks Ruby for an object.
[[nodiscard]] tl::expected<Value, ParseError> parse(
    std::string_view text, const ReadLimits& limits = {}
);

}  // namespace innergate::yaml

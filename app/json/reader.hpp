// JSON text in: iterative (nesting costs no stack), UTF-8 validated, depth limited.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "app/json/value.hpp"

namespace innergate::json {

struct ReadLimits {
    std::size_t max_depth = 64;
    /// Members and elements of all containers together, each of which costs a tree much more than
    /// the two bytes that it may take in the text.
    std::size_t max_values = std::numeric_limits<std::size_t>::max();
};

/// The limit for what a client sends: several times what the longest list of any client holds.
inline constexpr std::size_t kMaxRequestValues = 1'000'000;

struct ParseError {
    std::size_t offset = 0;  ///< in bytes from the start of the text
    std::string reason;
};

/// What parse_events() tells, in document order. Each answers whether to go on; `offset` is where
/// the parser stands, in bytes.
class Events {
public:
    virtual ~Events() = default;

    virtual bool null(std::size_t offset) = 0;
    virtual bool boolean(bool value, std::size_t offset) = 0;
    virtual bool number(std::string_view text, std::size_t offset) = 0;
    virtual bool string(std::string_view text, std::size_t offset) = 0;
    virtual bool key(std::string_view name, std::size_t offset) = 0;
    virtual bool start_object(std::size_t offset) = 0;
    virtual bool end_object(std::size_t offset) = 0;
    virtual bool start_array(std::size_t offset) = 0;
    virtual bool end_array(std::size_t offset) = 0;

protected:
    Events() = default;
    Events(const Events&) = default;
    Events& operator=(const Events&) = default;
};

/// Walks the text without building a tree: for documents too large to hold.
/// Errors: not JSON; deeper or more than the limits; invalid UTF-8 or a NUL, escaped or not (SOCI's
/// PostgreSQL backend would cut a string there); stopped by `events` ("stopped").
[[nodiscard]] tl::expected<void, ParseError> parse_events(
    std::string_view text, const ReadLimits& limits, Events& events
);

/// The whole document as a tree. Errors: as parse_events().
[[nodiscard]] tl::expected<Value, ParseError> parse(
    std::string_view text, const ReadLimits& limits = {}
);

}  // namespace innergate::json

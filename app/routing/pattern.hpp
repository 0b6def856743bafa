// Patterns of paths, and what a path's segments mean under one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/url.hpp"
#include "app/json/value.hpp"

namespace innergate::routing {

/// `/namespaces/:id/minutes`. A segment is a literal, `:name` for any one segment, or `*name` for
/// one or more: up to the next segment that is one of `ends`, or to the path's end where it stands
/// last.
class Pattern {
public:
    explicit Pattern(std::string_view text);

    /// Sorting by it puts the more specific pattern first: a literal before a parameter.
    [[nodiscard]] std::string specificity() const;

    /// Whether there is a path that both match, and neither is more specific.
    [[nodiscard]] bool is_like(const Pattern& other) const;

    /// The literals that follow a `*name`.
    [[nodiscard]] std::vector<std::string_view> ends() const;

    /// `numbers_only`: parameters match digits only.
    [[nodiscard]] bool matches(
        const http::PathSegments& path, std::span<const std::string_view> ends, bool numbers_only
    ) const;

    /// The parameters of a path that matches, decoded; what `*name` stands for is joined by `/`.
    [[nodiscard]] json::Object parameters(
        const http::PathSegments& path, std::span<const std::string_view> ends
    ) const;

private:
    enum class Kind { literal, segment, segments };
    struct Part {
        Kind kind = Kind::literal;
        std::string_view text;  ///< the literal, or the parameter's name
    };

    /// Calls `on_parameter(name, first, last)` for the segments that each parameter stands for.
    template <class OnParameter>
    bool walk(
        const http::PathSegments& path,
        std::span<const std::string_view> ends,
        const OnParameter& on_parameter
    ) const;

    std::vector<Part> parts_;
};

/// The name of a segment that is a parameter; empty: it is a literal.
[[nodiscard]] constexpr std::string_view parameter_name(std::string_view segment) {
    const bool is_parameter = segment.starts_with(':') || segment.starts_with('*');
    return is_parameter ? segment.substr(1) : std::string_view{};
}

}  // namespace innergate::routing

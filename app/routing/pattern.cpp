#include "app/routing/pattern.hpp"

#include <algorithm>
#include <ranges>

#include "app/ascii.hpp"

namespace innergate::routing {
namespace {

bool is_number(std::string_view segment) {
    return std::ranges::all_of(segment, ascii::is_digit);
}

}  // namespace

Pattern::Pattern(std::string_view text) {
    for (const auto piece : std::views::split(text, '/')) {
        const std::string_view segment{piece.begin(), piece.end()};
        if (segment.starts_with(':')) {
            parts_.push_back({Kind::segment, parameter_name(segment)});
        } else if (segment.starts_with('*')) {
            parts_.push_back({Kind::segments, parameter_name(segment)});
        } else if (!segment.empty()) {
            parts_.push_back({Kind::literal, segment});
        }
    }
}

std::string Pattern::specificity() const {
    std::string letters;
    for (const Part& part : parts_) {
        letters.push_back(
            part.kind == Kind::literal   ? 'a'
            : part.kind == Kind::segment ? 'b'
                                         : 'c'
        );
    }
    return letters;
}

bool Pattern::is_like(const Pattern& other) const {
    return std::ranges::equal(parts_, other.parts_, [](const Part& left, const Part& right) {
        return left.kind == right.kind && (left.kind != Kind::literal || left.text == right.text);
    });
}

std::vector<std::string_view> Pattern::ends() const {
    std::vector<std::string_view> ends;
    for (std::size_t index = 1; index < parts_.size(); ++index) {
        if (parts_[index - 1].kind == Kind::segments && parts_[index].kind == Kind::literal) {
            ends.push_back(parts_[index].text);
        }
    }
    return ends;
}

template <class OnParameter>
bool Pattern::walk(
    const http::PathSegments& path,
    std::span<const std::string_view> ends,
    const OnParameter& on_parameter
) const {
    std::size_t at = 0;
    for (std::size_t index = 0; index < parts_.size(); ++index) {
        const Part& part = parts_[index];
        if (at == path.size() || (part.kind == Kind::literal && path[at] != part.text)) {
            return false;
        }
        const std::size_t first = at++;
        if (part.kind == Kind::segments) {
            const bool is_last = index + 1 == parts_.size();
            while (at < path.size() && (is_last || std::ranges::find(ends, path[at]) == ends.end())
            ) {
                ++at;
            }
        }
        if (part.kind != Kind::literal && !on_parameter(part.text, first, at)) {
            return false;
        }
    }
    return at == path.size();
}

bool Pattern::matches(
    const http::PathSegments& path, std::span<const std::string_view> ends, bool numbers_only
) const {
    return walk(
        path,
        ends,
        [&path, numbers_only](std::string_view /*name*/, std::size_t first, std::size_t /*last*/) {
            return !numbers_only || is_number(path[first]);
        }
    );
}

json::Object Pattern::parameters(
    const http::PathSegments& path, std::span<const std::string_view> ends
) const {
    json::Object parameters;
    walk(
        path,
        ends,
        [&path, &parameters](std::string_view name, std::size_t first, std::size_t last) {
            std::string text{path[first]};
            for (std::size_t index = first + 1; index < last; ++index) {
                text.push_back('/');
                text += path[index];
            }
            parameters.push_back({std::string{name}, json::Value{std::move(text)}});
            return true;
        }
    );
    return parameters;
}

}  // namespace innergate::routing

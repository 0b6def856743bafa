#include "app/routing/path_table.hpp"

#include <algorithm>
#include <ranges>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace innergate::routing {
namespace {

std::vector<std::string_view> split_pattern(std::string_view pattern) {
    std::vector<std::string_view> segments;
    for (const auto piece : std::views::split(pattern, '/')) {
        const std::string_view segment{piece.begin(), piece.end()};
        if (!segment.empty()) {
            segments.push_back(segment);
        }
    }
    return segments;
}

bool is_parameter(std::string_view segment) {
    return segment.starts_with(':');
}

/// One letter per segment, literal before parameter: sorting by it puts the more specific pattern
/// first.
std::string specificity(const std::vector<std::string_view>& segments) {
    std::string letters;
    for (const std::string_view segment : segments) {
        letters.push_back(is_parameter(segment) ? 'p' : 'l');
    }
    return letters;
}

bool can_match_the_same(
    const std::vector<std::string_view>& left, const std::vector<std::string_view>& right
) {
    return std::ranges::equal(left, right, [](std::string_view one, std::string_view other) {
        return (is_parameter(one) && is_parameter(other)) || one == other;
    });
}

bool is_number(std::string_view segment) {
    return std::ranges::all_of(segment, [](char character) {
        return character >= '0' && character <= '9';
    });
}

}  // namespace

bool PathTable::Entry::matches(const http::PathSegments& path) const {
    if (segments.size() != path.size()) {
        return false;
    }
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const bool fits = is_parameter(segments[index])
                              ? !route->takes_numbers_only || is_number(path[index])
                              : segments[index] == path[index];
        if (!fits) {
            return false;
        }
    }
    return true;
}

PathTable::PathTable(std::span<const std::span<const Route>> areas) {
    for (const std::span<const Route> area : areas) {
        for (const Route& route : area) {
            entries_.push_back({&route, split_pattern(route.pattern)});
        }
    }
    std::ranges::stable_sort(entries_, {}, [](const Entry& entry) {
        return specificity(entry.segments);
    });
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
        const auto twin =
            std::find_if(std::next(entry), entries_.end(), [&entry](const Entry& other) {
                return other.route->method == entry->route->method &&
                       can_match_the_same(other.segments, entry->segments);
            });
        if (twin != entries_.end()) {
            throw std::invalid_argument{fmt::format(
                "{} and {} match the same paths", entry->route->pattern, twin->route->pattern
            )};
        }
        routes_.push_back(entry->route);
    }
}

Result<PathTable::Match> PathTable::match(http::Method method, const http::PathSegments& segments)
    const {
    const http::Method wanted = method == http::Method::head ? http::Method::get : method;
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        const Entry& entry = entries_[index];
        if (entry.route->method != wanted || !entry.matches(segments)) {
            continue;
        }
        Match match{.route = entry.route, .index = index, .path_parameters = {}};
        for (std::size_t position = 0; position < entry.segments.size(); ++position) {
            if (is_parameter(entry.segments[position])) {
                match.path_parameters.push_back(
                    {std::string{entry.segments[position].substr(1)},
                     json::Value{std::string{segments[position]}}}
                );
            }
        }
        return match;
    }
    const std::string allow = allowed_methods(segments);
    if (allow.empty()) {
        return request_failure(ErrorCode::not_found, "404 Not Found", "no such route");
    }
    auto refusal =
        request_failure(ErrorCode::method_not_allowed, "405 Not Allowed", "other method");
    refusal.value().allow = allow;
    return refusal;
}

std::string PathTable::allowed_methods(const http::PathSegments& segments) const {
    std::vector<std::string_view> methods;
    for (const Entry& entry : entries_) {
        if (!entry.matches(segments)) {
            continue;
        }
        methods.push_back(http::to_string(entry.route->method));
        if (entry.route->method == http::Method::get) {
            methods.push_back(http::to_string(http::Method::head));
        }
    }
    std::ranges::sort(methods);
    const auto repeated = std::ranges::unique(methods);
    methods.erase(repeated.begin(), repeated.end());
    return fmt::format("{}", fmt::join(methods, ", "));
}

}  // namespace innergate::routing

#include "app/routing/path_table.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/routing/reply.hpp"

namespace innergate::routing {

const Refusals kPlainRefusals{
    .prefix = "",
    .write = to_response,
    .schema_name = "Error",
    .write_schema = write_error_schema,
};

PathTable::PathTable(std::span<const Area> areas, std::span<const Refusals> refusals)
    : refusals_(refusals) {
    for (const Area& area : areas) {
        for (const Route& route : area.routes) {
            Route& row = rows_.emplace_back(route);
            row.pattern = texts_.emplace_back(fmt::format("{}{}", area.prefix, route.pattern));
            entries_.push_back({&row, Pattern{row.pattern}, area.name});
            const auto ends = entries_.back().pattern.ends();
            ends_.insert(ends_.end(), ends.begin(), ends.end());
        }
    }
    std::ranges::stable_sort(entries_, {}, [](const Entry& entry) {
        return entry.pattern.specificity();
    });
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
        const auto twin =
            std::find_if(std::next(entry), entries_.end(), [&entry](const Entry& other) {
                return other.route->method == entry->route->method &&
                       other.pattern.is_like(entry->pattern);
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
        if (entry.route->method != wanted || !is_meant(entry, segments)) {
            continue;
        }
        return Match{
            .route = entry.route,
            .index = index,
            .path_parameters = entry.pattern.parameters(segments, ends_)};
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

bool PathTable::is_meant(const Entry& entry, const http::PathSegments& segments) const {
    return entry.pattern.matches(segments, ends_, entry.route->takes_numbers_only);
}

http::Response PathTable::refuse(std::string_view path, const Error& error) const {
    return refusals_of(path).write(error);
}

const Refusals& PathTable::refusals_of(std::string_view path) const {
    const auto area = std::ranges::find_if(refusals_, [path](const Refusals& refusals) {
        return path.starts_with(refusals.prefix);
    });
    return area == refusals_.end() ? kPlainRefusals : *area;
}

std::vector<const Refusals*> PathTable::refusals() const {
    std::vector<const Refusals*> all{&kPlainRefusals};
    for (const Refusals& refusals : refusals_) {
        all.push_back(&refusals);
    }
    return all;
}

std::vector<std::string> PathTable::patterns() const {
    std::vector<std::string> patterns;
    patterns.reserve(routes_.size());
    for (const Route* const route : routes_) {
        patterns.emplace_back(route->pattern);
    }
    return patterns;
}

std::string_view PathTable::area_of(const Route& route) const {
    const auto entry = std::ranges::find(entries_, &route, &Entry::route);
    return entry == entries_.end() ? std::string_view{} : entry->area;
}

std::string PathTable::allowed_methods(const http::PathSegments& segments) const {
    std::vector<std::string_view> methods;
    for (const Entry& entry : entries_) {
        if (!is_meant(entry, segments)) {
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

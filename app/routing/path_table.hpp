// All routes of one pool, and which of them a path means.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/url.hpp"
#include "app/json/value.hpp"
#include "app/routing/route.hpp"

namespace innergate::routing {

class PathTable {
public:
    struct Match {
        const Route* route = nullptr;
        std::size_t index = 0;  ///< position in routes(), for the metrics
        json::Object path_parameters;
    };

    /// The rows outlive the table; they are constants. Throws std::invalid_argument when two rows
    /// of one method can match the same path at the same specificity.
    explicit PathTable(std::span<const std::span<const Route>> areas);

    /// A literal segment beats a parameter, whatever the row order; HEAD is answered as GET.
    /// Errors: not_found; method_not_allowed with `allow` set.
    [[nodiscard]] Result<Match> match(http::Method method, const http::PathSegments& segments)
        const;

    /// By pattern, then method.
    [[nodiscard]] std::span<const Route* const> routes() const& { return routes_; }
    std::span<const Route* const> routes() const&& = delete;  // it would outlive the table

private:
    struct Entry {
        const Route* route = nullptr;
        std::vector<std::string_view> segments;

        [[nodiscard]] bool matches(const http::PathSegments& path) const;
    };

    [[nodiscard]] std::string allowed_methods(const http::PathSegments& segments) const;

    std::vector<Entry> entries_;  // most specific first
    std::vector<const Route*> routes_;
};

}  // namespace innergate::routing

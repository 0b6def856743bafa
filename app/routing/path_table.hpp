// All routes of one pool, and which of them a path means.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.hpp"
#include "app/http/response.hpp"
#include "app/http/url.hpp"
#include "app/json/value.hpp"
#include "app/json/writer.hpp"
#include "app/routing/pattern.hpp"
#include "app/routing/route.hpp"

namespace innergate::routing {

/// How refusals below a path are worded: SCIM has its own envelope. The response's header fields
/// that belong to the error (`Allow`) are the writer's business too.
struct Refusals {
    std::string_view prefix;
    http::Response (*write)(const Error& error) = nullptr;
    /// The envelope in the OpenAPI document: its name there, and its schema.
    std::string_view schema_name;
    void (*write_schema)(json::Writer& writer) = nullptr;
};

/// Those of all other paths: to_response().
extern const Refusals kPlainRefusals;

/// Rows that belong together. The name is that of their folder in handlers/, and their tag in the
/// OpenAPI document.
struct Area {
    std::string_view name;
    std::span<const Route> routes;
    /// Stands before each row's pattern, so that the same rows may exist below several prefixes.
    std::string_view prefix = {};
};

class PathTable {
public:
    struct Match {
        const Route* route = nullptr;
        std::size_t index = 0;  ///< position in routes(), for the metrics
        json::Object path_parameters;
    };

    /// What rows and refusals name outlives the table: they are constants. Throws
    /// std::invalid_argument when two rows of one method can match the same path at the same
    /// specificity.
    explicit PathTable(std::span<const Area> areas, std::span<const Refusals> refusals = {});

    /// A literal segment beats a parameter, whatever the row order; HEAD is answered as GET.
    /// Errors: not_found; method_not_allowed with `allow` set.
    [[nodiscard]] Result<Match> match(http::Method method, const http::PathSegments& segments)
        const;

    /// The answer to a refused request for that raw path, whether a row matches or not.
    [[nodiscard]] http::Response refuse(std::string_view path, const Error& error) const;

    /// Which refusals word that answer.
    [[nodiscard]] const Refusals& refusals_of(std::string_view path) const;
    /// Those that refusals_of() can name, plain ones first.
    [[nodiscard]] std::vector<const Refusals*> refusals() const;

    /// The name of the row's area.
    [[nodiscard]] std::string_view area_of(const Route& route) const;

    /// By pattern, then method.
    [[nodiscard]] std::span<const Route* const> routes() const& { return routes_; }
    std::span<const Route* const> routes() const&& = delete;  // it would outlive the table

    /// Those of routes(), each with the prefix of its area.
    [[nodiscard]] std::vector<std::string> patterns() const;

private:
    struct Entry {
        const Route* route = nullptr;
        Pattern pattern;
        std::string_view area;
    };

    [[nodiscard]] bool is_meant(const Entry& entry, const http::PathSegments& segments) const;
    [[nodiscard]] std::string allowed_methods(const http::PathSegments& segments) const;

    std::deque<Route> rows_;              // with their whole patterns, which are in texts_
    std::deque<std::string> texts_;       // stay where they are when the table moves
    std::vector<Entry> entries_;          // most specific first
    std::vector<std::string_view> ends_;  // see Pattern
    std::vector<const Route*> routes_;
    std::span<const Refusals> refusals_;
};

}  // namespace innergate::routing

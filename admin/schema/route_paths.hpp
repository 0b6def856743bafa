// Full paths from the tree of namespaces: which routes are missing or out of date.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace innergate::admin {

enum class SourceType { namespace_, project };

/// What a route leads to.
struct Source {
    SourceType type = SourceType::namespace_;
    long long id = 0;

    friend auto operator<=>(const Source&, const Source&) = default;
};

struct TreeNode {
    Source source;
    std::optional<long long> parent_id;  ///< of a namespace; a project's is the one it lies in
    std::string path;                    ///< the last segment
};

struct KnownRoute {
    long long id = 0;
    Source source;
    std::string path;
};

struct RouteTree {
    std::vector<TreeNode> nodes;
    std::vector<KnownRoute> routes;
};

struct RouteChange {
    Source source;
    std::string path;
    std::optional<long long> route_id;  ///< nothing: a new route
    std::string old_path = {};          ///< of a route that was there
};

struct RouteFault {
    Source source;
    std::string column;
    std::string reason;
};

/// `was_changed` says whose path or parent may have changed; what lies below it follows.
/// `is_fixed` says which routes were given as they are and stay so; what lies below them follows.
/// Errors: a cycle of parents, a full path that leads to something else already (paths differ in
/// more than case).
[[nodiscard]] tl::expected<std::vector<RouteChange>, RouteFault> changed_routes(
    const RouteTree& tree,
    const std::function<bool(Source)>& was_changed,
    const std::function<bool(long long route_id)>& is_fixed
);

/// An earlier path that still leads to something.
struct KnownRedirect {
    long long id = 0;
    std::string path;
};

struct NewRedirect {
    Source source;
    std::string path;

    friend bool operator==(const NewRedirect&, const NewRedirect&) = default;
};

struct RedirectChanges {
    std::vector<long long> removed;  ///< ids
    std::vector<NewRedirect> added;
};

/// What becomes of redirects when paths change, as in GitLab. A path that was given up goes on to
/// lead to what had it, unless something else has it now. When a path is taken, nothing leads away
/// from it, or from below it, any more. `is_fixed` says which redirects were given as they are and
/// stay so.
[[nodiscard]] RedirectChanges changed_redirects(
    const std::vector<RouteChange>& changes,
    const std::vector<KnownRedirect>& redirects,
    const std::function<bool(long long redirect_id)>& is_fixed
);

/// The routes that an import of the tree alone would not make again, by their ids.
[[nodiscard]] std::vector<long long> underivable_routes(const RouteTree& tree);

}  // namespace innergate::admin

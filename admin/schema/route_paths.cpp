#include "admin/schema/route_paths.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "app/ascii.hpp"

namespace innergate::admin {
namespace {

struct Place {
    const TreeNode* node = nullptr;
    const KnownRoute* route = nullptr;
    std::string path;
    bool is_changed = false;
    enum class State { unknown, in_progress, known } state = State::unknown;
};

class Resolver {
public:
    Resolver(
        const RouteTree& tree,
        const std::function<bool(Source)>& was_changed,
        const std::function<bool(long long route_id)>& is_fixed
    )
        : was_changed_(was_changed), is_fixed_(is_fixed) {
        for (const TreeNode& node : tree.nodes) {
            places_[node.source].node = &node;
        }
        for (const KnownRoute& route : tree.routes) {
            if (const auto place = places_.find(route.source); place != places_.end()) {
                place->second.route = &route;
            }
        }
    }

    tl::expected<std::vector<RouteChange>, RouteFault> resolve() {
        std::vector<RouteChange> changes;
        for (auto& [source, place] : places_) {
            if (auto done = resolve(place); !done) {
                return tl::unexpected(std::move(done.error()));
            }
            if (place.route == nullptr) {
                changes.push_back({source, place.path, std::nullopt, {}});
            } else if (place.route->path != place.path) {
                changes.push_back({source, place.path, place.route->id, place.route->path});
            }
        }
        if (auto fault = find_clash(changes)) {
            return tl::unexpected(std::move(*fault));
        }
        return changes;
    }

private:
    /// Goes from the highest ancestor down. It is a loop, because the file says how deep a tree is.
    tl::expected<void, RouteFault> resolve(Place& start) {
        std::vector<Place*> way_up;
        for (Place* place = &start; place != nullptr && place->state != Place::State::known;
             place = parent_of(*place)) {
            if (place->state == Place::State::in_progress) {
                return tl::unexpected(RouteFault{
                    place->node->source, "parent_id", "the namespace is an ancestor of itself"});
            }
            place->state = Place::State::in_progress;
            way_up.push_back(place);
        }
        for (; !way_up.empty(); way_up.pop_back()) {
            settle(*way_up.back(), parent_of(*way_up.back()));
        }
        return {};
    }

    void settle(Place& place, const Place* parent) const {
        const bool is_kept = place.route != nullptr && is_fixed_(place.route->id);
        place.is_changed = is_kept || place.route == nullptr || was_changed_(place.node->source) ||
                           (parent != nullptr && parent->is_changed);
        place.path =
            place.is_changed && !is_kept ? derived_path(*place.node, parent) : place.route->path;
        place.state = Place::State::known;
    }

    static std::string derived_path(const TreeNode& node, const Place* parent) {
        return parent == nullptr ? node.path : parent->path + "/" + node.path;
    }

    Place* parent_of(const Place& place) {
        if (!place.node->parent_id) {
            return nullptr;
        }
        const auto found = places_.find(Source{SourceType::namespace_, *place.node->parent_id});
        return found == places_.end() ? nullptr : &found->second;
    }

    std::optional<RouteFault> find_clash(const std::vector<RouteChange>& changes) const {
        std::unordered_map<std::string, const TreeNode*> holders;
        for (const auto& [source, place] : places_) {
            const auto [holder, is_new] = holders.emplace(ascii::lower(place.path), place.node);
            if (is_new) {
                continue;
            }
            // Of the two, the one that changes is to blame.
            const bool is_blamed =
                std::ranges::find(changes, source, &RouteChange::source) != changes.end();
            const Source blamed = is_blamed ? source : holder->second->source;
            const Source other = is_blamed ? holder->second->source : source;
            return RouteFault{
                blamed,
                "path",
                fmt::format(
                    "the full path '{}' leads to {} {} already",
                    place.path,
                    other.type == SourceType::namespace_ ? "namespace" : "project",
                    other.id
                )};
        }
        return std::nullopt;
    }

    const std::function<bool(Source)>& was_changed_;
    const std::function<bool(long long route_id)>& is_fixed_;
    std::map<Source, Place> places_;
};

bool is_at_or_below(std::string_view path, const std::unordered_set<std::string>& paths) {
    for (std::size_t end = path.size(); end != std::string_view::npos && end > 0;
         end = path.rfind('/', end - 1)) {
        if (paths.contains(std::string{path.substr(0, end)})) {
            return true;
        }
    }
    return false;
}

}  // namespace

tl::expected<std::vector<RouteChange>, RouteFault> changed_routes(
    const RouteTree& tree,
    const std::function<bool(Source)>& was_changed,
    const std::function<bool(long long route_id)>& is_fixed
) {
    return Resolver{tree, was_changed, is_fixed}.resolve();
}

RedirectChanges changed_redirects(
    const std::vector<RouteChange>& changes,
    const std::vector<KnownRedirect>& redirects,
    const std::function<bool(long long redirect_id)>& is_fixed
) {
    std::unordered_set<std::string> taken;
    for (const RouteChange& change : changes) {
        taken.insert(ascii::lower(change.path));
    }
    std::unordered_map<std::string, const RouteChange*> given_up;
    for (const RouteChange& change : changes) {
        if (std::string old_path = ascii::lower(change.old_path);
            !old_path.empty() && !taken.contains(old_path)) {
            given_up.emplace(std::move(old_path), &change);
        }
    }
    RedirectChanges result;
    for (const KnownRedirect& redirect : redirects) {
        const std::string path = ascii::lower(redirect.path);
        if (is_fixed(redirect.id)) {
            given_up.erase(path);
        } else if (given_up.contains(path) || is_at_or_below(path, taken)) {
            result.removed.push_back(redirect.id);
        }
    }
    for (const RouteChange& change : changes) {
        if (given_up.contains(ascii::lower(change.old_path))) {
            result.added.push_back({change.source, change.old_path});
        }
    }
    return result;
}

std::vector<long long> underivable_routes(const RouteTree& tree) {
    std::map<Source, std::string_view> paths;
    for (const KnownRoute& route : tree.routes) {
        paths[route.source] = route.path;
    }
    std::map<Source, std::string> derived;
    for (const TreeNode& node : tree.nodes) {
        std::string path = node.path;
        if (node.parent_id) {
            path = fmt::format("{}/{}", paths[{SourceType::namespace_, *node.parent_id}], path);
        }
        derived[node.source] = std::move(path);
    }
    std::vector<long long> ids;
    for (const KnownRoute& route : tree.routes) {
        if (derived[route.source] != route.path) {
            ids.push_back(route.id);
        }
    }
    return ids;
}

}  // namespace innergate::admin

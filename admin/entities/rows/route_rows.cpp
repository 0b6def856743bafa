#include "admin/entities/rows/route_rows.hpp"

#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

constexpr db::Query kNamespaces{
    "admin.route_namespaces",
    "select id, parent_id, path from namespaces",
};

constexpr db::Query kProjects{
    "admin.route_projects",
    "select id, namespace_id, path from projects",
};

constexpr db::Query kRoutes{
    "admin.routes",
    "select id, case when source_type = 'Project' then 1 else 0 end, source_id, path from routes",
};

// No path of a namespace or project has an asterisk.
constexpr db::Query kClearPath{
    "admin.clear_path",
    "update routes set path = '*' || cast(id as text) where id = :id",
    db::Access::write,
};

constexpr db::Query kRedirects{
    "admin.redirects",
    "select id, path from redirect_routes",
};

constexpr db::Query kRemoveRedirect{
    "admin.remove_redirect",
    "delete from redirect_routes where id = :id",
    db::Access::write,
};

}  // namespace

std::string_view to_string(SourceType type) {
    return type == SourceType::namespace_ ? "Namespace" : "Project";
}

RouteTree read_route_tree(Database& database) {
    RouteTree tree;
    TreeNode node;
    const auto add_node = [&] { tree.nodes.push_back(node); };
    node.source.type = SourceType::namespace_;
    database.session().fetch_each(
        kNamespaces,
        add_node,
        soci::into(node.source.id),
        soci::into(node.parent_id),
        soci::into(node.path)
    );
    node.source.type = SourceType::project;
    database.session().fetch_each(
        kProjects,
        add_node,
        soci::into(node.source.id),
        soci::into(node.parent_id),
        soci::into(node.path)
    );
    KnownRoute route;
    int is_project = 0;
    database.session().fetch_each(
        kRoutes,
        [&] {
            route.source.type = is_project != 0 ? SourceType::project : SourceType::namespace_;
            tree.routes.push_back(route);
        },
        soci::into(route.id),
        soci::into(is_project),
        soci::into(route.source.id),
        soci::into(route.path)
    );
    return tree;
}

void clear_paths(Database& database, const std::vector<RouteChange>& changes) {
    for (const RouteChange& change : changes) {
        if (change.route_id) {
            database.session().execute(kClearPath, soci::use(*change.route_id, "id"));
        }
    }
}

std::vector<KnownRedirect> read_redirects(Database& database) {
    std::vector<KnownRedirect> redirects;
    KnownRedirect redirect;
    database.session().fetch_each(
        kRedirects,
        [&] { redirects.push_back(redirect); },
        soci::into(redirect.id),
        soci::into(redirect.path)
    );
    return redirects;
}

void remove_redirects(Database& database, const std::vector<long long>& ids) {
    for (const long long id : ids) {
        database.session().execute(kRemoveRedirect, soci::use(id, "id"));
    }
}

}  // namespace innergate::admin::rows

#include "handlers/stores/git/lfs_link_store.hpp"

#include <algorithm>

#include "app/db/session.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers {
namespace {

// The list is given as the names of a JSON object's members, because both databases read those with
// the same SQL.
constexpr db::Query kListLinked{"lfs_objects_projects.list_linked", R"sql(
    with asked(oid) as (
        select asked.key from json_each(:oids) as asked
    )
    select asked.oid
      from asked
     where exists (
               select 1
                 from lfs_objects
                 join lfs_objects_projects as links on links.lfs_object_id = lfs_objects.id
                where lfs_objects.oid = asked.oid
                  and links.project_id = :project_id
           ))sql"};

}  // namespace

std::vector<std::string> LfsLinkStore::list_unlinked(
    ProjectId project_id, std::span<const std::string> oids
) {
    std::vector<std::string> asked{oids.begin(), oids.end()};
    std::ranges::sort(asked);
    const auto repeated = std::ranges::unique(asked);
    asked.erase(repeated.begin(), repeated.end());
    if (asked.empty()) {
        return asked;
    }
    std::string names;
    json::Writer writer{names};
    writer.begin_object();
    for (const std::string& oid : asked) {
        writer.member(oid, 0);
    }
    writer.end_object();
    std::vector<std::string> linked;
    std::string oid;
    session_.fetch_each(
        kListLinked,
        [&] { linked.push_back(oid); },
        soci::use(names, "oids"),
        soci::use(project_id.value, "project_id"),
        soci::into(oid)
    );
    std::ranges::sort(linked);
    std::vector<std::string> unlinked;
    std::ranges::set_difference(asked, linked, std::back_inserter(unlinked));
    return unlinked;
}

}  // namespace innergate::handlers

#include "handlers/stores/billing/namespace_store.hpp"

#include "app/db/session.hpp"
#include "app/written_id.hpp"
#include "handlers/stores/lineage.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

NamespaceKind kind_of(std::string_view type) {
    return type == "User" ? NamespaceKind::user : NamespaceKind::group;
}

constexpr auto kNamespace = db::columns<Namespace>(
    db::column("id", &Namespace::id),
    db::converted("type", kind_of, &Namespace::kind),
    db::column("name", &Namespace::name),
    db::column("parent_id", &Namespace::parent_id)
);

// A personal namespace has only its user as an owner, whatever a membership says.
constexpr auto kLevel = db::sql(
    R"sql(
           case when target.type = 'User' and target.owner_id = :caller then 50 else coalesce((
               select max(case when target.type = 'User' and members.access_level > 40 then 40
                               else members.access_level end)
                 from members
                where members.user_id = :caller
                  and members.source_type = 'Namespace'
                  and members.source_id in (select id from lineage)
                  and)sql",
    kIsMemberToday,
    "), 0) end"
);

constexpr auto kNamespaceFor =
    db::columns<Namespace>(kNamespace, db::column(kLevel, &Namespace::access_level));

// Two statements, not one with `or`: each looks its namespace up by one index. `union`, not
// `union all`: it ends even if namespaces form a ring.
constexpr auto kFindFor = db::reading(
    "namespaces.find_for",
    R"sql(
    with recursive target(id, type, name, owner_id, parent_id) as (
        select id, type, name, owner_id, parent_id
          from namespaces
         where id = :id
           and type in ('Group', 'User')
    ),
    lineage(id, parent_id) as (
        select id, parent_id from target)sql",
    kAndAllAbove,
    R"sql(
    )
    select)sql",
    kNamespaceFor,
    "from target"
);

constexpr auto kFindById = db::reading("namespaces.find_by_id", "select", kNamespace, R"sql(
      from namespaces
     where id = :id
       and type in ('Group', 'User'))sql");

constexpr auto kFindByPath = db::reading("namespaces.find_by_path", "select", kNamespace, R"sql(
      from namespaces
     where id = (
               select source_id
                 from routes
                where lower(path) = lower(:path)
                  and source_type = 'Namespace'
           )
       and type in ('Group', 'User'))sql");

constexpr db::Query kIdOfPath{"namespaces.id_of_path", R"sql(
    select source_id
      from routes
     where lower(path) = lower(:path)
       and source_type = 'Namespace')sql"};

}  // namespace

std::optional<Namespace> NamespaceStore::find(
    std::string_view id_or_full_path, UserId caller, Date today
) {
    std::optional<NamespaceId> id = parse_written_id<NamespaceId>(id_or_full_path);
    if (!id) {
        const std::string path{id_or_full_path};
        id = NamespaceId{};
        if (!session_.fetch_one(kIdOfPath, soci::use(path, "path"), soci::into(id->value))) {
            return std::nullopt;
        }
    }
    return session_.fetch_row(
        kFindFor, soci::use(*id, "id"), soci::use(caller, "caller"), soci::use(today, "today")
    );
}

std::optional<Namespace> NamespaceStore::find(std::string_view id_or_full_path) {
    if (const auto id = parse_written_id<NamespaceId>(id_or_full_path)) {
        return session_.fetch_row(kFindById, soci::use(*id, "id"));
    }
    const std::string path{id_or_full_path};
    return session_.fetch_row(kFindByPath, soci::use(path, "path"));
}

}  // namespace innergate::handlers

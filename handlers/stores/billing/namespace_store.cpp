#include "handlers/stores/billing/namespace_store.hpp"

#include "app/db/session.hpp"
#include "app/written_id.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

// Of a personal namespace nobody is an owner but the one whose it is, whatever a membership says.
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
        select id, parent_id from target
        union
        select parent.id, parent.parent_id
          from lineage
          join namespaces as parent on parent.id = lineage.parent_id
    )
    select target.id,
           case when target.type = 'User' then 1 else 0 end,
           target.name, target.parent_id,
           case when target.type = 'User' and target.owner_id = :caller then 50 else coalesce((
               select max(case when target.type = 'User' and members.access_level > 40 then 40
                               else members.access_level end)
                 from members
                where members.user_id = :caller
                  and members.source_type = 'Namespace'
                  and members.source_id in (select id from lineage)
                  and)sql",
    kIsMemberToday,
    R"sql(
           ), 0) end
      from target)sql"
);

constexpr db::Query kFindById{"namespaces.find_by_id", R"sql(
    select id, case when type = 'User' then 1 else 0 end, name, parent_id
      from namespaces
     where id = :id
       and type in ('Group', 'User'))sql"};

constexpr db::Query kFindByPath{"namespaces.find_by_path", R"sql(
    select namespaces.id, case when namespaces.type = 'User' then 1 else 0 end,
           namespaces.name, namespaces.parent_id
      from routes
      join namespaces on namespaces.id = routes.source_id
     where lower(routes.path) = lower(:path)
       and routes.source_type = 'Namespace'
       and namespaces.type in ('Group', 'User'))sql"};

constexpr db::Query kIdOfPath{"namespaces.id_of_path", R"sql(
    select source_id
      from routes
     where lower(path) = lower(:path)
       and source_type = 'Namespace')sql"};

template <class Binding>
std::optional<Namespace> fetch(
    db::Session& session, const db::Query& query, const Binding& selector
) {
    Namespace found;
    bool is_personal = false;
    const bool exists = session.fetch_one(
        query,
        selector,
        soci::into(found.id.value),
        soci::into(is_personal),
        soci::into(found.name),
        soci::into(found.parent_id)
    );
    found.kind = is_personal ? NamespaceKind::user : NamespaceKind::group;
    return exists ? std::optional{std::move(found)} : std::nullopt;
}

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
    Namespace found;
    bool is_personal = false;
    const bool exists = session_.fetch_one(
        kFindFor,
        soci::use(id->value, "id"),
        soci::use(caller.value, "caller"),
        soci::use(today, "today"),
        soci::into(found.id.value),
        soci::into(is_personal),
        soci::into(found.name),
        soci::into(found.parent_id),
        soci::into(found.access_level)
    );
    found.kind = is_personal ? NamespaceKind::user : NamespaceKind::group;
    return exists ? std::optional{std::move(found)} : std::nullopt;
}

std::optional<Namespace> NamespaceStore::find(std::string_view id_or_full_path) {
    if (const auto id = parse_written_id<NamespaceId>(id_or_full_path)) {
        return fetch(session_, kFindById, soci::use(id->value, "id"));
    }
    const std::string path{id_or_full_path};
    return fetch(session_, kFindByPath, soci::use(path, "path"));
}

}  // namespace innergate::handlers

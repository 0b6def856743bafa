#include "handlers/stores/identity/group_owner_store.hpp"

#include "app/db/session.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

struct OwnerRow {
    GroupOwner owner;
    long long total = 0;
};

constexpr auto kOwner = db::columns<OwnerRow>(
    db::column("owners.user_id", &OwnerRow::owner, &GroupOwner::id),
    db::column("owners.username", &OwnerRow::owner, &GroupOwner::username),
    db::column("owners.name", &OwnerRow::owner, &GroupOwner::name),
    db::column(
        R"sql(
           coalesce((
               select chosen.email
                 from lineage
                 join group_notification_emails as chosen
                   on chosen.namespace_id = lineage.id
                  and chosen.user_id = owners.user_id
                order by lineage.distance
                limit 1
           ), owners.own_email))sql",
        &OwnerRow::owner,
        &GroupOwner::notification_email
    ),
    db::column("owners.total", &OwnerRow::total)
);

// If namespaces form a ring, only the limit of the distance ends the statement. GitLab nests groups
// twenty deep.
constexpr auto kList = db::reading(
    "members.list_owners",
    R"sql(
    with recursive lineage(id, parent_id, distance) as (
        select id, parent_id, 0 from namespaces where id = :group_id
        union all
        select parent.id, parent.parent_id, lineage.distance + 1
          from lineage
          join namespaces as parent on parent.id = lineage.parent_id
         where lineage.distance < 100
    ),
    owners(member_id, user_id, username, name, own_email, total) as (
        select members.id, users.id, users.username, users.name,
               coalesce(users.notification_email, users.email), count(*) over ()
          from members
          join users on users.id = members.user_id
         where members.source_namespace_id = :group_id
           and members.access_level = 50
           and)sql",
    kIsMemberToday,
    R"sql(
           and users.state = 'active'
         order by members.id
         limit :limit offset :offset
    )
    select)sql",
    kOwner,
    R"sql(
      from owners
     order by owners.member_id)sql"
);

constexpr auto kCount = db::reading(
    "members.count_owners",
    R"sql(
    select count(*)
      from members
      join users on users.id = members.user_id
     where members.source_namespace_id = :group_id
       and members.access_level = 50
       and)sql",
    kIsMemberToday,
    R"sql(
       and users.state = 'active')sql"
);

}  // namespace

GroupOwners GroupOwnerStore::list(
    NamespaceId group_id, Date today, long long limit, long long offset
) {
    GroupOwners owners;
    for (OwnerRow& row : session_.fetch_rows(
             kList,
             soci::use(group_id, "group_id"),
             soci::use(today, "today"),
             soci::use(limit, "limit"),
             soci::use(offset, "offset")
         )) {
        owners.page.push_back(std::move(row.owner));
        owners.total = row.total;
    }
    // Each row knows how many owners there are. A page behind the last has no row to say it.
    if (owners.page.empty() && offset > 0) {
        session_.fetch_one(
            kCount,
            soci::use(group_id.value, "group_id"),
            soci::use(today, "today"),
            soci::into(owners.total)
        );
    }
    return owners;
}

}  // namespace innergate::handlers

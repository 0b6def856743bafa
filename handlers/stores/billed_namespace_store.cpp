#include "handlers/stores/billed_namespace_store.hpp"

#include <array>

#include "app/db/session.hpp"
#include "app/written_id.hpp"

namespace innergate::handlers {
namespace {

// By id, or where that is null by path: one round trip for both. `union` ends even if namespaces
// form a ring; `in` for the reason told in the subscription store.
constexpr db::Query kFind{"namespaces.find_billed", R"sql(
    with recursive lineage(id, parent_id) as (
        select id, parent_id
          from namespaces
         where id = coalesce(:id, (
               select source_id
                 from routes
                where lower(path) = lower(:path)
                  and source_type = 'Namespace'
           ))
        union
        select parent.id, parent.parent_id
          from lineage
          join namespaces as parent on parent.id = lineage.parent_id
    )
    select target.id, target.name, target.path, coalesce(routes.path, target.path),
           target.parent_id,
           case when target.type = 'User' then owners.avatar else target.avatar end,
           owners.username,
           (
               select plans.name
                 from gitlab_subscriptions as actual
                 join plans on plans.id = actual.hosted_plan_id
                where actual.namespace_id in (select id from lineage where parent_id is null)
           ),
           case when subscriptions.id is null then 0 else 1 end,
           case when subscriptions.trial then 1 else 0 end,
           subscriptions.trial_ends_on, subscriptions.end_date,
           subscriptions.max_seats_used, subscriptions.max_seats_used_changed_at,
           target.shared_runners_minutes_limit, target.extra_shared_runners_minutes_limit,
           target.additional_purchased_storage_size, target.additional_purchased_storage_ends_on
      from namespaces as target
      left join routes on routes.source_namespace_id = target.id
      left join users as owners on owners.id = target.owner_id and target.type = 'User'
      left join gitlab_subscriptions as subscriptions on subscriptions.namespace_id = target.id
     where target.id = coalesce(:id, (
               select source_id
                 from routes
                where lower(path) = lower(:path)
                  and source_type = 'Namespace'
           ))
       and target.type in ('Group', 'User'))sql"};

// Grouped, not `distinct`: SQLite sorts for it, and then looks users up in the order in which they
// lie.
constexpr db::Query kMeasure{"namespaces.measure_group", R"sql(
    with recursive groups(id, type) as (
        select id, type from namespaces where id = :group_id
        union
        select child.id, child.type
          from groups
          join namespaces as child on child.parent_id = groups.id and child.type = groups.type
    ),
    counting(user_id) as (
        select members.user_id
          from members
         where members.source_namespace_id in (select id from groups)
           and members.user_id is not null
           and members.requested_at is null
           and members.invite_token is null
           and members.state = 0
           and members.access_level >= 10
         group by members.user_id
    ),
    sizes(number, bytes) as (
        select count(*), cast(coalesce(sum(projects.repository_size), 0) as bigint)
          from projects
         where projects.namespace_id in (select id from groups)
    )
    select (
               select count((
                          select 1
                            from users
                           where users.id = counting.user_id
                             and users.state = 'active'
                      ))
                 from counting
           ),
           sizes.number, sizes.bytes
      from sizes)sql"};

}  // namespace

std::span<const db::Query> BilledNamespaceStore::queries() {
    static constexpr std::array kAll{kFind, kMeasure};
    return kAll;
}

std::optional<BilledNamespace> BilledNamespaceStore::find(std::string_view id_or_full_path) {
    std::optional<long long> id;
    std::string path;
    if (const auto given = parse_written_id<NamespaceId>(id_or_full_path)) {
        id = given->value;
    } else {
        path = id_or_full_path;
    }
    BilledNamespace found;
    OwnSubscription subscription;
    bool has_subscription = false;
    const bool exists = session_.fetch_one(
        kFind,
        soci::use(id, "id"),
        soci::use(path, "path"),
        soci::into(found.id.value),
        soci::into(found.name),
        soci::into(found.path),
        soci::into(found.full_path),
        soci::into(found.parent_id),
        soci::into(found.avatar),
        soci::into(found.owner_username),
        soci::into(found.actual_plan),
        soci::into(has_subscription),
        soci::into(subscription.is_trial),
        soci::into(subscription.trial_ends_on),
        soci::into(subscription.end_date),
        soci::into(subscription.max_seats_used),
        soci::into(subscription.max_seats_used_changed_at),
        soci::into(found.shared_runners_minutes_limit),
        soci::into(found.extra_shared_runners_minutes_limit),
        soci::into(found.additional_purchased_storage_size),
        soci::into(found.additional_purchased_storage_ends_on)
    );
    if (!exists) {
        return std::nullopt;
    }
    if (has_subscription) {
        found.subscription = subscription;
    }
    return found;
}

GroupFigures BilledNamespaceStore::measure(NamespaceId group_id) {
    GroupFigures figures;
    session_.fetch_one(
        kMeasure,
        soci::use(group_id.value, "group_id"),
        soci::into(figures.members_count),
        soci::into(figures.projects_count),
        soci::into(figures.repository_size)
    );
    return figures;
}

}  // namespace innergate::handlers

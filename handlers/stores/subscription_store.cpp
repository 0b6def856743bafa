#include "handlers/stores/subscription_store.hpp"

#include <array>

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kFind{"gitlab_subscriptions.find", R"sql(
    select plans.name, plans.title,
           case when subscriptions.trial then 1 else 0 end,
           subscriptions.seats, subscriptions.end_date,
           case when subscriptions.auto_renew then 1 when not subscriptions.auto_renew then 0 end,
           subscriptions.max_seats_used, subscriptions.seats_owed,
           subscriptions.start_date, subscriptions.trial_ends_on
      from gitlab_subscriptions as subscriptions
      left join plans on plans.id = subscriptions.hosted_plan_id
     where subscriptions.namespace_id = :namespace_id)sql"};

// With `in`, and a look-up of its own for each user, not with joins: SQLite takes a recursive part
// for huge and would read whole tables to build filters before it joins them. The type comes from
// the parent for the same reason: a condition on the child alone has SQLite build one. `union` ends
// even if groups form a ring.
constexpr db::Query kCountBillableMembers{"members.count_billable", R"sql(
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
           and members.access_level >= :lowest_access_level
        union
        select members.user_id
          from members
         where members.source_project_id in (
               select projects.id
                 from projects
                where projects.namespace_id in (select id from groups)
           )
           and members.user_id is not null
           and members.requested_at is null
           and members.invite_token is null
           and members.state = 0
           and members.access_level >= :lowest_access_level
    )
    select count((
               select 1
                 from users
                where users.id = counting.user_id
                  and users.state = 'active'
                  and users.user_type = 0
           ))
      from counting)sql"};

}  // namespace

std::span<const db::Query> SubscriptionStore::queries() {
    static constexpr std::array kAll{kFind, kCountBillableMembers};
    return kAll;
}

std::optional<Subscription> SubscriptionStore::find(NamespaceId namespace_id) {
    Subscription subscription;
    const bool found = session_.fetch_one(
        kFind,
        soci::use(namespace_id.value, "namespace_id"),
        soci::into(subscription.terms.plan),
        soci::into(subscription.plan_title),
        soci::into(subscription.terms.is_trial),
        soci::into(subscription.terms.seats),
        soci::into(subscription.terms.end_date),
        soci::into(subscription.auto_renew),
        soci::into(subscription.max_seats_used),
        soci::into(subscription.seats_owed),
        soci::into(subscription.start_date),
        soci::into(subscription.trial_ends_on)
    );
    return found ? std::optional{std::move(subscription)} : std::nullopt;
}

long long SubscriptionStore::count_billable_members(NamespaceId group_id, int lowest_access_level) {
    long long count = 0;
    session_.fetch_one(
        kCountBillableMembers,
        soci::use(group_id.value, "group_id"),
        soci::use(lowest_access_level, "lowest_access_level"),
        soci::into(count)
    );
    return count;
}

}  // namespace innergate::handlers

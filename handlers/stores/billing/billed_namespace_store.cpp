#include "handlers/stores/billing/billed_namespace_store.hpp"

#include <utility>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "app/written_id.hpp"
#include "handlers/stores/billing/subscription_store.hpp"
#include "handlers/stores/membership.hpp"

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
           target.additional_purchased_storage_size, target.additional_purchased_storage_ends_on,
           (select version from namespace_figure_version)
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

// Waits for who changes the row, and keeps it from others. Not so those who add something to the
// namespace: who adds a subscription waits for nobody, so that none waits for another in turn.
constexpr db::Query kTouch{
    "namespaces.touch",
    R"sql(
    update namespaces
       set updated_at = :now
     where id = :id
       and type in ('Group', 'User')
 returning case when type = 'User' then 1 else 0 end, case when parent_id is null then 1 else 0 end,
           shared_runners_minutes_limit, extra_shared_runners_minutes_limit,
           additional_purchased_storage_size, additional_purchased_storage_ends_on)sql",
    db::Access::write,
};

constexpr db::Query kPutQuotas{
    "namespaces.put_quotas",
    R"sql(
    update namespaces
       set shared_runners_minutes_limit = :minutes,
           extra_shared_runners_minutes_limit = :extra_minutes,
           additional_purchased_storage_size = :storage_size,
           additional_purchased_storage_ends_on = :storage_ends_on
     where id = :id)sql",
    db::Access::write,
};

// Grouped, not `distinct`: SQLite sorts for it, and then looks users up in the order in which they
// lie.
constexpr auto kMeasure = db::reading(
    "namespaces.measure_group",
    R"sql(
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
           and)sql",
    kIsMember,
    R"sql(
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
           sizes.number, sizes.bytes, (select version from namespace_figure_version)
      from sizes)sql"
);

/// `path` counts where there is no id.
std::optional<BilledNamespace> fetch(
    db::Session& session, std::optional<long long> id, const std::string& path
) {
    BilledNamespace found;
    OwnSubscription subscription;
    bool has_subscription = false;
    const bool exists = session.fetch_one(
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
        soci::into(found.quotas.shared_runners_minutes_limit),
        soci::into(found.quotas.extra_shared_runners_minutes_limit),
        soci::into(found.quotas.additional_purchased_storage_size),
        soci::into(found.quotas.additional_purchased_storage_ends_on),
        soci::into(found.figures_at.value)
    );
    if (!exists) {
        return std::nullopt;
    }
    if (has_subscription) {
        found.subscription = subscription;
    }
    return found;
}

std::optional<BilledState> touch(db::Session& session, NamespaceId id, Timestamp now) {
    BilledState state;
    bool is_personal = false;
    bool is_root = false;
    const bool exists = session.fetch_one(
        kTouch,
        soci::use(id.value, "id"),
        soci::use(now, "now"),
        soci::into(is_personal),
        soci::into(is_root),
        soci::into(state.quotas.shared_runners_minutes_limit),
        soci::into(state.quotas.extra_shared_runners_minutes_limit),
        soci::into(state.quotas.additional_purchased_storage_size),
        soci::into(state.quotas.additional_purchased_storage_ends_on)
    );
    state.kind = is_personal ? NamespaceKind::user : NamespaceKind::group;
    state.level = is_root ? domain::NamespaceLevel::root : domain::NamespaceLevel::below;
    return exists ? std::optional{std::move(state)} : std::nullopt;
}

void put_quotas(db::Session& session, NamespaceId id, const domain::NamespaceQuotas& quotas) {
    session.execute(
        kPutQuotas,
        soci::use(id.value, "id"),
        soci::use(quotas.shared_runners_minutes_limit, "minutes"),
        soci::use(quotas.extra_shared_runners_minutes_limit, "extra_minutes"),
        soci::use(quotas.additional_purchased_storage_size, "storage_size"),
        soci::use(quotas.additional_purchased_storage_ends_on, "storage_ends_on")
    );
}

}  // namespace

std::optional<BilledNamespace> BilledNamespaceStore::find(std::string_view id_or_full_path) {
    if (const auto id = parse_written_id<NamespaceId>(id_or_full_path)) {
        return find(*id);
    }
    return fetch(session_, std::nullopt, std::string{id_or_full_path});
}

std::optional<BilledNamespace> BilledNamespaceStore::find(NamespaceId id) {
    return fetch(session_, id.value, {});
}

std::optional<Result<BilledNamespace>> BilledNamespaceStore::change(
    NamespaceId id, const Decide& decide, Timestamp now
) {
    SubscriptionStore subscriptions{session_};
    db::Transaction transaction{session_};
    auto state = touch(session_, id, now);
    if (!state) {
        return std::nullopt;
    }
    for (bool is_written = false; !is_written;) {
        state->subscription = subscriptions.lock(id);
        const auto change = decide(*state);
        if (!change) {
            return tl::unexpected{change.error()};
        }
        if (change->quotas != state->quotas) {
            put_quotas(session_, id, change->quotas);
        }
        is_written = true;
        if (change->subscription && state->subscription) {
            subscriptions.update(id, *change->subscription, now);
        } else if (change->subscription) {
            is_written = subscriptions.insert(id, *change->subscription, now);
        }
    }
    auto changed = find(id);
    transaction.commit();
    return std::move(changed).value();
}

GroupFigures BilledNamespaceStore::measure(NamespaceId group_id, FigureVersion version) {
    const db::KeptNumbers::Subject subject{kMeasure.name, group_id.value};
    if (const auto kept = kept_figures(session_, subject, version)) {
        const auto& [members, projects, bytes] = *kept;
        return {.members_count = members, .projects_count = projects, .repository_size = bytes};
    }
    GroupFigures figures;
    FigureVersion counted_at;
    session_.fetch_one(
        kMeasure,
        soci::use(group_id.value, "group_id"),
        soci::into(figures.members_count),
        soci::into(figures.projects_count),
        soci::into(figures.repository_size),
        soci::into(counted_at.value)
    );
    keep_figures(
        session_,
        subject,
        counted_at,
        {figures.members_count, figures.projects_count, figures.repository_size}
    );
    return figures;
}

}  // namespace innergate::handlers

#include "handlers/stores/billing/subscription_store.hpp"

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

constexpr int kGuest = 10;
constexpr int kPlanner = 15;

constexpr db::Query kFind{"gitlab_subscriptions.find", R"sql(
    select plans.name, plans.title,
           case when subscriptions.trial then 1 else 0 end,
           subscriptions.seats, subscriptions.end_date,
           case when subscriptions.auto_renew then 1 when not subscriptions.auto_renew then 0 end,
           subscriptions.max_seats_used, subscriptions.seats_owed,
           subscriptions.start_date, subscriptions.trial_ends_on,
           (select version from namespace_figure_version)
      from gitlab_subscriptions as subscriptions
      left join plans on plans.id = subscriptions.hosted_plan_id
     where subscriptions.namespace_id = :namespace_id)sql"};

// SQLite has one writer at a time anyway.
constexpr db::Query kLock{
    "gitlab_subscriptions.lock",
    R"sql(
    select 1
      from gitlab_subscriptions
     where namespace_id = :namespace_id
       for update)sql",
    db::Access::write,
    db::Dialect::postgresql,
};

constexpr db::Query kRecord{"gitlab_subscriptions.record", R"sql(
    select plans.name, case when subscriptions.trial then 1 else 0 end,
           subscriptions.seats, subscriptions.end_date, subscriptions.start_date,
           subscriptions.max_seats_used, subscriptions.max_seats_used_changed_at,
           subscriptions.seats_owed, subscriptions.trial_starts_on, subscriptions.trial_ends_on,
           subscriptions.trial_extension_type,
           case when subscriptions.auto_renew then 1 when not subscriptions.auto_renew then 0 end
      from gitlab_subscriptions as subscriptions
      left join plans on plans.id = subscriptions.hosted_plan_id
     where subscriptions.namespace_id = :namespace_id)sql"};

constexpr db::Query kUpdate{
    "gitlab_subscriptions.update",
    R"sql(
    update gitlab_subscriptions
       set hosted_plan_id = (select plans.id from plans where plans.name = :plan),
           trial = :trial, seats = :seats, end_date = :end_date, start_date = :start_date,
           max_seats_used = :max_seats_used,
           max_seats_used_changed_at = :max_seats_used_changed_at, seats_owed = :seats_owed,
           trial_starts_on = :trial_starts_on, trial_ends_on = :trial_ends_on,
           trial_extension_type = :trial_extension_type, auto_renew = :auto_renew,
           updated_at = :now
     where namespace_id = :namespace_id)sql",
    db::Access::write,
};

constexpr db::Query kInsert{
    "gitlab_subscriptions.insert",
    R"sql(
    insert into gitlab_subscriptions
           (namespace_id, hosted_plan_id, trial, seats, end_date, start_date, max_seats_used,
            max_seats_used_changed_at, seats_owed, trial_starts_on, trial_ends_on,
            trial_extension_type, auto_renew, created_at, updated_at)
    values (:namespace_id, (select plans.id from plans where plans.name = :plan), :trial, :seats,
            :end_date, :start_date, :max_seats_used, :max_seats_used_changed_at, :seats_owed,
            :trial_starts_on, :trial_ends_on, :trial_extension_type, :auto_renew, :now, :now)
        on conflict (namespace_id) do nothing)sql",
    db::Access::write,
};

// With `in`, and a look-up of its own for each user, not with joins: SQLite takes a recursive part
// for huge and would read whole tables to build filters before it joins them. The type comes from
// the parent for the same reason: a condition on the child alone has SQLite build one. `union` ends
// even if groups form a ring.
constexpr auto kCountBillableMembers = db::reading(
    "members.count_billable",
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
           and)sql",
    kIsMember,
    R"sql(
           and members.access_level >= :lowest_access_level
    )
    select count((
               select 1
                 from users
                where users.id = counting.user_id
                  and users.state = 'active'
                  and users.user_type = 0
           )),
           (select version from namespace_figure_version)
      from counting)sql"
);

/// Answers the number of rows written.
std::size_t write(
    db::Session& session,
    const db::Query& query,
    NamespaceId namespace_id,
    const domain::SubscriptionRecord& record,
    Timestamp now
) {
    return session.execute(
        query,
        soci::use(namespace_id.value, "namespace_id"),
        soci::use(record.terms.plan, "plan"),
        soci::use(record.terms.is_trial, "trial"),
        soci::use(record.terms.seats, "seats"),
        soci::use(record.terms.end_date, "end_date"),
        soci::use(record.start_date, "start_date"),
        soci::use(record.max_seats_used, "max_seats_used"),
        soci::use(record.max_seats_used_changed_at, "max_seats_used_changed_at"),
        soci::use(record.seats_owed, "seats_owed"),
        soci::use(record.trial_starts_on, "trial_starts_on"),
        soci::use(record.trial_ends_on, "trial_ends_on"),
        soci::use(record.trial_extension_type, "trial_extension_type"),
        soci::use(record.auto_renew, "auto_renew"),
        soci::use(now, "now")
    );
}

}  // namespace

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
        soci::into(subscription.trial_ends_on),
        soci::into(subscription.figures_at.value)
    );
    return found ? std::optional{std::move(subscription)} : std::nullopt;
}

std::optional<tl::expected<Subscription, std::vector<ColumnFaults>>> SubscriptionStore::change(
    NamespaceId namespace_id, const Decide& decide, Timestamp now
) {
    db::Transaction transaction{session_};
    const auto record = lock(namespace_id);
    if (!record) {
        return std::nullopt;
    }
    const domain::ChangedSubscription changed = decide(*record);
    if (!changed) {
        return tl::unexpected{changed.error()};
    }
    update(namespace_id, *changed, now);
    auto subscription = find(namespace_id);
    transaction.commit();
    return std::move(subscription).value();
}

std::optional<domain::SubscriptionRecord> SubscriptionStore::lock(NamespaceId namespace_id) {
    if (session_.dialect() == db::Dialect::postgresql) {
        int locked = 0;
        session_.fetch_one(
            kLock, soci::use(namespace_id.value, "namespace_id"), soci::into(locked)
        );
    }
    domain::SubscriptionRecord record;
    const bool found = session_.fetch_one(
        kRecord,
        soci::use(namespace_id.value, "namespace_id"),
        soci::into(record.terms.plan),
        soci::into(record.terms.is_trial),
        soci::into(record.terms.seats),
        soci::into(record.terms.end_date),
        soci::into(record.start_date),
        soci::into(record.max_seats_used),
        soci::into(record.max_seats_used_changed_at),
        soci::into(record.seats_owed),
        soci::into(record.trial_starts_on),
        soci::into(record.trial_ends_on),
        soci::into(record.trial_extension_type),
        soci::into(record.auto_renew)
    );
    return found ? std::optional{std::move(record)} : std::nullopt;
}

void SubscriptionStore::update(
    NamespaceId namespace_id, const domain::SubscriptionRecord& record, Timestamp now
) {
    write(session_, kUpdate, namespace_id, record, now);
}

tl::expected<void, NotAdded> SubscriptionStore::add(
    NamespaceId namespace_id, const domain::SubscriptionRecord& record, Timestamp now
) {
    try {
        if (!insert(namespace_id, record, now)) {
            return tl::unexpected{NotAdded::has_one};
        }
    } catch (const db::ConstraintViolation&) {
        return tl::unexpected{NotAdded::no_namespace};
    }
    return {};
}

bool SubscriptionStore::insert(
    NamespaceId namespace_id, const domain::SubscriptionRecord& record, Timestamp now
) {
    return write(session_, kInsert, namespace_id, record, now) > 0;
}

long long SubscriptionStore::count_seats(
    NamespaceId namespace_id,
    NamespaceKind kind,
    const std::optional<std::string>& plan,
    std::optional<FigureVersion> version
) {
    if (kind == NamespaceKind::user) {
        return 1;
    }
    const bool guests_are_free = plan && domain::excludes_guests(*plan);
    return count_billable_members(namespace_id, guests_are_free ? kPlanner : kGuest, version);
}

long long SubscriptionStore::count_billable_members(
    NamespaceId group_id, int lowest_access_level, std::optional<FigureVersion> version
) {
    const db::KeptNumbers::Subject subject{
        kCountBillableMembers.name, group_id.value, lowest_access_level};
    if (version) {
        if (const auto kept = kept_figures(session_, subject, *version)) {
            return kept->front();
        }
    }
    long long count = 0;
    FigureVersion counted_at;
    session_.fetch_one(
        kCountBillableMembers,
        soci::use(group_id.value, "group_id"),
        soci::use(lowest_access_level, "lowest_access_level"),
        soci::into(count),
        soci::into(counted_at.value)
    );
    keep_figures(session_, subject, counted_at, {count});
    return count;
}

}  // namespace innergate::handlers

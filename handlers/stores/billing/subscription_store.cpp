#include "handlers/stores/billing/subscription_store.hpp"

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "handlers/stores/lineage.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

constexpr int kGuest = 10;
constexpr int kPlanner = 15;

using domain::SubscriptionRecord;
using domain::SubscriptionTerms;

constexpr auto kTerms = db::columns<SubscriptionTerms>(
    db::column("plans.name", &SubscriptionTerms::plan),
    db::flag("subscriptions.trial", &SubscriptionTerms::is_trial),
    db::column("subscriptions.seats", &SubscriptionTerms::seats),
    db::column("subscriptions.end_date", &SubscriptionTerms::end_date)
);

/// NULL if it is not said.
constexpr auto kAutoRenew =
    db::sql("case when subscriptions.auto_renew then 1 when not subscriptions.auto_renew then 0 end"
    );
constexpr auto kFrom = db::sql(R"sql(
      from gitlab_subscriptions as subscriptions
      left join plans on plans.id = subscriptions.hosted_plan_id
     where subscriptions.namespace_id = :namespace_id)sql");

constexpr auto kSubscription = db::columns<Subscription>(
    db::within(&Subscription::terms, kTerms),
    db::column("plans.title", &Subscription::plan_title),
    db::column(kAutoRenew, &Subscription::auto_renew),
    db::column("subscriptions.max_seats_used", &Subscription::max_seats_used),
    db::column("subscriptions.seats_owed", &Subscription::seats_owed),
    db::column("subscriptions.start_date", &Subscription::start_date),
    db::column("subscriptions.trial_ends_on", &Subscription::trial_ends_on),
    db::column(
        "(select version from namespace_figure_version)",
        &Subscription::figures_at,
        &FigureVersion::value
    )
);

constexpr auto kFind = db::reading("gitlab_subscriptions.find", "select", kSubscription, kFrom);

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

constexpr auto kRecordColumns = db::columns<SubscriptionRecord>(
    db::within(&SubscriptionRecord::terms, kTerms),
    db::column("subscriptions.start_date", &SubscriptionRecord::start_date),
    db::column("subscriptions.max_seats_used", &SubscriptionRecord::max_seats_used),
    db::column(
        "subscriptions.max_seats_used_changed_at", &SubscriptionRecord::max_seats_used_changed_at
    ),
    db::column("subscriptions.seats_owed", &SubscriptionRecord::seats_owed),
    db::column("subscriptions.trial_starts_on", &SubscriptionRecord::trial_starts_on),
    db::column("subscriptions.trial_ends_on", &SubscriptionRecord::trial_ends_on),
    db::column("subscriptions.trial_extension_type", &SubscriptionRecord::trial_extension_type),
    db::column(kAutoRenew, &SubscriptionRecord::auto_renew)
);

constexpr auto kRecord =
    db::reading("gitlab_subscriptions.record", "select", kRecordColumns, kFrom);

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

struct Counted {
    long long members = 0;
    FigureVersion at;
};

constexpr auto kCounted = db::columns<Counted>(
    db::column(
        R"sql(
           count((
               select 1
                 from users
                where users.id = counting.user_id
                  and users.state = 'active'
                  and users.user_type = 0
           )))sql",
        &Counted::members
    ),
    db::column(
        "(select version from namespace_figure_version)", &Counted::at, &FigureVersion::value
    )
);

// This uses `in` and a look-up for each user, not joins. SQLite expects a recursive part to be huge
// and would read whole tables to build filters before it joins them. The type comes from the parent
// for the same reason: for a condition on the child alone, SQLite builds a filter. `union` ends
// even if groups form a ring.
constexpr auto kCountBillableMembers = db::reading(
    "members.count_billable",
    R"sql(
    with recursive)sql",
    kGroupWithAllBelow,
    R"sql(,
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
    select)sql",
    kCounted,
    "from counting"
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
    return session_.fetch_row(kFind, soci::use(namespace_id, "namespace_id"));
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
    return session_.fetch_row(kRecord, soci::use(namespace_id, "namespace_id"));
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
    const db::NumberCache::Subject subject{
        kCountBillableMembers.name, group_id.value, lowest_access_level};
    if (version) {
        if (const auto cached = cached_figures(session_, subject, *version)) {
            return cached->front();
        }
    }
    const Counted counted = session_
                                .fetch_row(
                                    kCountBillableMembers,
                                    soci::use(group_id, "group_id"),
                                    soci::use(lowest_access_level, "lowest_access_level")
                                )
                                .value_or(Counted{});
    cache_figures(session_, subject, counted.at, {counted.members});
    return counted.members;
}

}  // namespace innergate::handlers

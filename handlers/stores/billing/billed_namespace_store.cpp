#include "handlers/stores/billing/billed_namespace_store.hpp"

#include <utility>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "app/written_id.hpp"
#include "handlers/stores/billing/subscription_store.hpp"
#include "handlers/stores/lineage.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

using domain::NamespaceQuotas;

// No other table of a statement has columns of these names.
constexpr auto kQuotas = db::columns<NamespaceQuotas>(
    db::column("shared_runners_minutes_limit", &NamespaceQuotas::shared_runners_minutes_limit),
    db::column(
        "extra_shared_runners_minutes_limit", &NamespaceQuotas::extra_shared_runners_minutes_limit
    ),
    db::column(
        "additional_purchased_storage_size", &NamespaceQuotas::additional_purchased_storage_size
    ),
    db::column(
        "additional_purchased_storage_ends_on",
        &NamespaceQuotas::additional_purchased_storage_ends_on
    )
);

struct FoundRow {
    BilledNamespace found;
    bool has_subscription = false;
    OwnSubscription subscription;
};

constexpr auto kNamespace = db::columns<BilledNamespace>(
    db::column("target.id", &BilledNamespace::id),
    db::column("target.name", &BilledNamespace::name),
    db::column("target.path", &BilledNamespace::path),
    db::column("coalesce(routes.path, target.path)", &BilledNamespace::full_path),
    db::column("target.parent_id", &BilledNamespace::parent_id),
    db::column(
        "case when target.type = 'User' then owners.avatar else target.avatar end",
        &BilledNamespace::avatar
    ),
    db::column("owners.username", &BilledNamespace::owner_username),
    db::column(
        R"sql((
               select plans.name
                 from gitlab_subscriptions as actual
                 join plans on plans.id = actual.hosted_plan_id
                where actual.namespace_id in (select id from lineage where parent_id is null)
           ))sql",
        &BilledNamespace::actual_plan
    ),
    db::within(&BilledNamespace::quotas, kQuotas),
    db::column(
        "(select version from namespace_figure_version)",
        &BilledNamespace::figures_at,
        &FigureVersion::value
    )
);

constexpr auto kOwnSubscription = db::columns<OwnSubscription>(
    db::flag("subscriptions.trial", &OwnSubscription::is_trial),
    db::column("subscriptions.trial_ends_on", &OwnSubscription::trial_ends_on),
    db::column("subscriptions.end_date", &OwnSubscription::end_date),
    db::column("subscriptions.max_seats_used", &OwnSubscription::max_seats_used),
    db::column(
        "subscriptions.max_seats_used_changed_at", &OwnSubscription::max_seats_used_changed_at
    )
);

constexpr auto kFound = db::columns<FoundRow>(
    db::within(&FoundRow::found, kNamespace),
    db::flag("subscriptions.id is not null", &FoundRow::has_subscription),
    db::within(&FoundRow::subscription, kOwnSubscription)
);

// Looks up by id, or by path if the id is null, in one round trip. `union` ends even if namespaces
// form a ring. The reason for `in` is told in the subscription store.
constexpr auto kFind = db::reading(
    "namespaces.find_billed",
    R"sql(
    with recursive lineage(id, parent_id) as (
        select id, parent_id
          from namespaces
         where id = coalesce(:id, (
               select source_id
                 from routes
                where lower(path) = lower(:path)
                  and source_type = 'Namespace'
           )))sql",
    kAndAllAbove,
    R"sql(
    )
    select)sql",
    kFound,
    R"sql(
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
       and target.type in ('Group', 'User'))sql"
);

struct TouchedRow {
    bool is_personal = false;
    bool is_root = false;
    NamespaceQuotas quotas;
};

constexpr auto kTouched = db::columns<TouchedRow>(
    db::flag("type = 'User'", &TouchedRow::is_personal),
    db::flag("parent_id is null", &TouchedRow::is_root),
    db::within(&TouchedRow::quotas, kQuotas)
);

// Waits for requests that change the row, and makes others wait. Requests that add something to the
// namespace are excepted: one that adds a subscription waits for nobody, so no two requests can
// wait for each other.
constexpr auto kTouch = db::writing(
    "namespaces.touch",
    R"sql(
    update namespaces
       set updated_at = :now
     where id = :id
       and type in ('Group', 'User')
 returning)sql",
    kTouched
);

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

struct MeasuredRow {
    GroupFigures figures;
    FigureVersion counted_at;
};

constexpr auto kMeasured = db::columns<MeasuredRow>(
    db::column(
        R"sql((
               select count((
                          select 1
                            from users
                           where users.id = counting.user_id
                             and users.state = 'active'
                      ))
                 from counting
           ))sql",
        &MeasuredRow::figures,
        &GroupFigures::members_count
    ),
    db::column("sizes.number", &MeasuredRow::figures, &GroupFigures::projects_count),
    db::column("sizes.bytes", &MeasuredRow::figures, &GroupFigures::repository_size),
    db::column(
        "(select version from namespace_figure_version)",
        &MeasuredRow::counted_at,
        &FigureVersion::value
    )
);

// `group by`, not `distinct`: SQLite sorts for it, and then looks users up in the order in which
// they are stored.
constexpr auto kMeasure = db::reading(
    "namespaces.measure_group",
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
           and members.access_level >= 10
         group by members.user_id
    ),
    sizes(number, bytes) as (
        select count(*), cast(coalesce(sum(projects.repository_size), 0) as bigint)
          from projects
         where projects.namespace_id in (select id from groups)
    )
    select)sql",
    kMeasured,
    R"sql(
      from sizes)sql"
);

/// `path` counts if there is no id.
std::optional<BilledNamespace> fetch(
    db::Session& session, std::optional<long long> id, const std::string& path
) {
    std::optional<FoundRow> row =
        session.fetch_row(kFind, soci::use(id, "id"), soci::use(path, "path"));
    if (!row) {
        return std::nullopt;
    }
    if (row->has_subscription) {
        row->found.subscription = row->subscription;
    }
    return std::move(row->found);
}

std::optional<BilledState> touch(db::Session& session, NamespaceId id, Timestamp now) {
    std::optional<TouchedRow> row =
        session.fetch_row(kTouch, soci::use(id, "id"), soci::use(now, "now"));
    if (!row) {
        return std::nullopt;
    }
    return BilledState{
        .kind = row->is_personal ? NamespaceKind::user : NamespaceKind::group,
        .level = row->is_root ? domain::NamespaceLevel::root : domain::NamespaceLevel::below,
        .quotas = row->quotas,
        .subscription = std::nullopt,
    };
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
    const db::NumberCache::Subject subject{kMeasure.name, group_id.value};
    if (const auto cached = cached_figures(session_, subject, version)) {
        const auto& [members, projects, bytes] = *cached;
        return {.members_count = members, .projects_count = projects, .repository_size = bytes};
    }
    const auto [figures, counted_at] =
        session_.fetch_row(kMeasure, soci::use(group_id, "group_id")).value_or(MeasuredRow{});
    cache_figures(
        session_,
        subject,
        counted_at,
        {figures.members_count, figures.projects_count, figures.repository_size}
    );
    return figures;
}

}  // namespace innergate::handlers

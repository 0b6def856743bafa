#include "handlers/stores/billing/limit_exclusion_store.hpp"

#include <optional>

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

/// If the part is empty, there is one row, which says no more than the total.
struct Row {
    long long total = 0;
    std::optional<long long> id;
    LimitExclusion exclusion;
};

constexpr auto kRow = db::columns<Row>(
    db::column("counted.total", &Row::total),
    db::column("part.id", &Row::id),
    db::column("coalesce(part.namespace_id, 0)", &Row::exclusion, &LimitExclusion::namespace_id),
    db::column("coalesce(part.reason, '')", &Row::exclusion, &LimitExclusion::reason),
    db::column(
        R"sql(
           coalesce((
               select namespaces.name from namespaces where namespaces.id = part.namespace_id
           ), ''))sql",
        &Row::exclusion,
        &LimitExclusion::namespace_name
    )
);

// One statement, so that the total and the part are of the same moment. It answers at least one
// row, so that there is a total even if the part is empty. The name is looked up for each row of
// the part.
constexpr auto kList = db::reading("limit_exclusions.list", "select", kRow, R"sql(
      from (select count(*) as total from namespaces_storage_limit_exclusions) as counted
      left join (
               select id, namespace_id, reason
                 from namespaces_storage_limit_exclusions
                order by id
                limit :max_rows offset :skipped_rows
           ) as part on true
     order by part.id)sql");

constexpr db::Query kHas{"limit_exclusions.has", R"sql(
    select 1
      from namespaces_storage_limit_exclusions
     where namespace_id = :namespace_id)sql"};

// Of many requests at once, only one gets a row.
constexpr db::Query kAdd{
    "limit_exclusions.add",
    R"sql(
    insert into namespaces_storage_limit_exclusions (namespace_id, reason, created_at, updated_at)
    values (:namespace_id, :reason, :now, :now)
        on conflict (namespace_id) do nothing
    returning id)sql",
    db::Access::write,
};

constexpr db::Query kRemove{
    "limit_exclusions.remove",
    R"sql(
    delete from namespaces_storage_limit_exclusions
     where namespace_id = :namespace_id)sql",
    db::Access::write,
};

}  // namespace

LimitExclusions LimitExclusionStore::list(int limit, long long offset) {
    LimitExclusions exclusions;
    for (Row& row : session_.fetch_rows(
             kList, soci::use(limit, "max_rows"), soci::use(offset, "skipped_rows")
         )) {
        exclusions.total = row.total;
        if (row.id) {
            row.exclusion.id = {*row.id};
            exclusions.part.push_back(std::move(row.exclusion));
        }
    }
    return exclusions;
}

bool LimitExclusionStore::has(NamespaceId namespace_id) {
    int one = 0;
    return session_.fetch_one(kHas, soci::use(namespace_id.value, "namespace_id"), soci::into(one));
}

tl::expected<LimitExclusionId, NotAdded> LimitExclusionStore::add(
    NamespaceId namespace_id, const std::string& reason, Timestamp now
) {
    LimitExclusionId id;
    try {
        const bool is_new = session_.fetch_one(
            kAdd,
            soci::use(namespace_id.value, "namespace_id"),
            soci::use(reason, "reason"),
            soci::use(now, "now"),
            soci::into(id.value)
        );
        if (!is_new) {
            return tl::unexpected{NotAdded::has_one};
        }
    } catch (const db::ConstraintViolation&) {
        return tl::unexpected{NotAdded::no_namespace};
    }
    return id;
}

bool LimitExclusionStore::remove(NamespaceId namespace_id) {
    return session_.execute(kRemove, soci::use(namespace_id.value, "namespace_id")) > 0;
}

}  // namespace innergate::handlers

#include "handlers/stores/scim/scim_user_sql.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "handlers/stores/scim/scim_filter_sql.hpp"
#include "handlers/stores/scim/scim_user_row.hpp"

namespace innergate::handlers {
namespace {

/// All columns of a ScimUserRow.
std::string columns_sql(db::Dialect dialect) {
    return with_scim_user_columns(dialect, [](const auto& columns) {
        const auto list = columns.list();
        return std::string{list.view()};
    });
}

constexpr std::string_view kInScope = "coalesce(identities.group_id, 0) = :scope";
constexpr std::string_view kUsers = "join users on users.id = identities.user_id";

/// What is listed.
struct Conditions {
    std::string filter;  ///< empty: none
    std::string order;
};

// The total is given even if no user is shown: on a page after the last, or with count 0. A filter
// is evaluated once for both. Without a filter, a page is read by the index of its order, and only
// the accounts that are shown are looked at.
std::string page_sql(const Conditions& wanted, db::Dialect dialect) {
    const bool is_filtered = !wanted.filter.empty();
    return fmt::format(
        "{matching}select total.number, {columns}"
        " from (select count(*) as number from {all}) as total"
        " left join (select identities.id from {candidates}"
        " order by {order} limit :count offset :offset) as page on 1 = 1"
        " left join scim_identities as identities on identities.id = page.id"
        " left join users on users.id = identities.user_id"
        " order by {order}",
        fmt::arg(
            "matching",
            is_filtered ? fmt::format(
                              "with matching(id) as materialized (select identities.id"
                              " from scim_identities as identities {} where {} and {}) ",
                              kUsers,
                              kInScope,
                              wanted.filter
                          )
                        : ""
        ),
        fmt::arg("columns", columns_sql(dialect)),
        fmt::arg(
            "all",
            is_filtered ? "matching"
                        : fmt::format("scim_identities as identities where {}", kInScope)
        ),
        fmt::arg(
            "candidates",
            is_filtered ? fmt::format(
                              "matching join scim_identities as identities"
                              " on identities.id = matching.id {}",
                              kUsers
                          )
                        : fmt::format("scim_identities as identities {} where {}", kUsers, kInScope)
        ),
        fmt::arg("order", wanted.order)
    );
}

// What a counted page costs in addition is more than the look-up itself.
std::string look_up_sql(const Conditions& wanted, db::Dialect dialect) {
    return fmt::format(
        "select 0, {} from scim_identities as identities {} where {} and {} order by {}"
        " limit :count offset :offset",
        columns_sql(dialect),
        kUsers,
        kInScope,
        wanted.filter,
        wanted.order
    );
}

/// Whether the first page has all that there is.
bool fits_a_page(const ScimUserQuery& query) {
    return query.filter && domain::scim::is_look_up(*query.filter) && query.start_index == 1 &&
           query.count >= domain::scim::kMaxFoundByLookUp;
}

}  // namespace

ScimListing list_users_sql(const ScimUserQuery& query, db::Dialect dialect) {
    ScimCondition filter = query.filter ? to_sql(*query.filter, dialect) : ScimCondition{};
    const bool is_uncounted = fits_a_page(query);
    const Conditions wanted{
        .filter = std::move(filter.sql),
        .order = query.sort ? order_sql(query.sort->attribute, query.sort->order, dialect)
                            : "identities.id",
    };
    return {
        .sql = is_uncounted ? look_up_sql(wanted, dialect) : page_sql(wanted, dialect),
        .values = std::move(filter.values),
        .is_uncounted = is_uncounted,
    };
}

}  // namespace innergate::handlers

#include "admin/entities/rows/entity_rows.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

constexpr db::Query kFindNamespace{
    "admin.find_namespace",
    "select source_namespace_id from routes where lower(path) = lower(cast(:path as text)) and "
    "source_namespace_id is not null",
};

/// The names of functions where the databases differ.
std::string in_dialect(std::string_view sql, db::Dialect dialect) {
    constexpr std::string_view kList = "@list@";
    std::string text{sql};
    for (std::size_t at = text.find(kList); at != std::string::npos; at = text.find(kList, at)) {
        text.replace(
            at, kList.size(), dialect == db::Dialect::sqlite ? "json_group_array" : "json_agg"
        );
    }
    return text;
}

std::optional<long long> as_id(const std::string& text) {
    long long id = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, id);
    return fault == std::errc{} && stop == end ? std::optional{id} : std::nullopt;
}

}  // namespace

bool EntityRows::exists(long long id) {
    long long found = 0;
    return database_.session().fetch_one(
        database_.query(
            "admin.exists",
            fmt::format(
                "select t.id from {} as t where t.id = :id{}{}",
                queries_.table,
                queries_.condition.empty() ? "" : " and ",
                queries_.condition
            )
        ),
        soci::use(id, "id"),
        soci::into(found)
    );
}

std::optional<long long> EntityRows::find(const std::string& reference) {
    if (const auto id = as_id(reference); id && exists(*id)) {
        return id;
    }
    return queries_.called.empty() ? std::nullopt : find_called(reference);
}

std::optional<long long> EntityRows::find_called(const std::string& reference) {
    long long id = 0;
    const bool is_found = database_.session().fetch_one(
        database_.query(
            "admin.find",
            fmt::format(
                "select t.id from {} where ({}){}{} order by t.id limit 1",
                queries_.from,
                queries_.called,
                queries_.condition.empty() ? "" : " and ",
                queries_.condition
            )
        ),
        soci::use(reference, "value"),
        soci::into(id)
    );
    return is_found ? std::optional{id} : std::nullopt;
}

std::vector<ShownColumn> EntityRows::columns(Extent extent) const {
    std::vector<ShownColumn> columns{queries_.columns.begin(), queries_.columns.end()};
    if (extent == Extent::with_details) {
        columns.insert(columns.end(), queries_.details.begin(), queries_.details.end());
    }
    return columns;
}

std::string EntityRows::condition(const Filter& filter) const {
    const auto& [name, number] = filter;
    const auto named = std::ranges::find(queries_.filters, name, &NamedCondition::name);
    return named == queries_.filters.end() ? fmt::format("t.{} = {}", name, number)
                                           : fmt::format(fmt::runtime(named->sql), number);
}

void EntityRows::each(
    const std::vector<Filter>& filters,
    const std::function<void(const std::string& row)>& on_row,
    Extent extent
) {
    std::string shown;
    for (const ShownColumn& column : columns(extent)) {
        shown += fmt::format(
            "{}{}", shown.empty() ? "" : ", ", in_dialect(column.sql, database_.dialect())
        );
    }
    std::string conditions{queries_.condition};
    for (const Filter& filter : filters) {
        conditions += fmt::format("{}{}", conditions.empty() ? "" : " and ", condition(filter));
    }
    std::string row;
    database_.session().fetch_each(
        database_.query(
            "admin.each",
            fmt::format(
                "select cast({}({}) as text) from {}{}{} order by t.id",
                database_.dialect() == db::Dialect::sqlite ? "json_array" : "json_build_array",
                shown,
                queries_.from,
                conditions.empty() ? "" : " where ",
                conditions
            )
        ),
        [&] { on_row(row); },
        soci::into(row)
    );
}

std::string EntityRows::dependents_of(long long id) {
    std::string text;
    for (const Dependents& dependents : queries_.dependents) {
        long long count = 0;
        database_.session().fetch_one(dependents.count, soci::use(id, "id"), soci::into(count));
        if (count > 0) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, dependents.what);
        }
    }
    return text;
}

void EntityRows::remove(long long id) {
    if (!queries_.remove_first.sql.empty()) {
        database_.session().execute(queries_.remove_first, soci::use(id, "id"));
    }
    database_.session().execute(
        database_.query(
            "admin.remove",
            fmt::format("delete from {} where id = :id", queries_.table),
            db::Access::write
        ),
        soci::use(id, "id")
    );
}

std::optional<long long> find_namespace(Database& database, const std::string& full_path) {
    long long id = 0;
    const bool is_found =
        database.session().fetch_one(kFindNamespace, soci::use(full_path, "path"), soci::into(id));
    return is_found ? std::optional{id} : std::nullopt;
}

}  // namespace innergate::admin::rows

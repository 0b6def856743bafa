#include "admin/entities/rows/entity_rows.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <soci/soci.h>

#include "app/decimal.hpp"

namespace innergate::admin::rows {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
}

/// The column by which parts in that table name the row.
std::string_view parent_column(const Entity& entity, std::string_view table) {
    const auto part = std::ranges::find(entity.parts, table, &Part::table);
    return part == entity.parts.end() ? std::string_view{} : part->parent_column;
}

}  // namespace

bool EntityRows::exists(long long id) {
    long long found = 0;
    return database_.session().fetch_one(
        database_.query(
            "admin.exists",
            fmt::format(
                "select t.id from {} as t where t.id = :id{}{}",
                entity_.table,
                entity_.condition.empty() ? "" : " and ",
                entity_.condition
            )
        ),
        soci::use(id, "id"),
        soci::into(found)
    );
}

std::optional<long long> EntityRows::find(const std::string& reference) {
    if (const auto id = parse_decimal<long long>(reference); id && exists(*id)) {
        return id;
    }
    return entity_.called.empty() ? std::nullopt : find_called(reference);
}

std::optional<long long> EntityRows::find_called(const std::string& reference) {
    long long id = 0;
    const bool is_found = database_.session().fetch_one(
        database_.query(
            "admin.find",
            fmt::format(
                "select t.id from {} where ({}){}{} order by t.id limit 1",
                entity_.from,
                entity_.called,
                entity_.condition.empty() ? "" : " and ",
                entity_.condition
            )
        ),
        soci::use(reference, "value"),
        soci::into(id)
    );
    return is_found ? std::optional{id} : std::nullopt;
}

std::vector<const Member*> EntityRows::columns(Extent extent) const {
    std::vector<const Member*> columns;
    for (const Member& member : entity_.members) {
        if (member.is_shown == Shown::everywhere ||
            (member.is_shown == Shown::alone && extent == Extent::with_details)) {
            columns.push_back(&member);
        }
    }
    return columns;
}

std::string EntityRows::sql_of(const Member& member) const {
    if (!member.sql.empty()) {
        std::string sql{member.sql};
        const bool is_sqlite = database_.dialect() == db::Dialect::sqlite;
        replace_all(sql, "@list@", is_sqlite ? "json_group_array" : "json_agg");
        replace_all(sql, "@part@", member.column);
        replace_all(sql, "@parent@", parent_column(entity_, member.column));
        return sql;
    }
    if (member.words.empty()) {
        return fmt::format("t.{}", member.name);
    }
    std::string cases;
    for (const Word& word : member.words) {
        cases += fmt::format(" when {} then '{}'", word.number, word.word);
    }
    return fmt::format("case t.{}{} end", member.written_column(), cases);
}

std::string EntityRows::condition(const Filter& filter) const {
    const auto& [name, number] = filter;
    const auto named = std::ranges::find(entity_.filters, name, &NamedCondition::name);
    return named == entity_.filters.end() ? fmt::format("t.{} = {}", name, number)
                                          : fmt::format(fmt::runtime(named->sql), number);
}

void EntityRows::each(
    const std::vector<Filter>& filters,
    const std::function<void(const std::string& row)>& on_row,
    Extent extent
) {
    std::string shown;
    for (const Member* const member : columns(extent)) {
        shown += fmt::format("{}{}", shown.empty() ? "" : ", ", sql_of(*member));
    }
    std::string conditions{entity_.condition};
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
                entity_.from,
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
    for (const Dependents& dependents : entity_.dependents) {
        long long count = 0;
        database_.session().fetch_one(dependents.count, soci::use(id, "id"), soci::into(count));
        if (count > 0) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, dependents.what);
        }
    }
    return text;
}

void EntityRows::remove(long long id) {
    if (!entity_.remove_first.sql.empty()) {
        database_.session().execute(entity_.remove_first, soci::use(id, "id"));
    }
    database_.session().execute(
        database_.query(
            "admin.remove",
            fmt::format("delete from {} where id = :id", entity_.table),
            db::Access::write
        ),
        soci::use(id, "id")
    );
}

}  // namespace innergate::admin::rows

#include "admin/entities/rows/table_rows.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

std::string_view type_in_postgresql(Kind kind) {
    return kind == Kind::timestamp ? "timestamptz" : to_string(kind);
}

std::string names_of(const Columns& columns) {
    std::string names;
    for (const Column* const column : columns) {
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", column->name);
    }
    return names;
}

bool is_key(const Table& table, const Column& column) {
    return std::ranges::find(table.primary_key, column.name) != table.primary_key.end();
}

}  // namespace

std::string TableRows::given(const Column& column, std::size_t place) const {
    if (is_sqlite()) {
        return fmt::format("given.value ->> {}", place);
    }
    return fmt::format("cast(given.value ->> {} as {})", place, type_in_postgresql(column.kind));
}

std::string_view TableRows::source() const {
    return is_sqlite() ? "json_each(:rows) as given"
                       : "jsonb_array_elements(cast(:rows as jsonb)) with ordinality as "
                         "given(value, position)";
}

std::string TableRows::key_of(std::string_view alias) const {
    std::string key;
    for (const std::string& column : table_.primary_key) {
        key += fmt::format(
            "{}cast({}.\"{}\" as text)", key.empty() ? "" : " || ',' || ", alias, column
        );
    }
    return key;
}

void TableRows::each_key(const std::function<void(const std::string& key)>& on_key) {
    std::string key;
    database_.session().fetch_each(
        database_.query(
            "admin.each_key", fmt::format("select {} from {} as t", key_of("t"), table_.name)
        ),
        [&] { on_key(key); },
        soci::into(key)
    );
}

long long TableRows::last_id() {
    const std::string given_by_database =
        is_sqlite()
            ? fmt::format("select seq from sqlite_sequence where name = '{}'", table_.name)
            : fmt::format(
                  "select pg_sequence_last_value(cast(pg_get_serial_sequence('{}', 'id') as "
                  "regclass))",
                  table_.name
              );
    long long largest = 0;
    long long given = 0;
    database_.session().fetch_one(
        database_.query(
            "admin.last_id",
            fmt::format(
                "select coalesce((select max(id) from {}), 0), coalesce(({}), 0)",
                table_.name,
                given_by_database
            )
        ),
        soci::into(largest),
        soci::into(given)
    );
    return std::max(largest, given);
}

void TableRows::insert(const Columns& columns, const std::string& rows) {
    std::string values;
    for (std::size_t place = 0; place < columns.size(); ++place) {
        values += (place == 0 ? "" : ", ") + given(*columns[place], place);
    }
    database_.session().execute(
        database_.query(
            "admin.insert",
            fmt::format(
                "insert into {} ({}) select {} from {}",
                table_.name,
                names_of(columns),
                values,
                source()
            ),
            db::Access::write
        ),
        soci::use(rows, "rows")
    );
}

void TableRows::update(const Columns& columns, const std::string& rows) {
    std::string values;
    std::string assignments;
    std::string conditions;
    for (std::size_t place = 0; place < columns.size(); ++place) {
        const Column& column = *columns[place];
        values += fmt::format(
            "{}{} as \"{}\"", values.empty() ? "" : ", ", given(column, place), column.name
        );
        std::string& clause = is_key(table_, column) ? conditions : assignments;
        clause += fmt::format(
            "{}{}\"{}\" = fresh.\"{}\"",
            clause.empty() ? "" : (&clause == &conditions ? " and " : ", "),
            &clause == &conditions ? table_.name + "." : "",
            column.name,
            column.name
        );
    }
    if (assignments.empty()) {
        return;
    }
    database_.session().execute(
        database_.query(
            "admin.update",
            fmt::format(
                "update {} set {} from (select {} from {}) as fresh where {}",
                table_.name,
                assignments,
                values,
                source(),
                conditions
            ),
            db::Access::write
        ),
        soci::use(rows, "rows")
    );
}

std::vector<TableRows::Match> TableRows::match(
    const Columns& columns,
    const std::vector<std::string>& parts,
    Nulls nulls,
    const std::string& rows
) {
    std::string values;
    for (std::size_t place = 0; place < columns.size(); ++place) {
        values +=
            fmt::format(", {} as \"{}\"", given(*columns[place], place), columns[place]->name);
    }
    std::string conditions;
    for (const std::string& part : parts) {
        // A part is a column, or a function whose first argument is a column. A qualifier before
        // the column makes the same text name either side.
        const std::size_t open = part.find('(');
        const std::size_t at = open == std::string::npos ? 0 : open + 1;
        std::string stored = part;
        std::string fresh = part;
        conditions += fmt::format(
            "{}{} {} {}",
            conditions.empty() ? "" : " and ",
            stored.insert(at, "t."),
            nulls == Nulls::are_equal ? "is not distinct from" : "=",
            fresh.insert(at, "fresh.")
        );
    }
    std::vector<Match> matches;
    Match match{};
    long long row = 0;
    database_.session().fetch_each(
        database_.query(
            "admin.match",
            fmt::format(
                "select fresh.row_number, {} from (select {} as row_number{} from {}) as fresh "
                "join {} as t on {}",
                key_of("t"),
                is_sqlite() ? "given.key" : "given.position - 1",
                values,
                source(),
                table_.name,
                conditions
            )
        ),
        [&] {
            match.row = static_cast<std::size_t>(row);
            matches.push_back(match);
        },
        soci::use(rows, "rows"),
        soci::into(row),
        soci::into(match.key)
    );
    return matches;
}

std::optional<std::string> TableRows::read_text(const std::string& column, const std::string& key) {
    std::optional<std::string> text;
    database_.session().fetch_one(
        database_.query(
            "admin.read_text",
            fmt::format(
                "select \"{}\" from {} as t where {} = :key", column, table_.name, key_of("t")
            )
        ),
        soci::use(key, "key"),
        soci::into(text)
    );
    return text;
}

std::optional<Orphan> TableRows::find_orphan(const ForeignKey& reference) {
    Orphan orphan;
    const bool is_found = database_.session().fetch_one(
        database_.query(
            "admin.find_orphan",
            fmt::format(
                "select {0}, cast(t.{1} as text) from {2} as t left join {3} as parent on "
                "parent.{4} = t.{1} where t.{1} is not null and parent.{4} is null order by t.{5} "
                "limit 1",
                key_of("t"),
                reference.column,
                table_.name,
                reference.parent_table,
                reference.parent_column,
                table_.primary_key.front()
            )
        ),
        soci::into(orphan.key),
        soci::into(orphan.parent)
    );
    return is_found ? std::optional{std::move(orphan)} : std::nullopt;
}

void TableRows::each_row(
    const Columns& columns, const std::function<void(const std::string& row)>& on_row
) {
    std::string order;
    for (const std::string& column : table_.primary_key) {
        order += fmt::format("{}\"{}\"", order.empty() ? "" : ", ", column);
    }
    std::string row;
    database_.session().fetch_each(
        database_.query(
            "admin.each_row",
            fmt::format(
                "select cast({}({}) as text) from {} order by {}",
                is_sqlite() ? "json_array" : "json_build_array",
                names_of(columns),
                table_.name,
                order
            )
        ),
        [&] { on_row(row); },
        soci::into(row)
    );
}

void TableRows::synchronize_identity() {
    const Column* const id = table_.find_column("id");
    if (is_sqlite() || id == nullptr || !id->is_identity) {
        return;  // SQLite's counter follows the ids it sees
    }
    database_.session().execute_once(fmt::format(
        "select setval(identity.sequence, identity.largest) from (select "
        "cast(pg_get_serial_sequence('{0}', 'id') as regclass) as sequence, max(id) as largest "
        "from {0}) as identity where identity.largest > "
        "coalesce(pg_sequence_last_value(identity.sequence), 0)",
        table_.name
    ));
}

void begin_import(Database& database, std::span<const std::string> tables) {
    db::Session& session = database.session();
    if (database.dialect() == db::Dialect::sqlite) {
        session.execute_once("pragma defer_foreign_keys = on");
        return;
    }
    session.execute_once("set constraints all deferred");
    // Large imports may take longer than a request may.
    session.execute_once("set local statement_timeout = 0");
    if (!tables.empty()) {
        session.execute_once(
            fmt::format("lock table {} in share row exclusive mode", fmt::join(tables, ", "))
        );
    }
}

}  // namespace innergate::admin::rows

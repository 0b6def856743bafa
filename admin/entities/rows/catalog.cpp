#include "admin/entities/rows/catalog.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "admin/schema/declared_schema.hpp"
#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

/// One dialect's questions; the answers have the same columns.
struct CatalogQueries {
    db::Query columns;       ///< name, type, is not null, default, is generated, place in the key
    db::Query foreign_keys;  ///< column, parent table, parent column, action
    db::Query indexes;       ///< name or nothing, is unique, definition from the part list on
    db::Query tables;
};

constexpr CatalogQueries kSqlite{
    .columns =
        {"catalog.columns",
         R"sql(
    select name, lower(type), "notnull", dflt_value, case when hidden in (2, 3) then 1 else 0 end, pk
      from pragma_table_xinfo(:table)
     order by cid)sql"},
    .foreign_keys =
        {"catalog.foreign_keys",
         R"sql(
    select "from", "table", "to", lower(on_delete) from pragma_foreign_key_list(:table))sql"},
    // The definition is taken apart below; a UNIQUE constraint has none, only its columns.
    .indexes =
        {"catalog.indexes",
         R"sql(
    select case when list.origin = 'c' then list.name end, list."unique",
           coalesce(
               (select sqlite_master.sql from sqlite_master
                 where sqlite_master.type = 'index' and sqlite_master.name = list.name),
               (select ' ON ' || :table || ' (' || group_concat(info.name, ', ') || ')'
                  from pragma_index_info(list.name) as info))
      from pragma_index_list(:table) as list
     where list.origin <> 'pk')sql"},
    .tables =
        {"catalog.tables",
         R"sql(
    select name from sqlite_master
     where type = 'table' and name not like 'sqlite_%')sql"},
};

/// Tables that say something about their own database, and nothing about another one, or that the
/// database fills by itself.
constexpr std::array<std::string_view, 3> kBookkeeping{
    "schema_migrations", "namespace_figure_changes", "namespace_ancestors"};

bool is_bookkeeping(std::string_view table) {
    return std::ranges::find(kBookkeeping, table) != kBookkeeping.end();
}

constexpr CatalogQueries kPostgresql{
    .columns =
        {"catalog.columns",
         R"sql(
    select a.attname::text, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 1 else 0 end,
           pg_get_expr(d.adbin, d.adrelid), case when a.attgenerated <> '' then 1 else 0 end,
           coalesce(array_position(k.conkey, a.attnum), 0)
      from pg_attribute a
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join pg_constraint k on k.conrelid = a.attrelid and k.contype = 'p'
     where a.attrelid = cast(:table as regclass) and a.attnum > 0 and not a.attisdropped
     order by a.attnum)sql"},
    .foreign_keys =
        {"catalog.foreign_keys",
         R"sql(
    select child.attname::text, k.confrelid::regclass::text, parent.attname::text,
           case k.confdeltype when 'c' then 'cascade' when 'n' then 'set null' when 'r' then 'restrict'
                              else 'no action' end
      from pg_constraint k
      join pg_attribute child on child.attrelid = k.conrelid and child.attnum = k.conkey[1]
      join pg_attribute parent on parent.attrelid = k.confrelid and parent.attnum = k.confkey[1]
     where k.conrelid = cast(:table as regclass) and k.contype = 'f')sql"},
    .indexes =
        {"catalog.indexes",
         R"sql(
    select case when k.oid is null then c.relname::text end, case when i.indisunique then 1 else 0 end,
           ' ON ' || cast(:table as text) || ' ('
           || (select string_agg(pg_get_indexdef(i.indexrelid, part, true), ', ' order by part)
                 from generate_series(1, i.indnkeyatts) as part)
           || ')' || coalesce(' WHERE ' || pg_get_expr(i.indpred, i.indrelid), '')
      from pg_index i
      join pg_class c on c.oid = i.indexrelid
      left join pg_constraint k on k.conindid = i.indexrelid and k.contype = 'u'
     where i.indrelid = cast(:table as regclass) and not i.indisprimary)sql"},
    .tables =
        {"catalog.tables",
         R"sql(
    select tablename::text from pg_tables
     where schemaname = current_schema())sql"},
};

const CatalogQueries& queries_for(db::Dialect dialect) {
    return dialect == db::Dialect::sqlite ? kSqlite : kPostgresql;
}

/// PostgreSQL prints expressions in its own way: `('active'::text)`.
std::string without_casts(std::string_view expression) {
    std::string text = with_single_spaces(expression);
    for (std::size_t at = text.find("::"); at != std::string::npos; at = text.find("::", at)) {
        std::size_t end = at + 2;
        while (end < text.size() && ((text[end] >= 'a' && text[end] <= 'z') || text[end] == '_')) {
            ++end;
        }
        text.erase(at, end - at);
    }
    while (text.starts_with('(') && inside_parentheses(text, 0).size() + 2 == text.size()) {
        text = text.substr(1, text.size() - 2);
    }
    return text;
}

std::optional<std::string> fallback_of(const std::optional<std::string>& expression) {
    if (!expression) {
        return std::nullopt;
    }
    const std::string text = without_casts(*expression);
    if (text == "now()" || text.starts_with("strftime(")) {
        return "now";
    }
    return text;
}

/// `… ON table (part, lower(part)) WHERE predicate`
Index index_of(std::optional<std::string> name, bool is_unique, std::string_view definition) {
    Index index{std::move(name).value_or(""), is_unique, {}, {}};
    const std::size_t open = definition.find('(', definition.find(" ON "));
    const std::string_view parts = inside_parentheses(definition, open);
    for (const std::string_view part : split_at_commas(parts)) {
        index.parts.push_back(without_casts(part));
    }
    constexpr std::string_view kWhere = "WHERE ";
    const std::string_view rest = definition.substr(open + parts.size() + 2);
    if (const std::size_t where = rest.find(kWhere); where != std::string_view::npos) {
        index.predicate = without_casts(rest.substr(where + kWhere.size()));
    }
    return index;
}

std::optional<Kind> kind_in_postgresql(std::string_view type) {
    constexpr std::array<std::pair<std::string_view, Kind>, 7> kTypes{{
        {"bigint", Kind::bigint},
        {"integer", Kind::integer},
        {"smallint", Kind::smallint},
        {"boolean", Kind::boolean},
        {"text", Kind::text},
        {"date", Kind::date},
        {"timestamp with time zone", Kind::timestamp},
    }};
    const auto* const found =
        std::ranges::find(kTypes, type, &std::pair<std::string_view, Kind>::first);
    return found == kTypes.end() ? std::nullopt : std::optional{found->second};
}

/// SQLite keeps integers of all three sizes and booleans as integers, and times and dates as text.
Kind kind_of(std::string_view type, const DeclaredColumn& declared, db::Dialect dialect) {
    if (dialect == db::Dialect::postgresql) {
        if (const auto kind = kind_in_postgresql(type)) {
            return *kind;
        }
    }
    return declared.kind;
}

class Catalog {
public:
    explicit Catalog(Database& database)
        : session_(database.session()),
          dialect_(database.dialect()),
          queries_(queries_for(dialect_)) {}

    std::vector<std::string> table_names() {
        std::vector<std::string> names;
        std::string name;
        session_.fetch_each(
            queries_.tables, [&] { names.push_back(name); }, soci::into(name)
        );
        return names;
    }

    Table table(const DeclaredTable& declared) {
        Table table;
        table.name = declared.name;
        table.comment = declared.comment;
        table.checks = declared.checks;
        read_columns(declared, table);
        read_foreign_keys(table);
        read_indexes(table);
        return table;
    }

private:
    void read_columns(const DeclaredTable& declared, Table& table) {
        std::string name;
        std::string type;
        int is_not_null = 0;
        std::optional<std::string> expression;
        int is_generated = 0;
        long long place_in_key = 0;
        std::vector<std::pair<long long, std::string>> key;
        session_.fetch_each(
            queries_.columns,
            [&] {
                const DeclaredColumn* const column = declared.find_column(name);
                if (column == nullptr || (is_generated != 0) == column->generated_as.empty()) {
                    throw std::logic_error{
                        "the migrations do not declare " + table.name + "." + name + " as it is"};
                }
                if (place_in_key != 0) {
                    key.emplace_back(place_in_key, name);
                }
                table.columns.push_back({
                    .name = name,
                    .kind = kind_of(type, *column, dialect_),
                    // SQLite does not say that an integer primary key is never NULL.
                    .is_nullable = is_not_null == 0 && place_in_key == 0,
                    .is_identity = column->is_identity,
                    .fallback = is_generated == 0 ? fallback_of(expression) : std::nullopt,
                    .generated_as = column->generated_as,
                    .comment = column->comment,
                });
            },
            soci::use(table.name, "table"),
            soci::into(name),
            soci::into(type),
            soci::into(is_not_null),
            soci::into(expression),
            soci::into(is_generated),
            soci::into(place_in_key)
        );
        std::ranges::sort(key);
        for (auto& [place, column] : key) {
            table.primary_key.push_back(std::move(column));
        }
    }

    void read_foreign_keys(Table& table) {
        ForeignKey key;
        session_.fetch_each(
            queries_.foreign_keys,
            [&] { table.foreign_keys.push_back(key); },
            soci::use(table.name, "table"),
            soci::into(key.column),
            soci::into(key.parent_table),
            soci::into(key.parent_column),
            soci::into(key.on_delete)
        );
        std::ranges::sort(table.foreign_keys, {}, &ForeignKey::column);
    }

    void read_indexes(Table& table) {
        std::optional<std::string> name;
        int is_unique = 0;
        std::string definition;
        session_.fetch_each(
            queries_.indexes,
            [&] { table.indexes.push_back(index_of(name, is_unique != 0, definition)); },
            soci::use(table.name, "table"),
            soci::into(name),
            soci::into(is_unique),
            soci::into(definition)
        );
        std::ranges::sort(table.indexes, [](const Index& left, const Index& right) {
            return std::tie(left.parts, left.predicate, left.name) <
                   std::tie(right.parts, right.predicate, right.name);
        });
    }

    db::Session& session_;
    db::Dialect dialect_;
    const CatalogQueries& queries_;
};

}  // namespace

SchemaModel read_schema(Database& database, std::span<const sql::Migration> migrations) {
    Catalog catalog{database};
    std::vector<std::string> names = catalog.table_names();
    std::erase_if(names, is_bookkeeping);
    SchemaModel model;
    for (const DeclaredTable& declared : declared_tables(migrations)) {
        if (is_bookkeeping(declared.name)) {
            continue;
        }
        if (std::erase(names, declared.name) == 0) {
            throw std::logic_error{"the database has no table " + declared.name};
        }
        model.tables.push_back(catalog.table(declared));
    }
    if (!names.empty()) {
        throw std::logic_error{"no migration declares the table " + names.front()};
    }
    return model;
}

}  // namespace innergate::admin::rows

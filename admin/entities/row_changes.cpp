#include "admin/entities/row_changes.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "admin/entities/rows/catalog.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include "admin/entities/written.hpp"
#include "admin/import/importer.hpp"
#include <fmt/format.h>

#include "app/clock.hpp"
#include "app/db/transaction.hpp"
#include "app/time_format.hpp"

namespace innergate::admin {
namespace {

/// The number of the only row of a table. A check of the table allows no other.
constexpr long long kOnlyId = 1;

std::map<std::string, Importer::Expected> tables_written(const Entity& entity) {
    std::map<std::string, Importer::Expected> tables;
    tables[std::string{entity.table}] = {};
    for (const Part& part : entity.parts) {
        tables[std::string{part.table}] = {};
    }
    return tables;
}

std::string sentence(const ImportFault& fault) {
    return fault.column.empty() ? fault.reason : fault.column + ": " + fault.reason;
}

Written write_option(NewRow& row, const GivenOption& given) {
    const auto& [member, text] = given;
    Written done = member->write(row, *member, text);
    if (!done) {
        return tl::unexpected(fmt::format("{}: {}", member->option, done.error()));
    }
    return done;
}

Imported<> write(Importer& importer, const Entity& entity, NewRow& row, long long id) {
    if (auto done = importer.begin_table(entity.table, 0); !done) {
        return done;
    }
    if (auto done = importer.add(row.row); !done) {
        return done;
    }
    for (PartRow& part : row.parts) {
        const auto known = std::ranges::find(entity.parts, part.table, &Part::table);
        part.row.cells.push_back(
            {std::string{known->parent_column}, Cell::Type::number, std::to_string(id), 0}
        );
        if (auto done = importer.begin_table(part.table, 0); !done) {
            return done;
        }
        if (auto done = importer.add(std::move(part.row)); !done) {
            return done;
        }
    }
    return {};
}

/// Answers null if `set` does not write it under that name.
const Member* member_set_by(const Entity& entity, std::string_view name) {
    const auto found = std::ranges::find_if(entity.members, [&](const Member& member) {
        return member.is_set_by_name &&
               (member.name == name || (!member.words.empty() && member.column == name));
    });
    return found == entity.members.end() ? nullptr : &*found;
}

/// What may stand before the `=`.
std::string names_to_set(const Entity& entity, const Table& table) {
    std::vector<std::string_view> names;
    for (const Member& member : entity.members) {
        if (member.is_set_by_name && table.find_column(member.name) == nullptr) {
            names.push_back(member.name);
        }
    }
    for (const Column& column : table.columns) {
        if (!column.is_identity && !column.is_generated()) {
            names.push_back(column.name);
        }
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

Written write_column(
    NewRow& row,
    const Entity& entity,
    const Table& table,
    const std::string& name,
    const std::string& text
) {
    const Column* const column = table.find_column(name);
    if (column == nullptr) {
        const auto secret = std::ranges::find_if(entity.members, [&](const Member& member) {
            return member.name == name && !member.set_option.empty();
        });
        return tl::unexpected(
            secret == entity.members.end()
                ? fmt::format("there is no such column. There are {}", names_to_set(entity, table))
                : fmt::format("is given by {}", secret->set_option)
        );
    }
    if (column->is_identity) {
        return tl::unexpected(std::string{"is the number of the row, which stays"});
    }
    return written::any_column(row, table, *column, text);
}

Written write_change(NewRow& row, const Entity& entity, const Table& table, const Change& change) {
    if (change.option != nullptr && change.option->need != Need::flag) {
        return change.option->write(row, *change.option, change.text);
    }
    if (change.option != nullptr) {
        return write_column(
            row, entity, table, std::string{change.option->written_column()}, change.text
        );
    }
    const Member* const member = member_set_by(entity, change.name);
    return member == nullptr ? write_column(row, entity, table, change.name, change.text)
                             : member->write(row, *member, change.text);
}

/// Answers the column that two of the changes write, or an empty text.
std::string twice_in(const ImportRow& row) {
    for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell) {
        if (std::find_if(row.cells.begin(), cell, [&](const Cell& earlier) {
                return earlier.column == cell->column;
            }) != cell) {
            return cell->column;
        }
    }
    return {};
}

Written write_changes(
    NewRow& row, const Entity& entity, const Table& table, const std::vector<Change>& changes
) {
    for (const Change& change : changes) {
        if (auto done = write_change(row, entity, table, change); !done) {
            return tl::unexpected(fmt::format("{}: {}", change.name, done.error()));
        }
    }
    if (const std::string column = twice_in(row.row); !column.empty()) {
        return tl::unexpected(column + ": is given twice");
    }
    return {};
}

}  // namespace

tl::expected<Added, std::string> add_row(
    Context& context,
    Database& database,
    const Entity& entity,
    const std::vector<GivenOption>& options
) {
    const SchemaModel schema = rows::read_schema(database);
    const KeyBase key_base = context.db_key_base;
    Importer importer{database, schema, key_base, tables_written(entity), MatchRows::never};
    NewRow row{.database = database, .secret = {}};
    for (const GivenOption& option : options) {
        if (auto done = write_option(row, option); !done) {
            return tl::unexpected(std::move(done.error()));
        }
    }
    if (entity.complete != nullptr) {
        entity.complete(context, row);
    }
    const long long id = importer.reserve_id(entity.table);
    row.set("id", Cell::Type::number, std::to_string(id));
    if (auto done = write(importer, entity, row, id); !done) {
        return tl::unexpected(sentence(done.error()));
    }
    if (auto done = importer.finish(); !done) {
        return tl::unexpected(sentence(done.error()));
    }
    if (entity.follow_up != nullptr) {
        entity.follow_up(database, id);
    }
    return Added{id, std::move(row.secret)};
}

tl::expected<long long, std::string> set_row(
    Context& context,
    Database& database,
    const Entity& entity,
    const std::string& reference,
    const std::vector<Change>& changes
) {
    const SchemaModel schema = rows::read_schema(database);
    const Table& table = *schema.find_table(entity.table);
    const KeyBase key_base = context.db_key_base;
    Importer importer{database, schema, key_base, tables_written(entity), MatchRows::never};
    const auto id = find_row(database, entity, reference);
    if (!id) {
        return tl::unexpected(id.error());
    }
    NewRow row{.database = database, .secret = {}};
    if (auto done = write_changes(row, entity, table, changes); !done) {
        return tl::unexpected(std::move(done.error()));
    }
    if (table.find_column("updated_at") != nullptr && row.find("updated_at") == nullptr) {
        row.set("updated_at", Cell::Type::text, to_iso8601(SystemClock{}.now()));
    }
    if (entity.extend != nullptr) {
        entity.extend(row, *id);
    }
    row.set("id", Cell::Type::number, std::to_string(*id));
    if (auto done = write(importer, entity, row, *id); !done) {
        return tl::unexpected(sentence(done.error()));
    }
    if (auto done = importer.finish(); !done) {
        return tl::unexpected(sentence(done.error()));
    }
    return *id;
}

tl::expected<long long, std::string> remove_row(
    Database& database, const Entity& entity, const std::string& reference, Orphans orphans
) {
    db::Transaction transaction{database.session()};
    const auto id = find_row(database, entity, reference);
    if (!id) {
        return tl::unexpected(id.error());
    }
    rows::EntityRows rows{database, entity};
    const std::string dependents = rows.dependents_of(*id);
    if (orphans == Orphans::refuse && !dependents.empty()) {
        return tl::unexpected(fmt::format(
            "{} {} has {}: --force removes them too", entity.name, reference, dependents
        ));
    }
    rows.remove(*id);
    transaction.commit();
    return *id;
}

tl::expected<long long, std::string> find_row(
    Database& database, const Entity& entity, const std::string& reference
) {
    if (entity.handling == Handling::only_row) {
        return kOnlyId;
    }
    const auto id = rows::EntityRows{database, entity}.find(reference);
    if (!id) {
        return tl::unexpected(fmt::format("there is no {} {}", entity.name, reference));
    }
    return *id;
}

}  // namespace innergate::admin

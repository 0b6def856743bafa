// What the operator's tool knows of a kind of row: one declaration, of which `add`, `set`, `list`,
// `show` and `remove`, their help, the man page and the completion are made.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "admin/commands/database.hpp"
#include "admin/entities/column_value.hpp"
#include "admin/import/import_document.hpp"
#include "admin/schema/schema_model.hpp"
#include <tl/expected.hpp>

#include "app/db/query.hpp"

namespace CLI {
class App;
}

namespace innergate::json {
class Value;
}

namespace innergate::admin {

struct Context;
struct Entity;
struct Member;

/// A row of another table that belongs to the one being written, such as one access level of a
/// protected branch. It gets the row's id by itself.
struct PartRow {
    std::string table;
    ImportRow row = {.number = 1, .offset = 0, .cells = {}};
};

/// A row in the making.
struct NewRow {
    Database& database;
    ImportRow row = {.number = 1, .offset = 0, .cells = {}};
    std::vector<PartRow> parts = {};
    std::string secret;  ///< made by the command, shown once

    void set(std::string_view column, Cell::Type type, std::string text);
    [[nodiscard]] const Cell* find(std::string_view column) const;

    /// The row to fill.
    ImportRow& add_part(std::string_view table);
    [[nodiscard]] bool has_part_in(std::string_view table) const;
};

/// Errors: a sentence for the operator.
using Written = tl::expected<void, std::string>;

/// Makes cells of what an operator wrote. Those that serve many members are in written.hpp.
using Write = Written (*)(NewRow& row, const Member& member, const std::string& text);

/// A word that stands for a number in the database.
struct Word {
    std::string_view word;
    int number = 0;
};

enum class Need {
    none,  ///< `add` does not take it
    optional,
    required,
    flag,
    one_of,       ///< of the entity's members with this need, one is required
    one_of_flag,  ///< the same, without a value
    repeatable,   ///< written once for each time it is given
};

enum class Shown {
    nowhere,
    everywhere,
    alone,  ///< where a single row is shown, not in lists
};

/// One thing about a row that an operator reads, writes, or both. Made by shown() and given().
struct Member {
    std::string_view name;  ///< as `list` and `show` print it and `set` takes it
    Kind kind = Kind::text;
    /// How it is read; empty: the column of its name, or the words for it. `@list@` is the
    /// aggregate function that makes a JSON array, `@part@` the table of parts in `column`,
    /// `@parent@` that table's column that names the row.
    std::string_view sql;
    Shown is_shown = Shown::nowhere;
    bool holds_json_array = false;

    std::string_view column;  ///< what is written, a table for parts; empty: the column of its name
    Write write = nullptr;    ///< null: an operator cannot write it
    std::string_view option;  ///< with its dashes
    std::string_view description;
    Need need = Need::none;
    std::string_view set_option;  ///< of `set`; empty: it has none
    std::string_view set_description;
    bool is_set_by_name = false;  ///< `set` takes NAME=VALUE
    std::span<const Word> words = {};
    const Entity* parent = nullptr;  ///< what it names
    /// Completes what the database knows, for `show`.
    json::Value (*completed)(long long id, const json::Value& stored) = nullptr;

    [[nodiscard]] constexpr std::string_view written_column() const {
        return column.empty() ? name : column;
    }

    // Each answers a copy that differs in one thing.

    template <class T>
    constexpr Member with(T Member::*what, T value) const {
        Member copy = *this;
        copy.*what = value;
        return copy;
    }
    constexpr Member only_alone() const { return with(&Member::is_shown, Shown::alone); }
    constexpr Member as_json_array() const { return with(&Member::holds_json_array, true); }
    constexpr Member completed_by(json::Value (*complete)(long long, const json::Value&)) const {
        return with(&Member::completed, complete);
    }
    /// Written into another column than that of its name.
    constexpr Member into(std::string_view written) const { return with(&Member::column, written); }
    constexpr Member in_words(std::span<const Word> all) const { return with(&Member::words, all); }
    constexpr Member naming(const Entity& entity) const { return with(&Member::parent, &entity); }
    /// An option of `add`.
    constexpr Member by_option(
        std::string_view name_of_option, std::string_view text, Write how, Need how_needed
    ) const {
        Member copy = *this;
        copy.option = name_of_option;
        copy.description = text;
        copy.write = how;
        copy.need = how_needed;
        return copy;
    }
    /// `set` takes NAME=VALUE, and writes it as `add` does.
    constexpr Member settable() const { return with(&Member::is_set_by_name, true); }
    /// `set` takes the option, too.
    constexpr Member set_by_option() const { return set_by_option(option, description); }
    /// `set` has an option with a value where `add` has a flag.
    constexpr Member set_by_option(std::string_view name_of_option, std::string_view text) const {
        Member copy = *this;
        copy.set_option = name_of_option;
        copy.set_description = text;
        return copy;
    }
};

/// What `list` and `show` print under that name.
constexpr Member shown(std::string_view name, Kind kind, std::string_view sql = {}) {
    Member member;
    member.name = name;
    member.kind = kind;
    member.sql = sql;
    member.is_shown = Shown::everywhere;
    return member;
}

/// What an operator writes and does not read under that name.
constexpr Member given(std::string_view column) {
    Member member;
    member.name = column;
    return member;
}

/// An option of `list` that keeps rows of one parent, or a flag.
struct ListOption {
    std::string_view name;
    std::string_view description;
    std::string_view filter;  ///< as rows::Filter names it
    const Entity* parent = nullptr;
};

/// Rows that must not be lost unnoticed together with the row they belong to.
struct Dependents {
    std::string_view what;
    db::Query count;  ///< takes :id
};

/// Rows of another table that are written together with the row and name it.
struct Part {
    std::string_view table;
    std::string_view parent_column;
};

/// A condition on t by which `list` can filter; `{}` stands for its number.
struct NamedCondition {
    std::string_view name;
    std::string_view sql;
};

/// A flag of `add` that does more once the row is there.
struct AddFlag {
    std::string_view name;
    std::string_view description;
    /// False: it could not be done, and context.fail() was called.
    bool (*act)(Context& context, long long id) = nullptr;
};

enum class Handling {
    kept,       ///< an operator adds and removes the rows
    looked_at,  ///< a client of the API does, and would not know of an operator's changes
    only_row,   ///< there is one, which can be neither added nor removed
};

/// Rules for every row of a table, whatever writes it; an import follows them too.
struct TableRules {
    /// Parts of an index, in which NULLs are equal. They, and unique columns, tell which row is
    /// meant by one without its id. A column that is left out is NULL.
    std::span<const std::string_view> natural_key = {};
    /// Fills columns that follow from others, or says what is wrong.
    Derived (*derive)(RowValues& values) = nullptr;
    /// Fills in, for a new row, what is so if nothing else is said.
    void (*imply)(RowValues& values) = nullptr;
};

/// A kind of row. What has nothing to say stays empty.
struct Entity {
    std::string_view name;  ///< of the command
    std::string_view description;
    std::string_view reference;  ///< what names one of them
    std::string_view table;
    std::string_view from;       ///< with the table as t
    std::string_view condition;  ///< what makes a row of the table this entity
    std::string_view called;     ///< whether t is called :value; empty: it is known only by its id
    std::span<const Member> members;
    std::span<const ListOption> list = {};
    std::span<const NamedCondition> filters = {};  ///< besides the columns of the table
    std::span<const Dependents> dependents = {};
    std::span<const Part> parts = {};
    db::Query remove_first = {};  ///< takes :id, before the row itself goes
    std::string_view stays = {};  ///< what is said to be left when a row is removed; empty: nothing
    Handling handling = Handling::kept;
    std::string_view example = {};  ///< of what `set` takes

    /// What the options of `add` leave open.
    void (*complete)(const Context& context, NewRow& row) = nullptr;
    /// What a change by `set` brings with it.
    void (*extend)(NewRow& row, long long id) = nullptr;
    /// After the row was added.
    void (*follow_up)(Database& database, long long id) = nullptr;
    std::optional<AddFlag> add_flag = std::nullopt;
    /// An `add` of its own.
    void (*register_add)(CLI::App& parent, Context& context, const Entity& entity) = nullptr;
    /// Commands beside the usual ones.
    void (*register_more)(CLI::App& parent, Context& context, const Entity& entity) = nullptr;

    TableRules rules = {};
};

}  // namespace innergate::admin

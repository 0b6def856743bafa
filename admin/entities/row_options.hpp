// The options of `add` and `list` commands: what an operator may write, and which function makes
// cells of rows of it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "admin/commands/database.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include "admin/import/import_document.hpp"
#include <tl/expected.hpp>

namespace innergate::admin {

/// A row of another table that belongs to the one being added, such as one access level of a
/// protected branch. It gets the new row's id by itself.
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
using Filled = tl::expected<void, std::string>;

struct AddOption {
    enum class Need { optional, required, flag, one_of, one_of_flag, repeatable };

    std::string_view name;  ///< with its dashes
    std::string_view description;
    Need need = Need::optional;
    std::string_view place;  ///< a column of the row, or a table in which it gets a part
    /// Called in the order of the options, for a repeatable one once for each time it is given.
    Filled (*fill)(NewRow& row, std::string_view place, const std::string& text) = nullptr;
};

/// An option of `list` that keeps rows of one parent, or a flag.
struct ListOption {
    std::string_view name;
    std::string_view description;
    std::string_view filter;  ///< as rows::Filter names it
    std::optional<rows::EntityName> parent;
};

/// Who makes the rows. What is only looked at has no `add` and no `remove`: some client of the API
/// keeps it, and would not know.
enum class Handling { kept, looked_at };

struct EntityCommands {
    rows::EntityName entity;
    std::string_view name;
    std::string_view description;
    std::string_view reference;  ///< what names one of them
    std::span<const AddOption> add = {};
    std::span<const ListOption> list = {};
    std::span<const AddOption> update = {};  ///< all optional; empty: there is no `update`
    std::string_view stays = {};             ///< what one that is removed leaves behind, if asked
    Handling handling = Handling::kept;
};

/// One per entity, in the order of `--help`.
[[nodiscard]] std::span<const EntityCommands> entity_commands();

}  // namespace innergate::admin

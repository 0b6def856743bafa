// Adding, changing and removing single rows, with what belongs to them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "admin/commands/context.hpp"
#include "admin/entities/entity.hpp"
#include <tl/expected.hpp>

namespace innergate::admin {

/// An option of `add`, in the order of the entity's members.
using GivenOption = std::pair<const Member*, std::string>;

struct Added {
    long long id = 0;
    std::string secret;  ///< to be shown this once; empty: the row has none
};

/// In one transaction, with Entity::complete and Entity::follow_up. Errors: a sentence for the
/// operator; nothing is changed.
[[nodiscard]] tl::expected<Added, std::string> add_row(
    Context& context,
    Database& database,
    const Entity& entity,
    const std::vector<GivenOption>& options
);

/// One thing that `set` should change.
struct Change {
    std::string name;                ///< a member or a column; of an option: the option
    std::string text;                ///< the value as written
    const Member* option = nullptr;  ///< whose Member::set_option it was given by
};

/// Writes into the row what an operator may write into it: members as `add` writes them, and every
/// column of the table that is not made by the database. In one transaction, with the checks of an
/// import, the redirects of paths that change, and Entity::extend. `reference` is empty where there
/// is one row only. Errors: as add_row(), or there is no such row.
[[nodiscard]] tl::expected<long long, std::string> set_row(
    Context& context,
    Database& database,
    const Entity& entity,
    const std::string& reference,
    const std::vector<Change>& changes
);

enum class Orphans { refuse, remove };

/// Errors: there is no such row, or others depend on it and `orphans` says to refuse.
[[nodiscard]] tl::expected<long long, std::string> remove_row(
    Database& database, const Entity& entity, const std::string& reference, Orphans orphans
);

/// The id of the row that is called so, or the only row's where an entity has one row. Error: there
/// is no such row.
[[nodiscard]] tl::expected<long long, std::string> find_row(
    Database& database, const Entity& entity, const std::string& reference
);

}  // namespace innergate::admin

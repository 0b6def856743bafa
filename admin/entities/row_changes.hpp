// Adding and removing single rows, with what belongs to them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "admin/commands/context.hpp"
#include "admin/entities/row_options.hpp"
#include <tl/expected.hpp>

namespace innergate::admin {

using GivenOption = std::pair<const AddOption*, std::string>;

struct Added {
    long long id = 0;
    std::string secret;  ///< to be shown this once; empty: the row has none
};

/// In one transaction. A user gets a personal namespace, a token its secret, an agent's token the
/// event of its making, a key without title the title in its comment, a protection in which nobody
/// is named lets maintainers pass, error tracking gets a new key. Errors: a sentence for the
/// operator; nothing is changed.
[[nodiscard]] tl::expected<Added, std::string> add_row(
    Context& context,
    Database& database,
    const EntityCommands& commands,
    const std::vector<GivenOption>& options
);

/// Sets the columns of the row that the options name, in one transaction. Errors: as add_row(), or
/// there is no such row.
[[nodiscard]] tl::expected<long long, std::string> update_row(
    Context& context,
    Database& database,
    const EntityCommands& commands,
    const std::string& reference,
    const std::vector<GivenOption>& options
);

enum class Orphans { refuse, remove };

/// Errors: there is no such row, or others hang on it and are to be refused.
[[nodiscard]] tl::expected<long long, std::string> remove_row(
    Database& database,
    const EntityCommands& commands,
    const std::string& reference,
    Orphans orphans
);

}  // namespace innergate::admin

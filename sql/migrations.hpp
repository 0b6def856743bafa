// The schema's history as data: the text of every file in sql/migrations, in order, fixed when the
// program is built. app/db runs it, and has the words that differ between the databases.
#pragma once

#include <span>
#include <string_view>

namespace innergate::sql {

/// One step of the schema. Versions start at 1 and have no gaps.
struct Migration {
    int version;
    std::string_view name;  ///< the file's name without its ending, such as "0001_identity"
    std::string_view sql;   ///< statements ending in ";" at the end of a line, with words between @
                            ///< for the dialect
};

/// All steps, oldest first.
[[nodiscard]] std::span<const Migration> migrations();

}  // namespace innergate::sql

// A named SQL statement: a constant beside its only caller.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/db/dialect.hpp"

namespace innergate::db {

/// Whether a statement may be repeated when the connection was found dead.
enum class Access { read, write };

struct Query {
    std::string_view name;  ///< `store.method`, as the log and the metrics show it
    /// Values only by name (`:key_id`); no colon in comments, SOCI would take it for a name.
    std::string_view sql;
    Access access = Access::read;
    /// The database whose SQL it is, where one text cannot serve both.
    std::optional<Dialect> only = std::nullopt;
};

/// The values of a query composed at run time, by name `:v0`, `:v1` and so on. The texts must
/// outlive the call.
struct ComposedValues {
    std::span<const std::string> texts;
};

}  // namespace innergate::db

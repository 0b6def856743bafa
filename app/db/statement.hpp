// A named statement that knows where the values of its rows go.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "app/db/columns.hpp"
#include "app/db/query.hpp"
#include "app/db/sql.hpp"

namespace innergate::db {

/// Of a statement whose parts name no columns().
struct NoColumns {};

/// A constant beside its only caller, like a Query, and as good as one.
template <std::size_t Length, class ColumnTable>
struct Statement {
    std::string_view name;
    Sql<Length> sql;
    ColumnTable columns;
    Access access = Access::read;
    std::optional<Dialect> only = std::nullopt;

    /// The database whose SQL it is, where one text cannot serve both.
    [[nodiscard]] constexpr Statement only_on(Dialect dialect) const {
        Statement restricted = *this;
        restricted.only = dialect;
        return restricted;
    }

    /// The query's texts are those of this statement.
    // NOLINTNEXTLINE(google-explicit-constructor): whatever takes a query takes it
    [[nodiscard]] constexpr operator Query() const& { return {name, sql.view(), access, only}; }
    operator Query() const&& = delete;
};

/// Fills a row of the table's type in a use of a statement.
template <class ColumnTable>
struct RowBinding {
    const ColumnTable& columns;
    typename ColumnTable::RowType& row;
};

/// To be given to Session beside other bindings.
template <class ColumnTable>
RowBinding<ColumnTable> into(const ColumnTable& columns, typename ColumnTable::RowType& row) {
    return {columns, row};
}

/// The first table of columns among the parts.
template <class... Parts>
constexpr auto columns_among(const Parts&... /*parts*/) {
    return NoColumns{};
}
template <class Row, class... Entries, class... Others>
constexpr auto columns_among(const Columns<Row, Entries...>& columns, const Others&... /*others*/) {
    return columns;
}
template <class First, class... Others>
constexpr auto columns_among(const First& /*first*/, const Others&... others) requires(
    sizeof...(Others) > 0
) {
    return columns_among(others...);
}

template <class... Parts>
constexpr auto statement(Access access, std::string_view name, const Parts&... parts) {
    const auto text = sql(parts...);
    return Statement<sizeof(text.characters), decltype(columns_among(parts...))>{
        name, text, columns_among(parts...), access, std::nullopt};
}

/// `reading("users.find", "select", kColumns, "from users where id = :id")`
template <class... Parts>
constexpr auto reading(std::string_view name, const Parts&... parts) {
    return statement(Access::read, name, parts...);
}

/// The same for a statement that is not repeated on another connection.
template <class... Parts>
constexpr auto writing(std::string_view name, const Parts&... parts) {
    return statement(Access::write, name, parts...);
}

}  // namespace innergate::db

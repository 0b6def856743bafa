// Which columns a statement reads, and where the value of each goes: one table yields both, so that
// no position can drift between them.
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "app/db/sql.hpp"

namespace innergate::db {

/// The value goes to the member as it is read.
struct AsRead {};

/// SQL, and the way from a row to the member that takes the value: pointers to members, the row's
/// own first.
template <std::size_t Length, class Convert, class... Members>
struct Column {
    Sql<Length> sql;
    Convert convert;
    std::tuple<Members...> path;

    template <class Row>
    [[nodiscard]] constexpr auto& place_in(Row& row) const {
        return std::apply(
            [&row](const auto... members) -> auto& { return (row.*....*members); }, path
        );
    }
};

/// `column("users.state", &Row::user, &UserFacts::state)`
template <class Text, class... Members>
constexpr auto column(const Text& text, Members... members) {
    return Column<sizeof(as_sql(text).characters), AsRead, Members...>{
        as_sql(text), {}, {members...}};
}

/// A condition: 1 or 0.
template <class Text, class... Members>
constexpr auto flag(const Text& text, Members... members) {
    return column(sql("case when", text, "then 1 else 0 end"), members...);
}

/// A column of another type in the database than in the row: `convert` makes the latter of the
/// former.
template <class Text, class Read, class Kept, class... Members>
constexpr auto converted(const Text& text, Kept (*convert)(Read), Members... members) {
    return Column<sizeof(as_sql(text).characters), Kept (*)(Read), Members...>{
        as_sql(text), convert, {members...}};
}

template <class Row, class... Entries>
struct Columns {
    using RowType = Row;

    std::tuple<Entries...> entries;

    /// The list as it stands behind `select` or `returning`.
    [[nodiscard]] constexpr auto list() const {
        return std::apply(
            [](const auto&... entry) { return joined(as_sql(", "), entry.sql...); }, entries
        );
    }
};

template <class Row, class... Entries>
constexpr auto as_sql(const Columns<Row, Entries...>& columns) {
    return columns.list();
}

template <std::size_t Length, class Convert, class... Members>
constexpr auto entries_of(const Column<Length, Convert, Members...>& column) {
    return std::tuple{column};
}
template <class Row, class... Entries>
constexpr auto entries_of(const Columns<Row, Entries...>& columns) {
    return columns.entries;
}

template <class Row, class... Entries>
constexpr Columns<Row, Entries...> columns_of(std::tuple<Entries...> entries) {
    return {std::move(entries)};
}

/// The columns that fill a `Row`, in their order: column(), flag(), converted(), within().
template <class Row, class... Parts>
constexpr auto columns(const Parts&... parts) {
    return columns_of<Row>(std::tuple_cat(entries_of(parts)...));
}

/// The columns of a part of the row.
template <class Row, class Part, class... Entries>
constexpr auto within(Part Row::*part, const Columns<Part, Entries...>& columns) {
    const auto entry_within = [part]<std::size_t Length, class Convert, class... Members>(
        const Column<Length, Convert, Members...>& column
    ) {
        return Column<Length, Convert, Part Row::*, Members...>{
            column.sql,
            column.convert,
            std::tuple_cat(std::tuple{part}, column.path),
        };
    };
    return std::apply(
        [&entry_within](const auto&... entries) {
            return columns_of<Row>(std::tuple{entry_within(entries)...});
        },
        columns.entries
    );
}

}  // namespace innergate::db

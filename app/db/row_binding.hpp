// How a table of columns becomes SOCI's bindings.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <soci/soci.h>

#include "app/db/bindings.hpp"
#include "app/db/columns.hpp"

namespace innergate::db {

/// The type that the database fills for such a parameter.
template <class Parameter>
using Stored = std::conditional_t<
    std::is_same_v<Parameter, std::string_view>,
    std::string,
    std::remove_cvref_t<Parameter>>;

/// Reads a value and gives what `convert` makes of it to its place. NULL is an error.
template <class Parameter, class Kept, class Place>
class ConvertedInto : private soci::details::base_value_holder<Stored<Parameter>>,
                      public soci::details::into_type<Stored<Parameter>> {
    // The first base is made before the second, which refers to it.
    using Holder = soci::details::base_value_holder<Stored<Parameter>>;

public:
    ConvertedInto(Place& place, Kept (*convert)(Parameter))
        : soci::details::into_type<Stored<Parameter>>(Holder::val_),
          place_(place),
          convert_(convert) {}

private:
    void convert_from_base() override { place_ = convert_(Holder::val_); }

    Place& place_;
    Kept (*convert_)(Parameter);
};

template <class Place>
void bind_column(soci::statement& statement, Place& place, AsRead /*convert*/) {
    statement.exchange(soci::into(place));
}

template <class Place, class Kept, class Parameter>
void bind_column(soci::statement& statement, Place& place, Kept (*convert)(Parameter)) {
    statement.exchange(soci::details::into_type_ptr{
        new ConvertedInto<Parameter, Kept, Place>{place, convert}});
}

/// Each column of the table, in the order in which the statement lists them.
template <class Row, class... Entries>
void bind_columns(soci::statement& statement, const Columns<Row, Entries...>& columns, Row& row) {
    std::apply(
        [&statement, &row](const auto&... entries) {
            (bind_column(statement, entries.place_in(row), entries.convert), ...);
        },
        columns.entries
    );
}

}  // namespace innergate::db

#include "app/admin/schema_model.hpp"

#include <algorithm>

namespace innergate::admin {
namespace {

template <class Named>
const Named* find_named(const std::vector<Named>& items, std::string_view name) {
    const auto found = std::ranges::find(items, name, &Named::name);
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(Kind kind) {
    switch (kind) {
        case Kind::bigint:
            return "bigint";
        case Kind::integer:
            return "integer";
        case Kind::smallint:
            return "smallint";
        case Kind::boolean:
            return "boolean";
        case Kind::text:
            return "text";
        case Kind::date:
            return "date";
        case Kind::timestamp:
            return "timestamp";
    }
    return "";
}

const Column* Table::find_column(std::string_view column) const {
    return find_named(columns, column);
}

const Table* SchemaModel::find_table(std::string_view name) const {
    return find_named(tables, name);
}

}  // namespace innergate::admin

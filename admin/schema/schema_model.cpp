#include "admin/schema/schema_model.hpp"

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

std::string column_of_part(std::string_view part) {
    const std::size_t open = part.find('(');
    if (open != std::string_view::npos) {
        part.remove_prefix(open + 1);
    }
    return std::string{part.substr(0, part.find_first_of(",)"))};
}

bool is_null_a_value_in(std::string_view part) {
    return part.starts_with("COALESCE(");
}

const Column* Table::find_column(std::string_view column) const {
    return find_named(columns, column);
}

const Table* SchemaModel::find_table(std::string_view name) const {
    return find_named(tables, name);
}

}  // namespace innergate::admin

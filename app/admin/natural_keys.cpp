#include "app/admin/natural_keys.hpp"

#include <algorithm>
#include <string_view>

#include "app/admin/declared_schema.hpp"

namespace innergate::admin {
namespace {

std::string column_of(const std::string& part) {
    const std::size_t open = part.find('(');
    return open == std::string::npos ? part : std::string{inside_parentheses(part, open)};
}

NaturalKey key_of(std::vector<std::string> parts) {
    NaturalKey key{std::move(parts), {}};
    std::ranges::transform(key.parts, std::back_inserter(key.columns), column_of);
    return key;
}

bool are_given(const std::vector<std::string>& columns, const rows::Columns& given) {
    return std::ranges::all_of(columns, [&](const std::string& column) {
        return std::ranges::find(given, column, &Column::name) != given.end();
    });
}

/// A partial index knows all rows that give its columns, when it leaves out only their NULLs.
bool knows_all_values(const Index& index, const std::vector<std::string>& columns) {
    constexpr std::string_view kNotNull = " IS NOT NULL";
    const std::string_view predicate = index.predicate;
    return predicate.empty() ||
           (predicate.ends_with(kNotNull) &&
            std::ranges::find(columns, predicate.substr(0, predicate.size() - kNotNull.size())) !=
                columns.end());
}

}  // namespace

bool NaturalKey::applies_to(const RowValues& values) const {
    return nulls == rows::TableRows::Nulls::are_equal ||
           std::ranges::all_of(columns, [&](const std::string& column) {
               const Value* const value = values.find(column);
               return value != nullptr && value->has_value();
           });
}

std::vector<NaturalKey> natural_keys(const Table& table, const rows::Columns& given) {
    if (table.name == "routes") {
        NaturalKey key = key_of({"source_type", "source_id"});
        return are_given(key.columns, given) ? std::vector{std::move(key)}
                                             : std::vector<NaturalKey>{};
    }
    std::vector<NaturalKey> keys;
    if (table.name == "namespaces") {
        keys.push_back(key_of({"parent_id", "lower(path)"}));
        keys.back().nulls = rows::TableRows::Nulls::are_equal;
    }
    for (const Index& index : table.indexes) {
        NaturalKey key = key_of(index.parts);
        if (index.is_unique && knows_all_values(index, key.columns)) {
            keys.push_back(std::move(key));
        }
    }
    std::erase_if(keys, [&](const NaturalKey& key) { return !are_given(key.columns, given); });
    return keys;
}

void add_implied_columns(const Table& table, RowValues& values) {
    if (table.name == "namespaces" && values.find("parent_id") == nullptr) {
        values.set("parent_id", std::nullopt);
    }
}

std::optional<std::string> only_id(const Table& table) {
    const bool is_only =
        std::ranges::find(table.checks, "id = 1", &Check::expression) != table.checks.end();
    return is_only ? std::optional<std::string>{"1"} : std::nullopt;
}

}  // namespace innergate::admin

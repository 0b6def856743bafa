#include "admin/entities/natural_keys.hpp"

#include <algorithm>
#include <string_view>

#include "admin/entities/entities.hpp"

namespace innergate::admin {
namespace {

NaturalKey key_of(std::vector<std::string> parts) {
    NaturalKey key{std::move(parts), {}};
    std::ranges::transform(key.parts, std::back_inserter(key.columns), column_of_part);
    return key;
}

bool are_given(const std::vector<std::string>& columns, const rows::Columns& given) {
    return std::ranges::all_of(columns, [&](const std::string& column) {
        return std::ranges::find(given, column, &Column::name) != given.end();
    });
}

/// A partial index that leaves out only the NULLs of its columns knows all rows that give them.
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
           std::ranges::all_of(parts, [&](const std::string& part) {
               const Value* const value = values.find(column_of_part(part));
               return value != nullptr && (value->has_value() || is_null_a_value_in(part));
           });
}

std::vector<NaturalKey> natural_keys(const Table& table, const rows::Columns& given) {
    if (table.name == "routes") {
        NaturalKey key = key_of({"source_type", "source_id"});
        return are_given(key.columns, given) ? std::vector{std::move(key)}
                                             : std::vector<NaturalKey>{};
    }
    std::vector<NaturalKey> keys;
    if (const auto declared = rules_of_table(table.name).natural_key; !declared.empty()) {
        keys.push_back(key_of({declared.begin(), declared.end()}));
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
    const auto imply_null = [&values](const std::string& column) {
        if (values.find(column) == nullptr) {
            values.set(column, std::nullopt);
        }
    };
    for (const std::string_view part : rules_of_table(table.name).natural_key) {
        const std::string column = column_of_part(part);
        if (table.find_column(column)->is_nullable) {
            imply_null(column);
        }
    }
    for (const Index& index : table.indexes) {
        for (const std::string& part : index.parts) {
            if (index.is_unique && is_null_a_value_in(part)) {
                imply_null(column_of_part(part));
            }
        }
    }
}

std::optional<std::string> only_id(const Table& table) {
    const bool is_only =
        std::ranges::find(table.checks, "id = 1", &Check::expression) != table.checks.end();
    return is_only ? std::optional<std::string>{"1"} : std::nullopt;
}

}  // namespace innergate::admin

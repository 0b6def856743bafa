#include "admin/import/import.hpp"

#include <algorithm>
#include <map>

#include "admin/entities/rows/catalog.hpp"

#include "app/decimal.hpp"

namespace innergate::admin {
namespace {

/// The first reading.
class Survey final : public RowSink {
public:
    Imported<> begin_table(std::string_view table, std::size_t /*offset*/) override {
        current_ = &tables_[std::string{table}];
        return {};
    }

    Imported<> add(ImportRow row) override {
        const auto id = std::ranges::find(row.cells, "id", &Cell::column);
        if (id != row.cells.end() && id->type == Cell::Type::number) {
            // A faulty number is refused at the second reading, with its column's name.
            current_->largest_id =
                std::max(current_->largest_id, parse_decimal<long long>(id->text).value_or(0));
        }
        return {};
    }

    [[nodiscard]] std::map<std::string, Importer::Expected> take() { return std::move(tables_); }

private:
    std::map<std::string, Importer::Expected> tables_;
    Importer::Expected* current_ = nullptr;
};

}  // namespace

tl::expected<std::vector<TableCount>, std::string> import_document(
    Database& database,
    std::string_view document,
    std::string_view file_name,
    const KeyBase& key_base,
    const Importer::Progress& progress
) {
    const auto refused = [&](const ImportFault& fault) {
        return tl::unexpected(describe(fault, document, file_name));
    };
    Survey survey;
    if (const auto done = read_rows(document, survey); !done) {
        return refused(done.error());
    }
    const SchemaModel schema = rows::read_schema(database);
    Importer importer{
        database, schema, key_base, survey.take(), MatchRows::by_unique_columns, progress};
    if (const auto done = read_rows(document, importer); !done) {
        return refused(done.error());
    }
    auto counts = importer.finish();
    if (!counts) {
        return refused(counts.error());
    }
    return std::move(*counts);
}

}  // namespace innergate::admin

#include "admin/import/import_document.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "admin/import/json_text.hpp"
#include <fmt/format.h>
#include <utf8.h>

#include "app/json/reader.hpp"

namespace innergate::admin {
namespace {

/// Where the events of a document are, from outside in.
enum class Level { outside, tables, rows, cells, inside_cell };

class DocumentReader final : public json::Events {
public:
    DocumentReader(std::string_view document, RowSink& sink) : document_(document), sink_(sink) {}

    [[nodiscard]] const std::optional<ImportFault>& fault() const { return fault_; }

    bool null(std::size_t offset) override {
        return inside([&] { return copier_->null(offset); }) ||
               scalar(Cell::Type::null, {}, offset);
    }
    bool boolean(bool value, std::size_t offset) override {
        return inside([&] { return copier_->boolean(value, offset); }) ||
               scalar(Cell::Type::boolean, value ? "true" : "false", offset);
    }
    bool number(std::string_view text, std::size_t offset) override {
        return inside([&] { return copier_->number(text, offset); }) ||
               scalar(Cell::Type::number, text, offset);
    }
    bool string(std::string_view text, std::size_t offset) override {
        return inside([&] { return copier_->string(text, offset); }) ||
               scalar(Cell::Type::text, text, offset);
    }

    bool key(std::string_view name, std::size_t offset) override {
        if (inside([&] { return copier_->key(name, offset); })) {
            return true;
        }
        value_offset_ = start_of_value(offset);
        if (level_ == Level::tables) {
            table_ = name;
            row_number_ = 0;
            return take(sink_.begin_table(name, value_offset_));
        }
        if (std::ranges::find(row_.cells, name, &Cell::column) != row_.cells.end()) {
            return refuse(value_offset_, std::string{name}, "is given twice in this row");
        }
        row_.cells.push_back({std::string{name}, Cell::Type::null, {}, value_offset_});
        return true;
    }

    bool start_object(std::size_t offset) override {
        switch (level_) {
            case Level::outside:
                level_ = Level::tables;
                return true;
            case Level::tables:
                return refuse_table();
            case Level::rows:
                level_ = Level::cells;
                row_ = {++row_number_, offset, {}};
                return true;
            case Level::cells:
            case Level::inside_cell:
                return descend() && copier_->start_object(offset);
        }
        return false;
    }

    bool end_object(std::size_t offset) override {
        if (level_ == Level::inside_cell) {
            return copier_->end_object(offset) && ascend();
        }
        if (level_ == Level::cells) {
            level_ = Level::rows;
            return take(sink_.add(std::exchange(row_, {})));
        }
        level_ = Level::outside;
        return true;
    }

    bool start_array(std::size_t offset) override {
        switch (level_) {
            case Level::outside:
                return refuse(offset, {}, "the document must be an object of tables");
            case Level::tables:
                level_ = Level::rows;
                return true;
            case Level::rows:
                return refuse_row(offset);
            case Level::cells:
            case Level::inside_cell:
                return descend() && copier_->start_array(offset);
        }
        return false;
    }

    bool end_array(std::size_t offset) override {
        if (level_ == Level::inside_cell) {
            return copier_->end_array(offset) && ascend();
        }
        level_ = Level::tables;
        return true;
    }

private:
    template <class Copy>
    bool inside(const Copy& copy) {
        return level_ == Level::inside_cell && copy();
    }

    bool scalar(Cell::Type type, std::string_view text, std::size_t offset) {
        switch (level_) {
            case Level::outside:
                return refuse(0, {}, "the document must be an object of tables");
            case Level::tables:
                return refuse_table();
            case Level::rows:
                return refuse_row(offset);
            case Level::cells:
                row_.cells.back().type = type;
                row_.cells.back().text = text;
                return true;
            case Level::inside_cell:
                break;
        }
        return false;
    }

    bool descend() {
        if (level_ == Level::cells) {
            level_ = Level::inside_cell;
            row_.cells.back().type = Cell::Type::json;
            copier_.emplace(row_.cells.back().text);
        }
        ++depth_in_cell_;
        return true;
    }

    bool ascend() {
        if (--depth_in_cell_ == 0) {
            level_ = Level::cells;
            copier_.reset();
        }
        return true;
    }

    bool take(Imported<> answer) {
        if (!answer) {
            fault_ = std::move(answer.error());
        }
        return !fault_;
    }

    bool refuse(std::size_t offset, std::string column, std::string reason) {
        fault_ = ImportFault{
            offset,
            table_,
            level_ == Level::tables ? 0 : row_number_,
            std::move(column),
            std::move(reason)};
        return false;
    }

    bool refuse_table() { return refuse(value_offset_, {}, "must be an array of rows"); }

    bool refuse_row(std::size_t offset) {
        ++row_number_;
        return refuse(offset, {}, "must be an object of columns");
    }

    /// The value comes after blanks, the colon and more blanks.
    [[nodiscard]] std::size_t start_of_value(std::size_t end_of_key) const {
        return std::min(document_.find_first_not_of(" \t\r\n:", end_of_key), document_.size());
    }

    std::string_view document_;
    RowSink& sink_;
    Level level_ = Level::outside;
    std::string table_;
    std::size_t row_number_ = 0;
    std::size_t value_offset_ = 0;
    ImportRow row_;
    std::optional<JsonCopier> copier_;  // writes into the last cell of row_
    std::size_t depth_in_cell_ = 0;
    std::optional<ImportFault> fault_;
};

}  // namespace

std::string describe(
    const ImportFault& fault, std::string_view document, std::string_view file_name
) {
    const std::string_view before = document.substr(0, std::min(fault.offset, document.size()));
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
    const std::string_view line = before.substr(line_start);
    std::string text = fmt::format(
        "{}:{}:{}: ",
        file_name,
        std::ranges::count(before, '\n') + 1,
        utf8::unchecked::distance(line.begin(), line.end()) + 1
    );
    std::string_view separator;
    const auto append = [&](std::string_view what, const std::string& which) {
        if (!which.empty()) {
            text += fmt::format("{}{} {}", std::exchange(separator, ", "), what, which);
        }
    };
    append("table", fault.table);
    append("row", fault.row == 0 ? "" : std::to_string(fault.row));
    append("column", fault.column);
    return text + (separator.empty() ? "" : ": ") + fault.reason;
}

Imported<> read_rows(std::string_view document, RowSink& sink) {
    DocumentReader reader{document, sink};
    const auto done = json::parse_events(document, {}, reader);
    if (done) {
        return {};
    }
    if (reader.fault()) {
        return tl::unexpected(*reader.fault());
    }
    return tl::unexpected(ImportFault{
        done.error().offset, {}, 0, {}, "is no JSON: " + done.error().reason});
}

}  // namespace innergate::admin

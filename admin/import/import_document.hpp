// The import format as a stream of rows: tables, rows and cells with the place they were read from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace innergate::admin {

/// One member of a row, before anything is known about its column.
struct Cell {
    enum class Type { null, boolean, number, text, json };

    std::string column;
    Type type = Type::null;
    std::string text;        ///< "true", digits as written, the string, or compact JSON
    std::size_t offset = 0;  ///< of the value, in bytes from the start of the document
};

struct ImportRow {
    std::size_t number = 0;  ///< within its table, from 1
    std::size_t offset = 0;
    std::vector<Cell> cells;
};

/// Why an import is refused. What is not known stays empty.
struct ImportFault {
    std::size_t offset = 0;
    std::string table;
    std::size_t row = 0;
    std::string column;
    std::string reason;
};

template <class T = void>
using Imported = tl::expected<T, ImportFault>;

/// `FILE:LINE:COLUMN: table users, row 3, column state: …`
[[nodiscard]] std::string describe(
    const ImportFault& fault, std::string_view document, std::string_view file_name
);

class RowSink {
public:
    RowSink() = default;
    RowSink(const RowSink&) = delete;
    RowSink& operator=(const RowSink&) = delete;
    virtual ~RowSink() = default;

    virtual Imported<> begin_table(std::string_view table, std::size_t offset) = 0;
    virtual Imported<> add(ImportRow row) = 0;
};

/// Reads the document from front to end, never holding more of it than a row. Errors: no JSON, not
/// an object of arrays of objects, a column twice in a row, or what the sink refuses.
[[nodiscard]] Imported<> read_rows(std::string_view document, RowSink& sink);

}  // namespace innergate::admin

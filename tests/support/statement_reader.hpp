// The SQL of the stores, read from their sources. So no statement is left out because somebody
// forgot to name it, and the programs carry no list that only tests need.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/db/query.hpp"

namespace innergate::test {

struct SourceText {
    std::string path;
    std::string text;
};

struct WrittenStatement {
    std::string path;  ///< of the file in which it stands
    std::string name;
    std::string sql;
    db::Access access = db::Access::read;
    std::optional<db::Dialect> only;
};

/// Each `constexpr db::Query` and each `constexpr auto` that is db::reading() or db::writing(),
/// with the parts they are composed of. A part stands in the same file or in a header. Throws
/// std::runtime_error with file and reason for any use of these words that it cannot read.
[[nodiscard]] std::vector<WrittenStatement> read_statements(const std::vector<SourceText>& sources);

/// All statements below handlers/. The texts stay until the program ends.
[[nodiscard]] const std::vector<db::Query>& store_queries();

}  // namespace innergate::test

#include "admin/entities/paths.hpp"

#include "admin/entities/rows/namespace_rows.hpp"
#include <fmt/format.h>

namespace innergate::admin {

Written written_path(NewRow& row, const Member& member, const std::string& text) {
    const std::size_t slash = text.rfind('/');
    row.set("path", Cell::Type::text, text.substr(slash == std::string::npos ? 0 : slash + 1));
    if (slash == std::string::npos) {
        return {};
    }
    const std::string parent = text.substr(0, slash);
    const auto id = rows::find_namespace(row.database, parent);
    if (!id) {
        return tl::unexpected(fmt::format("there is no namespace {}", parent));
    }
    row.set(member.written_column(), Cell::Type::number, std::to_string(*id));
    return {};
}

Derived check_path(RowValues& values) {
    const Value* const path = values.find("path");
    if (path != nullptr && *path && (*path)->find_first_of("/*") != std::string::npos) {
        return tl::unexpected(ColumnFault{"path", "must be one segment, without '/' and '*'"});
    }
    return {};
}

}  // namespace innergate::admin

// Paths of groups and projects as operators write them.
#pragma once

#include <string>

#include "admin/entities/entity.hpp"

namespace innergate::admin {

/// `a/b/c`: the member's column is that of the namespace a/b, c becomes the path.
Written written_path(NewRow& row, const Member& member, const std::string& text);

/// Refuses paths that are not one segment.
Derived check_path(RowValues& values);

}  // namespace innergate::admin

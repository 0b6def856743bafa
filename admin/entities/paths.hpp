// Paths of groups and projects as operators write them.
#pragma once

#include <string>
#include <string_view>

#include "admin/entities/entity.hpp"

namespace innergate::admin {

/// Entity::called for rows known by their full path, in the `routes` that they are joined with.
inline constexpr std::string_view kIsCalledByPath =
    "lower(routes.path) = lower(cast(:value as text))";

/// `a/b/c`: the member's column is that of the namespace a/b, c becomes the path.
Written written_path(NewRow& row, const Member& member, const std::string& text);

/// Refuses paths that are not one segment.
Derived check_path(RowValues& values);

}  // namespace innergate::admin

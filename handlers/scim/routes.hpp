// The rows of SCIM: the same below a group and below the instance.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::scim {

/// Their patterns begin behind the place where SCIM is mounted. That is a group, with its tokens,
/// or the instance.
[[nodiscard]] std::span<const routing::Route> routes();

}  // namespace innergate::handlers::scim

// The rows of gitlab-shell's and Gitaly's endpoints.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::shell {

[[nodiscard]] std::span<const routing::Route> routes();

}  // namespace innergate::handlers::shell

// POST /internal/two_factor_config: whether somebody has a second factor for Git over SSH. This
// server does not offer it.
#pragma once

#include "app/json/shape.hpp"

namespace innergate::handlers::shell {

struct NoTwoFactorConfiguration {};

constexpr auto shape_of(std::type_identity<NoTwoFactorConfiguration> /*type*/) {
    return shape::object<NoTwoFactorConfiguration>(
        shape::constant("success", false, "There is no second factor for Git over SSH")
    );
}

[[nodiscard]] NoTwoFactorConfiguration two_factor_config();

}  // namespace innergate::handlers::shell

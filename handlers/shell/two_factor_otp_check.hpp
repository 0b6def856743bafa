// POST /internal/two_factor_manual_otp_check, two_factor_push_otp_check: checks a second factor for
// Git over SSH. This server does not offer it, and says so.
#pragma once

#include "app/json/shape.hpp"

namespace innergate::handlers::shell {

struct TwoFactorUnavailable {};

constexpr auto shape_of(std::type_identity<TwoFactorUnavailable> /*type*/) {
    return shape::object<TwoFactorUnavailable>(
        shape::constant("success", false, "Nobody was verified"),
        shape::constant("message", "Feature is not available", "For the person at the terminal")
    );
}

/// gitlab-shell shows the message to whoever ran `2fa_verify`.
[[nodiscard]] TwoFactorUnavailable two_factor_otp_check();

}  // namespace innergate::handlers::shell

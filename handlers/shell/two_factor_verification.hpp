// POST /internal/two_factor_config, two_factor_manual_otp_check, two_factor_push_otp_check: a
// second factor for Git over SSH, which this server does not offer and says so.
#pragma once

#include "app/json/writer.hpp"

namespace innergate::handlers::shell {

struct TwoFactorUnavailable {};
struct NoTwoFactorConfiguration {};

/// gitlab-shell shows the message to whoever ran `2fa_verify`.
[[nodiscard]] TwoFactorUnavailable two_factor_otp_check();

[[nodiscard]] NoTwoFactorConfiguration two_factor_config();

/// `{"success":false,"message":"Feature is not available"}`
void write_json(json::Writer& writer, const TwoFactorUnavailable& answer);

/// `{"success":false}`
void write_json(json::Writer& writer, const NoTwoFactorConfiguration& answer);

}  // namespace innergate::handlers::shell

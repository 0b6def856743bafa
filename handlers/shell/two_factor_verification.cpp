#include "handlers/shell/two_factor_verification.hpp"

namespace innergate::handlers::shell {

TwoFactorUnavailable two_factor_otp_check() {
    return {};
}

NoTwoFactorConfiguration two_factor_config() {
    return {};
}

}  // namespace innergate::handlers::shell

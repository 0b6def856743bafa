#include "handlers/shell/two_factor_otp_check.hpp"

namespace innergate::handlers::shell {

TwoFactorUnavailable two_factor_otp_check() {
    return {};
}

}  // namespace innergate::handlers::shell

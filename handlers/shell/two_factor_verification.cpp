#include "handlers/shell/two_factor_verification.hpp"

namespace innergate::handlers::shell {

TwoFactorUnavailable two_factor_otp_check() {
    return {};
}

NoTwoFactorConfiguration two_factor_config() {
    return {};
}

void write_json(json::Writer& writer, const TwoFactorUnavailable& /*answer*/) {
    writer.begin_object();
    writer.member("success", false);
    writer.member("message", "Feature is not available");
    writer.end_object();
}

void write_json(json::Writer& writer, const NoTwoFactorConfiguration& /*answer*/) {
    writer.begin_object();
    writer.member("success", false);
    writer.end_object();
}

}  // namespace innergate::handlers::shell

#include "handlers/shell/two_factor_config.hpp"

namespace innergate::handlers::shell {

NoTwoFactorConfiguration two_factor_config() {
    return {};
}

}  // namespace innergate::handlers::shell

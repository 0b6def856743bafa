#include "admin/entities/secrets.hpp"

#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"

namespace innergate::admin {

std::string new_token(const std::string& prefix) {
    constexpr std::size_t kRandomBytes = 15;
    return prefix + encoding::base64url(encoding::random_bytes(kRandomBytes));
}

std::string new_agent_token() {
    constexpr std::size_t kRandomBytes = 39;
    return "glagent-" + encoding::base64url(encoding::random_bytes(kRandomBytes));
}

}  // namespace innergate::admin

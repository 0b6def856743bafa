#include "app/auth/salted_digest.hpp"

#include <stdexcept>

#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"

namespace innergate::auth {

std::string salted_digest(std::string_view value, const Secret& db_key_base) {
    constexpr std::size_t kSaltBytes = 32;
    if (!db_key_base.is_set()) {
        throw std::logic_error{"no database key base, so nothing can be digested"};
    }
    std::string salted{value};
    salted += db_key_base.reveal().substr(0, kSaltBytes);
    return encoding::base64(encoding::sha256(salted));
}

}  // namespace innergate::auth

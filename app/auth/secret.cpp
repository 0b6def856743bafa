#include "app/auth/secret.hpp"

#include <openssl/crypto.h>

#include "app/encoding/digest.hpp"

namespace innergate::auth {

Secret::~Secret() {
    OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

bool Secret::matches(std::string_view candidate) const {
    return is_set() && encoding::equal_in_constant_time(bytes_, candidate);
}

}  // namespace innergate::auth

#include "app/auth/password_hash.hpp"

#include <array>
#include <crypt.h>
#include <memory>
#include <stdexcept>

#include <openssl/crypto.h>

#include "app/encoding/digest.hpp"

namespace innergate::auth {
namespace {

/// Empty when the setting is none of libcrypt's.
std::string hashed(std::string_view password, const std::string& setting) {
    // 32 KiB with the password in it: too much for the stack, and to be wiped.
    const auto scratch = std::make_unique<crypt_data>();
    std::string phrase{password};
    const char* const hash = crypt_r(phrase.c_str(), setting.c_str(), scratch.get());
    std::string text = hash == nullptr || *hash == '*' ? std::string{} : std::string{hash};
    OPENSSL_cleanse(phrase.data(), phrase.size());
    OPENSSL_cleanse(scratch.get(), sizeof(crypt_data));
    return text;
}

}  // namespace

std::string password_hash(std::string_view password, unsigned cost) {
    constexpr std::size_t kSaltBytes = 16;
    const std::string salt = encoding::random_bytes(kSaltBytes);
    std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
    const char* const made = crypt_gensalt_rn(
        "$2b$",
        cost,
        salt.data(),
        static_cast<int>(salt.size()),
        setting.data(),
        static_cast<int>(setting.size())
    );
    std::string hash = made == nullptr ? std::string{} : hashed(password, made);
    if (hash.empty()) {
        throw std::runtime_error{"the system's libcrypt has no bcrypt"};
    }
    return hash;
}

bool matches_hash(std::string_view password, std::string_view hash) {
    const std::string again = hashed(password, std::string{hash});
    return !again.empty() && encoding::equal_in_constant_time(again, hash);
}

}  // namespace innergate::auth

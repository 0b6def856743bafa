#include "app/encoding/digest.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace innergate::encoding {
namespace {

using Implementation = std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)>;

std::string digest(std::string_view bytes, const Implementation& implementation) {
    std::string result(EVP_MAX_MD_SIZE, '\0');
    unsigned length = 0;
    const int done = EVP_Digest(
        bytes.data(),
        bytes.size(),
        reinterpret_cast<unsigned char*>(result.data()),
        &length,
        implementation.get(),
        nullptr
    );
    if (done != 1) {
        throw std::runtime_error{"a digest is not available"};
    }
    result.resize(length);
    return result;
}

}  // namespace

// Each is fetched once: EVP_sha256() looks the implementation up again on every use.
std::string sha256(std::string_view bytes) {
    static const Implementation implementation{
        EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free};
    return digest(bytes, implementation);
}

std::string sha1(std::string_view bytes) {
    static const Implementation implementation{
        EVP_MD_fetch(nullptr, "SHA1", nullptr), &EVP_MD_free};
    return digest(bytes, implementation);
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    std::string result(EVP_MAX_MD_SIZE, '\0');
    std::size_t length = 0;
    const unsigned char* const done = EVP_Q_mac(
        nullptr,
        "HMAC",
        nullptr,
        "SHA256",
        nullptr,
        key.data(),
        key.size(),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        bytes.size(),
        reinterpret_cast<unsigned char*>(result.data()),
        result.size(),
        &length
    );
    if (done == nullptr) {
        throw std::runtime_error{"HMAC-SHA-256 is not available"};
    }
    result.resize(length);
    return result;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char character : bytes) {
        const auto byte = static_cast<unsigned char>(character);
        text.push_back(kDigits[byte >> 4U]);
        text.push_back(kDigits[byte & 0xFU]);
    }
    return text;
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
        throw std::runtime_error{"no random bytes to be had"};
    }
    return bytes;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace innergate::encoding

#include "handlers/domain/ssh_public_key.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "app/encoding/base64.hpp"

namespace innergate::handlers::domain {
namespace {

struct NamedType {
    std::string_view name;
    SshKeyType type;
    int bits;  ///< 0: to be measured
};

constexpr std::array<NamedType, 8> kTypes{{
    {"ssh-rsa", SshKeyType::rsa, 0},
    {"ssh-dss", SshKeyType::dsa, 0},
    {"ecdsa-sha2-nistp256", SshKeyType::ecdsa, 256},
    {"ecdsa-sha2-nistp384", SshKeyType::ecdsa, 384},
    {"ecdsa-sha2-nistp521", SshKeyType::ecdsa, 521},
    {"ssh-ed25519", SshKeyType::ed25519, 256},
    {"sk-ecdsa-sha2-nistp256@openssh.com", SshKeyType::ecdsa_sk, 256},
    {"sk-ssh-ed25519@openssh.com", SshKeyType::ed25519_sk, 256},
}};

/// Takes the next field off the front: four bytes of length, most significant first, then the
/// bytes.
std::optional<std::string_view> take_field(std::string_view& blob) {
    constexpr std::size_t kLengthBytes = 4;
    if (blob.size() < kLengthBytes) {
        return std::nullopt;
    }
    std::uint32_t length = 0;
    for (const char byte : blob.substr(0, kLengthBytes)) {
        length = (length << 8U) | static_cast<unsigned char>(byte);
    }
    blob.remove_prefix(kLengthBytes);
    if (length > blob.size()) {
        return std::nullopt;
    }
    const std::string_view field = blob.substr(0, length);
    blob.remove_prefix(length);
    return field;
}

/// RFC 4251 section 5, mpint: most significant byte first, a zero byte in front where the number
/// would otherwise be negative.
int bits_of_number(std::string_view number) {
    number.remove_prefix(std::min(number.find_first_not_of('\0'), number.size()));
    if (number.empty()) {
        return 0;
    }
    const int top = std::bit_width(static_cast<unsigned char>(number.front()));
    return top + static_cast<int>(number.size() - 1) * 8;
}

/// Of the blob behind its type. The modulus of an RSA key follows the exponent; the prime of a DSA
/// key comes first.
std::optional<int> measured_bits(SshKeyType type, std::string_view fields) {
    if (type == SshKeyType::rsa && !take_field(fields)) {
        return std::nullopt;
    }
    const auto number = take_field(fields);
    return number ? std::optional{bits_of_number(*number)} : std::nullopt;
}

}  // namespace

std::string_view to_string(SshKeyType type) {
    switch (type) {
        case SshKeyType::rsa:
            return "rsa";
        case SshKeyType::dsa:
            return "dsa";
        case SshKeyType::ecdsa:
            return "ecdsa";
        case SshKeyType::ed25519:
            return "ed25519";
        case SshKeyType::ecdsa_sk:
            return "ecdsa_sk";
        case SshKeyType::ed25519_sk:
            return "ed25519_sk";
    }
    return "";
}

std::optional<SshPublicKey> parse_ssh_public_key(std::string_view line) {
    constexpr std::string_view kBlank = " \t\r\n";
    line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
    line.remove_prefix(std::min(line.find_first_of(kBlank), line.size()));
    line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
    const auto decoded = encoding::decode_base64(line.substr(0, line.find_first_of(kBlank)));
    if (!decoded) {
        return std::nullopt;
    }
    std::string_view fields = *decoded;
    const auto name = take_field(fields);
    const auto* const named = std::ranges::find(kTypes, name.value_or(""), &NamedType::name);
    if (named == kTypes.end()) {
        return std::nullopt;
    }
    const auto bits =
        named->bits != 0 ? std::optional{named->bits} : measured_bits(named->type, fields);
    if (!bits) {
        return std::nullopt;
    }
    return SshPublicKey{.type = named->type, .bits = *bits};
}

}  // namespace innergate::handlers::domain

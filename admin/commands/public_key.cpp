#include "admin/commands/public_key.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"

namespace innergate::admin {
namespace {

// sshd(8), AUTHORIZED_KEYS FILE FORMAT, and ssh-dss, which old installations still hold.
constexpr std::array<std::string_view, 8> kTypes{
    "ssh-ed25519",
    "ssh-rsa",
    "ssh-dss",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "sk-ssh-ed25519@openssh.com"};

/// The first string of a blob: four bytes of length, most significant first, then the bytes.
std::string_view type_in(std::string_view blob) {
    constexpr std::size_t kLengthBytes = 4;
    if (blob.size() < kLengthBytes) {
        return {};
    }
    std::uint32_t length = 0;
    for (const char byte : blob.substr(0, kLengthBytes)) {
        length = (length << 8U) | static_cast<unsigned char>(byte);
    }
    blob.remove_prefix(kLengthBytes);
    return length < blob.size() ? blob.substr(0, length) : std::string_view{};
}

}  // namespace

tl::expected<std::string, std::string> fingerprint_of(std::string_view public_key) {
    if (public_key.find_first_of("\r\n") != std::string_view::npos) {
        return tl::unexpected(std::string{"is not one line of an OpenSSH public key"});
    }
    const std::size_t end_of_type = public_key.find(' ');
    const std::string_view type = public_key.substr(0, end_of_type);
    if (std::ranges::find(kTypes, type) == kTypes.end()) {
        return tl::unexpected(std::string{"does not begin with a type of OpenSSH public keys"});
    }
    const std::string_view rest =
        end_of_type == std::string_view::npos ? "" : public_key.substr(end_of_type + 1);
    const auto blob = encoding::decode_base64(rest.substr(0, rest.find(' ')));
    if (!blob || type_in(*blob) != type) {
        return tl::unexpected(std::string{"holds no key of the type it begins with"});
    }
    return encoding::base64_unpadded(encoding::sha256(*blob));
}

}  // namespace innergate::admin

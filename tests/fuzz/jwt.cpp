// Tokens as they come, and header and claims (a line each) under a signature that matches, because
// nothing behind the signature is looked at otherwise.
#include "app/auth/jwt.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/encoding/base64.hpp"

using namespace innergate;

namespace {

/// Twice, because the second time a good one is not verified again.
void verify(auth::JwtVerifier& verifier, std::string_view token) {
    const auto first = verifier.verify(token, Timestamp{});
    const auto second = verifier.verify(token, Timestamp{});
    if (first != second) {
        __builtin_trap();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auth::Secret secret{"a secret for fuzzing only"};
    static auth::JwtVerifier verifier{
        secret, {.issuer = "gitlab-shell", .leeway = std::chrono::seconds{60}}};
    static auth::Hs256 signer{secret};
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    verify(verifier, input);
    const std::size_t line = std::min(input.find('\n'), input.size());
    const std::string_view claims = line < size ? input.substr(line + 1) : std::string_view{};
    const std::string text =
        encoding::base64url(input.substr(0, line)) + "." + encoding::base64url(claims);
    verify(verifier, text + "." + encoding::base64url(signer.sign(text)));
    return 0;
}

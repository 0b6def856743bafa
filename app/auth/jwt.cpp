#include "app/auth/jwt.hpp"

#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"
#include "app/json/writer.hpp"

namespace innergate::auth {
namespace {

constexpr std::size_t kHmacBytes = 32;

tl::unexpected<std::string> refused(std::string_view reason) {
    return tl::unexpected(std::string{reason});
}

struct Parts {
    std::string_view signed_text;  ///< header.payload
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
};

std::optional<Parts> split(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    return Parts{
        .signed_text = token.substr(0, second),
        .header = token.substr(0, first),
        .payload = token.substr(first + 1, second - first - 1),
        .signature = token.substr(second + 1),
    };
}

}  // namespace

void Hs256::Free::operator()(EVP_MAC_CTX* context) const {
    EVP_MAC_CTX_free(context);
}

Hs256::Hs256(const Secret& key) {
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac{
        EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free};
    context_.reset(EVP_MAC_CTX_new(mac.get()));
    std::string digest = "SHA256";
    const std::array params{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end(),
    };
    // An unset key still needs a key here; whoever owns this object refuses before it is used.
    const std::string_view bytes = key.is_set() ? key.reveal() : std::string_view{"unset"};
    const auto* const start = reinterpret_cast<const unsigned char*>(bytes.data());
    if (context_ == nullptr ||
        EVP_MAC_init(context_.get(), start, bytes.size(), params.data()) != 1) {
        throw std::runtime_error{"HMAC-SHA-256 is not available"};
    }
}

std::string Hs256::sign(std::string_view bytes) {
    std::string signature(kHmacBytes, '\0');
    std::size_t length = 0;
    const bool done =
        EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1 &&
        EVP_MAC_update(
            context_.get(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()
        ) == 1 &&
        EVP_MAC_final(
            context_.get(),
            reinterpret_cast<unsigned char*>(signature.data()),
            &length,
            signature.size()
        ) == 1;
    if (!done || length != kHmacBytes) {
        throw std::runtime_error{"HMAC-SHA-256 failed"};
    }
    return signature;
}

tl::expected<std::string, std::string> signed_payload(std::string_view token, Hs256& hmac) {
    if (token.size() > kMaxJwtBytes) {
        return refused("oversized");
    }
    const auto parts = split(token);
    if (!parts) {
        return refused("not three parts");
    }
    // The signature first: nothing a stranger wrote is parsed.
    const auto signature = encoding::decode_base64url(parts->signature);
    if (!signature ||
        !encoding::equal_in_constant_time(*signature, hmac.sign(parts->signed_text))) {
        return refused("signature does not match");
    }
    // Ours is the only algorithm. A token that names another was made by another rule.
    const auto header_text = encoding::decode_base64url(parts->header);
    const auto header = header_text ? read_jwt_header(*header_text) : std::nullopt;
    if (!header || !header->is_hs256) {
        return refused("algorithm is not HS256");
    }
    // What a token calls critical must be understood (RFC 7515, section 4.1.11), and nothing is
    // here.
    if (header->has_critical) {
        return refused("has critical extensions");
    }
    auto payload = encoding::decode_base64url(parts->payload);
    if (!payload) {
        return refused(kClaimsAreNoObject);
    }
    return *std::move(payload);
}

std::string sign_jwt(const Secret& key, std::string_view claims) {
    if (!key.is_set()) {
        throw std::logic_error{"no secret to sign with"};
    }
    std::string header;
    json::Writer writer{header};
    writer.begin_object();
    writer.member("alg", "HS256");
    writer.member("typ", "JWT");
    writer.end_object();
    const std::string text = encoding::base64url(header) + "." + encoding::base64url(claims);
    return text + "." + encoding::base64url(Hs256{key}.sign(text));
}

JwtVerifier::JwtVerifier(const Secret& key, JwtRules rules, const Secret& previous)
    : has_key_(key.is_set()), hmac_(key), rules_(rules) {
    if (previous.is_set()) {
        previous_hmac_.emplace(previous);
    }
}

tl::expected<JwtKey, std::string> JwtVerifier::verify(std::string_view token, Timestamp now) {
    if (!has_key_) {
        return refused("no secret configured");
    }
    if (is_kept(token)) {
        return check_times(kept_.times, now, rules_.leeway).map([this] { return kept_.key; });
    }
    const auto verified = verify_text(token);
    if (!verified) {
        return tl::unexpected(verified.error());
    }
    if (auto in_time = check_times(verified->times, now, rules_.leeway); !in_time) {
        return tl::unexpected(std::move(in_time.error()));
    }
    kept_token_ = token;
    kept_ = *verified;
    return verified->key;
}

bool JwtVerifier::is_kept(std::string_view token) const {
    return !kept_token_.empty() && encoding::equal_in_constant_time(kept_token_, token);
}

tl::expected<JwtVerifier::Verified, std::string> JwtVerifier::verify_text(std::string_view token) {
    auto payload = signed_payload(token, hmac_);
    JwtKey key = JwtKey::current;
    if (!payload && previous_hmac_) {
        if (auto others = signed_payload(token, *previous_hmac_)) {
            payload = std::move(others);
            key = JwtKey::previous;
        }
    }
    if (!payload) {
        return tl::unexpected(std::move(payload.error()));
    }
    const auto claims = read_jwt_claims(*payload, rules_.issuer, rules_.audience);
    if (!claims) {
        return refused(kClaimsAreNoObject);
    }
    if (!claims->is_from_issuer) {
        return refused("wrong issuer");
    }
    if (!rules_.audience.empty() && !claims->is_for_audience) {
        return refused("wrong audience");
    }
    return Verified{.key = key, .times = claims->times};
}

std::string make_jwt(
    const Secret& key,
    std::string_view issuer,
    Timestamp now,
    std::chrono::seconds lifetime,
    std::string_view audience
) {
    const auto issued = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
    std::string payload;
    json::Writer writer{payload};
    writer.begin_object();
    writer.member("iss", issuer);
    if (!audience.empty()) {
        writer.key("aud");
        writer.begin_array();
        writer.value(audience);
        writer.end_array();
    }
    writer.member("iat", issued.count());
    writer.member("exp", (issued + lifetime).count());
    writer.end_object();
    return sign_jwt(key, payload);
}

}  // namespace innergate::auth

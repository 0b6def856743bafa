// JSON Web Tokens signed with HS256 (RFC 7515, 7519): verifying and making.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <openssl/types.h>
#include <tl/expected.hpp>

#include "app/auth/jwt_claims.hpp"
#include "app/auth/secret.hpp"
#include "app/clock.hpp"

namespace innergate::auth {

struct JwtRules {
    std::string_view issuer;         ///< the `iss` claim, exactly
    std::string_view audience = {};  ///< in the `aud` claim, one of several or alone; empty: any
    std::chrono::seconds leeway{0};  ///< for `exp` and `nbf`
};

/// HMAC-SHA-256 under one key. Keyed once: re-initialising costs a quarter of a new computation.
/// Not for use by two threads at a time.
class Hs256 {
public:
    explicit Hs256(const Secret& key);

    /// 32 bytes.
    [[nodiscard]] std::string sign(std::string_view bytes);

private:
    struct Free {
        void operator()(EVP_MAC_CTX* context) const;
    };
    std::unique_ptr<EVP_MAC_CTX, Free> context_;
};

/// Tokens longer than this are refused unread.
inline constexpr std::size_t kMaxJwtBytes = std::size_t{8} * 1024;

/// The payload of a token that was made with HS256 and this key. The signature is checked first
/// (constant time), then the header. The caller reads in the payload what it says, to whom and
/// until when (jwt_claims.hpp). Errors: which rule failed, for the log.
[[nodiscard]] tl::expected<std::string, std::string> signed_payload(
    std::string_view token, Hs256& hmac
);

/// Why a payload from which nothing can be read is refused.
inline constexpr std::string_view kClaimsAreNoObject = "claims are no object";

/// Signs a payload, a JSON object. Throws std::logic_error when the key is unset.
[[nodiscard]] std::string sign_jwt(const Secret& key, std::string_view claims);

/// Which of the two keys a token was signed with.
enum class JwtKey { current, previous };

/// Checks tokens of one kind. Not for use by two threads at a time.
class JwtVerifier {
public:
    /// With an unset key every token is refused. Tokens signed with `previous` are good too, unless
    /// that is unset: while a new secret is handed round, a client may have either of the two.
    JwtVerifier(const Secret& key, JwtRules rules, const Secret& previous = {});

    /// Signature (constant time), then `alg`, `iss`, `aud`, `exp`, `nbf`. A token without `exp` is
    /// good for ever; `iat` is not looked at, because a client's clock may be ahead (gitlab-shell,
    /// Gitaly). Errors: which rule failed, for the log.
    ///
    /// The last good token is kept. When it comes again, it costs a comparison (constant time) and
    /// a look at its times. One token is enough: clients sign whole seconds and no random part, so
    /// all that they send in one second has the same token. A refused token does not replace the
    /// kept one.
    [[nodiscard]] tl::expected<JwtKey, std::string> verify(std::string_view token, Timestamp now);

private:
    /// What is left to judge of a token whose signature, algorithm, issuer and audience are right.
    struct Verified {
        JwtKey key;
        JwtTimes times;
    };

    [[nodiscard]] bool is_kept(std::string_view token) const;
    [[nodiscard]] tl::expected<Verified, std::string> verify_text(std::string_view token);

    std::string kept_token_;  ///< of at most kMaxJwtBytes; empty: none
    Verified kept_{};
    bool has_key_;
    Hs256 hmac_;
    std::optional<Hs256> previous_hmac_;
    JwtRules rules_;
};

/// A token as gitlab-shell makes it: `iss`, `iat` = now, `exp` = now + lifetime. With an audience
/// it is as the agent server makes it: `aud` is an array of that one audience.
[[nodiscard]] std::string make_jwt(
    const Secret& key,
    std::string_view issuer,
    Timestamp now,
    std::chrono::seconds lifetime,
    std::string_view audience = {}
);

}  // namespace innergate::auth

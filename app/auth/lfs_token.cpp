#include "app/auth/lfs_token.hpp"

#include <optional>
#include <stdexcept>

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "app/auth/jwt.hpp"
#include "app/decimal.hpp"
#include "app/json/reader.hpp"
#include "app/json/value.hpp"
#include "app/json/writer.hpp"

namespace innergate::auth {
namespace {

constexpr std::size_t kStateCharacters = 16;

std::string label(std::string_view kind, long long id, std::string_view state) {
    std::string text{"lfs-token:"};
    text += kind;
    text += ':';
    text += std::to_string(id);
    text += ':';
    text += state;
    return text;
}

bool is_for(const json::Value& claims, std::string_view name) {
    const json::Value* const data = claims.find("data");
    const json::Value* const actor = data == nullptr ? nullptr : data->find("actor");
    return actor != nullptr && actor->string() != nullptr && *actor->string() == name;
}

/// Our own tokens carry whole seconds.
std::optional<Timestamp> expiry_of(const json::Value& claims) {
    const json::Value* const exp = claims.find("exp");
    const json::Number* const number = exp == nullptr ? nullptr : exp->number();
    if (number == nullptr) {
        return std::nullopt;
    }
    const auto seconds = parse_decimal<std::int64_t>(number->text);
    return seconds ? std::optional{Timestamp{std::chrono::seconds{*seconds}}} : std::nullopt;
}

}  // namespace

LfsActor lfs_actor(UserId id, std::string_view username, std::string_view encrypted_password) {
    const std::size_t kept = std::min(encrypted_password.size(), kStateCharacters);
    return {
        .name = std::string{username},
        .key_label =
            label("user", id.value, encrypted_password.substr(encrypted_password.size() - kept)),
    };
}

LfsActor lfs_actor(KeyId id, std::string_view fingerprint_sha256) {
    return {
        .name = "lfs+deploy-key-" + std::to_string(id.value),
        .key_label = label("deploy-key", id.value, fingerprint_sha256.substr(0, kStateCharacters)),
    };
}

Secret lfs_signing_key(const Secret& db_key_base, const LfsActor& actor) {
    if (!db_key_base.is_set()) {
        throw std::logic_error{"no database key base, so no LFS token can be made or verified"};
    }
    return Secret{Hs256{db_key_base}.sign(actor.key_label)};
}

std::string make_lfs_token(
    const Secret& db_key_base, const LfsActor& actor, Timestamp now, std::chrono::seconds lifetime
) {
    constexpr std::chrono::seconds kBackdated{5};
    thread_local boost::uuids::random_generator_mt19937 generate;
    const auto issued = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
    std::string claims;
    json::Writer writer{claims};
    writer.begin_object();
    writer.key("data");
    writer.begin_object();
    writer.member("actor", actor.name);
    writer.end_object();
    writer.member("jti", to_string(generate()));
    writer.member("iat", issued.count());
    writer.member("nbf", (issued - kBackdated).count());
    writer.member("exp", (issued + lifetime).count());
    writer.end_object();
    return sign_jwt(lfs_signing_key(db_key_base, actor), claims);
}

tl::expected<Timestamp, std::string> verify_lfs_token(
    const Secret& db_key_base, const LfsActor& actor, std::string_view token, Timestamp now
) {
    Hs256 hmac{lfs_signing_key(db_key_base, actor)};
    const auto payload = signed_payload(token, hmac);
    if (!payload) {
        return tl::unexpected(payload.error());
    }
    const auto members = json::parse(*payload, kJwtLimits);
    const auto claims = read_jwt_claims(*payload, {}, {});
    if (!members || !claims) {
        return tl::unexpected(std::string{kClaimsAreNoObject});
    }
    if (!is_for(*members, actor.name)) {
        return tl::unexpected(std::string{"made for another actor"});
    }
    const auto expires_at = expiry_of(*members);
    if (!expires_at) {
        return tl::unexpected(std::string{"no expiry"});
    }
    if (const auto times = check_times(claims->times, now, kLfsTokenLeeway); !times) {
        return tl::unexpected(times.error());
    }
    return *expires_at;
}

}  // namespace innergate::auth

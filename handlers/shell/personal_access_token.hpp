// POST /internal/personal_access_token: a new token for whoever is at the terminal.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/auth/secret.hpp"
#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "app/json/shape.hpp"
#include "app/log/events.hpp"
#include "app/params/schema.hpp"
#include "app/settings/features.hpp"
#include "app/settings/tokens.hpp"
#include "handlers/shell/actor.hpp"
#include "handlers/stores/identity/credential_store.hpp"
#include "handlers/stores/identity/personal_access_token_store.hpp"

namespace innergate::handlers::shell {

struct PersonalAccessTokenRequest : ActorParams {
    std::optional<std::string> name;
    std::optional<params::OneOrMany> scopes;
    std::optional<std::string> expires_at;
};

inline constexpr auto kPersonalAccessTokenParams = params::schema<PersonalAccessTokenRequest>(
    params::optional("key_id", &ActorParams::key_id, "SSH key that authenticated the session"),
    params::optional("user_id", &ActorParams::user_id, "User, where there is no key"),
    params::optional("name", &PersonalAccessTokenRequest::name, "Name of the new token"),
    params::at_most(
        100,
        params::optional("scopes", &PersonalAccessTokenRequest::scopes, "Scopes of the new token")
    ),
    params::optional(
        "expires_at",
        &PersonalAccessTokenRequest::expires_at,
        "Day from which the token is no longer good"
    )
);

struct CreatedToken {
    std::string token;
    std::vector<std::string> scopes;
    std::optional<Date> expires_at;
    log::Audit audit = {};
};

constexpr auto shape_of(std::type_identity<CreatedToken> /*type*/) {
    return shape::object<CreatedToken>(
        shape::constant("success", true, "There is a new token"),
        shape::member("token", &CreatedToken::token, "The token, which is shown this once"),
        shape::member("scopes", &CreatedToken::scopes, "What it may be used for"),
        shape::member(
            "expires_at",
            &CreatedToken::expires_at,
            "The day from which it is no longer good; null: it does not expire"
        )
    );
}

struct NoToken {
    std::string refusal;
};

constexpr auto shape_of(std::type_identity<NoToken> /*type*/) {
    return shape::object<NoToken>(
        shape::constant("success", false, "There is no new token"),
        shape::member("message", &NoToken::refusal, "Why not, for the person at the terminal")
    );
}

/// Only the token's digest is kept. After it is stored nothing can fail: after a 5xx gitlab-shell
/// would ask again, and a token that nobody has seen would stay. A deploy key gets none.
[[nodiscard]] std::variant<CreatedToken, NoToken> personal_access_token(
    const PersonalAccessTokenRequest& request,
    CredentialStore& credentials,
    db::LaterWrites& later,
    PersonalAccessTokenStore& tokens,
    const settings::Tokens& settings,
    const settings::Features& features,
    const auth::DbKeyBase& db_key_base,
    const Clock& clock
);

}  // namespace innergate::handlers::shell

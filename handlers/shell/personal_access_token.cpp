#include "handlers/shell/personal_access_token.hpp"

#include <chrono>
#include <string_view>

#include "app/auth/salted_digest.hpp"
#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"
#include "app/time_format.hpp"
#include "handlers/domain/personal_access_token.hpp"
#include "handlers/shell/credentials.hpp"

namespace innergate::handlers::shell {
namespace {

/// Empty: somebody who may ask.
std::string refusal_for(const ActorParams& request, const Credentials& credentials) {
    if (credentials.key && credentials.key->is_deploy_key) {
        return "Deploy keys cannot be used to create personal access tokens";
    }
    if (request.user_id && !credentials.user) {
        return "Could not find the given user";
    }
    if (!credentials.key && !credentials.user) {
        return "Could not find the given key";
    }
    return credentials.user ? "" : "Could not find a user for the given key";
}

/// 20 characters of `[A-Za-z0-9_-]`, 120 bits.
std::string random_part() {
    constexpr std::size_t kBytes = 15;
    return encoding::base64url(encoding::random_bytes(kBytes));
}

}  // namespace

std::variant<CreatedToken, NoToken> personal_access_token(
    const PersonalAccessTokenRequest& request,
    CredentialStore& credentials,
    db::LaterWrites& later,
    PersonalAccessTokenStore& tokens,
    const settings::Tokens& settings,
    const settings::Features& features,
    const auth::DbKeyBase& db_key_base,
    const Clock& clock
) {
    const Credentials actor = find_credentials(request, credentials, later, clock);
    if (std::string refusal = refusal_for(request, actor); !refusal.empty()) {
        return NoToken{.refusal = std::move(refusal)};
    }
    const std::string name = request.name.value_or("");
    std::vector<std::string> scopes = request.scopes.value_or(params::OneOrMany{}).values;
    const std::string wished_expiry = request.expires_at.value_or("");
    const auto expires_at = domain::check_new_token(
        {.name = name, .scopes = scopes, .expires_at = wished_expiry},
        {.valid_scopes = settings.personal_access_token_scopes,
         .has_container_registry = features.container_registry,
         .is_expiry_required = tokens.is_expiry_required(),
         .is_user_blocked = is_blocked(*actor.user),
         .latest_expiry =
             clock.today() + std::chrono::days{settings.personal_access_token_max_lifetime_days}}
    );
    if (!expires_at) {
        return NoToken{.refusal = expires_at.error()};
    }
    CreatedToken created{
        .token = settings.personal_access_token_prefix + random_part(),
        .scopes = std::move(scopes),
        .expires_at = *expires_at,
    };
    NewPersonalAccessToken row{
        .user_id = actor.user->id,
        .name = name,
        .digest = auth::salted_digest(created.token, db_key_base.secret),
        .scopes = {},
        .expires_at = created.expires_at,
    };
    json::Writer writer{row.scopes};
    shape::write(writer, created.scopes);
    tokens.add(row, clock.now());
    created.audit = log::CredentialCreated{
        .kind = log::CredentialKind::personal_access_token,
        .user_id = actor.user->id.value,
        .gl_key_id = key_id_of(actor),
        .expires_on = created.expires_at ? to_iso8601(*created.expires_at) : std::string{},
    };
    return created;
}

}  // namespace innergate::handlers::shell

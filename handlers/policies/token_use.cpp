#include "handlers/policies/token_use.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "app/db/errors.hpp"
#include "app/json/reader.hpp"
#include "handlers/last_use.hpp"

namespace innergate::handlers::policies {
namespace {

tl::unexpected<Error> bearer_error(
    ErrorCode code, std::string error, std::string description, std::string log_detail
) {
    auto refusal = request_failure(code, std::move(error), std::move(log_detail));
    refusal.value().error_description = std::move(description);
    return refusal;
}

}  // namespace

bool has_scope(const PersonalAccessToken& token, std::span<const std::string_view> accepted) {
    const auto names = json::parse(token.scopes);
    if (!names || names->array() == nullptr) {
        return false;
    }
    return std::ranges::any_of(*names->array(), [accepted](const json::Value& name) {
        return name.string() != nullptr &&
               std::ranges::find(accepted, *name.string()) != accepted.end();
    });
}

Result<void> require_usable(
    const PersonalAccessToken& token,
    std::span<const std::string_view> scopes,
    std::string_view wanted,
    Date today
) {
    if (token.expires_at && *token.expires_at <= today) {
        return bearer_error(
            ErrorCode::unauthorized,
            "invalid_token",
            "Token is expired. You can either do re-authorization or token refresh.",
            "expired token"
        );
    }
    if (token.is_revoked) {
        return bearer_error(
            ErrorCode::unauthorized,
            "invalid_token",
            "Token was revoked. You have to re-authorize from the user.",
            "revoked token"
        );
    }
    if (!token.user_is_active) {
        return failure(
            ErrorCode::forbidden,
            "403 Forbidden - Your account has been blocked.",
            "token of a user who is not active"
        );
    }
    if (!has_scope(token, scopes)) {
        auto refusal = bearer_error(
            ErrorCode::forbidden,
            "insufficient_scope",
            "The request requires higher privileges than provided by the access token.",
            "scope too small"
        );
        refusal.value().scope = wanted;
        return refusal;
    }
    return {};
}

void remember_use(db::LaterWrites& later, const PersonalAccessToken& token, Timestamp now) {
    if (!is_use_to_remember(token.last_used_at, now)) {
        return;
    }
    later.add(
        {"personal_access_tokens", token.id.value},
        [id = token.id, now](db::Session& session) {
            PersonalAccessTokenStore{session}.touch(id, now);
        }
    );
}

}  // namespace innergate::handlers::policies

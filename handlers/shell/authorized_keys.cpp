#include "handlers/shell/authorized_keys.hpp"

#include "app/http/url.hpp"
#include "handlers/domain/ssh_key.hpp"

namespace innergate::handlers::shell {
namespace {

bool is_inactive(const Key& key, Timestamp now) {
    const bool is_expired = key.expires_at && *key.expires_at <= now;
    const bool is_owner_inactive = key.owner_name && !key.owner_is_active;
    return is_expired || is_owner_inactive;
}

std::string comment_for(const Key& key, const settings::Instance& instance) {
    std::string comment = key.owner_name ? *key.owner_name + " (" : "(";
    comment += http::host_of(instance.external_url);
    comment += ')';
    return comment;
}

}  // namespace

Result<AuthorizedKey> authorized_keys(
    const AuthorizedKeysRequest& request,
    KeyStore& keys,
    const settings::Instance& instance,
    const settings::Access& access,
    const Clock& clock
) {
    const auto fingerprint = domain::fingerprint_of_blob(request.key);
    auto key = fingerprint ? keys.find_by_fingerprint(*fingerprint) : std::nullopt;
    if (!key || (access.authorized_keys_reject_inactive && is_inactive(*key, clock.now()))) {
        return failure(ErrorCode::not_found, "404 Key Not Found");
    }
    return AuthorizedKey{
        .id = key->id,
        .title = std::move(key->title),
        .key = domain::with_comment(key->key, comment_for(*key, instance)),
        .created_at = key->created_at,
        .expires_at = key->expires_at,
        .usage = key->usage,
    };
}

}  // namespace innergate::handlers::shell

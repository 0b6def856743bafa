#include "handlers/shell/credentials.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "handlers/last_use.hpp"

namespace innergate::handlers::shell {
namespace {

struct FindCredentials {
    CredentialStore& store;

    Credentials operator()(const NoActor& /*nobody*/) const { return {}; }
    Credentials operator()(KeyId id) const { return store.find_by_key(id); }
    Credentials operator()(UserId id) const { return store.find_by_user(id); }
    Credentials operator()(const UsernameSelector& selector) const {
        return store.find_by_username(selector.username);
    }
};

}  // namespace

Credentials find_credentials(
    const ActorParams& params, CredentialStore& store, db::LaterWrites& later, const Clock& clock
) {
    Credentials credentials = std::visit(FindCredentials{store}, actor_selector(params));
    if (credentials.key) {
        remember_key_use(later, credentials.key->id, credentials.key->last_used_at, clock.now());
    }
    return credentials;
}

bool is_blocked(const CredentialUser& user) {
    constexpr std::array<std::string_view, 4> kBlocked{
        "blocked", "ldap_blocked", "blocked_pending_approval", "banned"};
    return std::ranges::find(kBlocked, user.state) != kBlocked.end();
}

std::optional<long long> key_id_of(const Credentials& credentials) {
    return credentials.key ? std::optional{credentials.key->id.value} : std::nullopt;
}

}  // namespace innergate::handlers::shell

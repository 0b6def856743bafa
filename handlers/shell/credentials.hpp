// Who acts, with what they prove themselves with, for endpoints that hand out new credentials.
#pragma once

#include <optional>

#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "handlers/shell/actor.hpp"
#include "handlers/stores/identity/credential_store.hpp"

namespace innergate::handlers::shell {

/// By the first selector present. The use of a key is remembered, whatever comes of it, at most
/// every ten minutes.
[[nodiscard]] Credentials find_credentials(
    const ActorParams& params, CredentialStore& store, db::LaterWrites& later, const Clock& clock
);

/// As GitLab means `blocked?`: a user who was only deactivated is not. Whoever is gets no new
/// credential.
[[nodiscard]] bool is_blocked(const CredentialUser& user);

/// Of the key by which they came, for the log.
[[nodiscard]] std::optional<long long> key_id_of(const Credentials& credentials);

}  // namespace innergate::handlers::shell

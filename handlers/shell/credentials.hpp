// Who acts, and with which credential, for endpoints that hand out new credentials.
#pragma once

#include <optional>

#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "handlers/shell/actor.hpp"
#include "handlers/stores/identity/credential_store.hpp"

namespace innergate::handlers::shell {

/// Goes by the first selector present. The use of a key is remembered at most every ten minutes,
/// whatever becomes of the request.
[[nodiscard]] Credentials find_credentials(
    const ActorParams& params, CredentialStore& store, db::LaterWrites& later, const Clock& clock
);

/// As GitLab means `blocked?`: a user who was only deactivated is not blocked. A blocked user gets
/// no new credential.
[[nodiscard]] bool is_blocked(const CredentialUser& user);

/// The id of the key by which they came, for the log.
[[nodiscard]] std::optional<long long> key_id_of(const Credentials& credentials);

}  // namespace innergate::handlers::shell

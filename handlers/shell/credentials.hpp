// Who acts, with what they prove themselves with, for endpoints that hand out new credentials.
#pragma once

#include "app/clock.hpp"
#include "handlers/shell/actor.hpp"
#include "handlers/stores/credential_store.hpp"

namespace innergate::handlers::shell {

/// By the first selector present. The use of a key is remembered, whatever comes of it, at most
/// every ten minutes; that it cannot be remembered is no reason to refuse.
[[nodiscard]] Credentials find_credentials(
    const ActorParams& params, CredentialStore& store, const Clock& clock
);

}  // namespace innergate::handlers::shell

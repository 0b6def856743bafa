// GET /internal/discover: whom does this key or name stand for?
#pragma once

#include <optional>

#include "handlers/shell/actor.hpp"
#include "handlers/stores/identity/user_store.hpp"

namespace innergate::handlers::shell {

/// An unknown selector, or none, answers JSON `null` with 200: gitlab-shell greets that caller as
/// Anonymous. Blocked users are found too; a deploy key stands for its owner.
[[nodiscard]] std::optional<User> discover(const ActorParams& request, UserStore& users);

}  // namespace innergate::handlers::shell

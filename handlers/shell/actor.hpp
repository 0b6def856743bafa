// Who acts: the parameters by which gitlab-shell and Gitaly name a user or key, and their order.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "app/ids.hpp"
#include "app/params/schema.hpp"
#include "handlers/stores/identity/user_store.hpp"

namespace innergate::handlers::shell {

/// The selectors a request may carry. A text that is no id counts as present all the same, and
/// selects nobody.
struct ActorParams {
    std::optional<KeyId> key_id;
    std::optional<UserId> user_id;
    std::optional<std::string> username;
    std::optional<std::string> identifier;
};

inline constexpr auto kActorParams = params::schema<ActorParams>(
    params::optional("key_id", &ActorParams::key_id, "SSH key that authenticated the session"),
    params::optional("user_id", &ActorParams::user_id, "User, by id"),
    params::optional("username", &ActorParams::username, "User named by an SSH certificate"),
    params::optional(
        "identifier", &ActorParams::identifier, "user-ID or key-ID, as hooks name who pushes"
    )
);

/// Nobody was named.
struct NoActor {};
struct UsernameSelector {
    std::string username;
};
using ActorSelector = std::variant<NoActor, KeyId, UserId, UsernameSelector>;

/// The first selector present wins, even if it selects nobody: key_id, user_id, username,
/// identifier.
[[nodiscard]] ActorSelector actor_selector(const ActorParams& params);

/// The user it selects; a key stands for its owner, a deploy key too.
[[nodiscard]] std::optional<User> find_user(const ActorParams& params, UserStore& users);

}  // namespace innergate::handlers::shell

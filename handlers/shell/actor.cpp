#include "handlers/shell/actor.hpp"

#include <string_view>

namespace innergate::handlers::shell {
namespace {

ActorSelector from_identifier(std::string_view identifier) {
    const auto id_after = [identifier](std::string_view prefix) {
        const json::Value digits{std::string{identifier.substr(prefix.size())}};
        return params::canonical_id(digits);
    };
    if (identifier.starts_with("user-")) {
        const auto id = id_after("user-");
        return id ? UserId{*id} : UserId::none();
    }
    if (identifier.starts_with("key-")) {
        const auto id = id_after("key-");
        return id ? KeyId{*id} : KeyId::none();
    }
    return NoActor{};
}

struct FindUser {
    UserStore& users;

    std::optional<User> operator()(const NoActor& /*nobody*/) const { return std::nullopt; }
    std::optional<User> operator()(KeyId id) const { return users.find_by_key(id); }
    std::optional<User> operator()(UserId id) const { return users.find(id); }
    std::optional<User> operator()(const UsernameSelector& selector) const {
        return users.find_by_username(selector.username);
    }
};

}  // namespace

ActorSelector actor_selector(const ActorParams& params) {
    if (params.key_id) {
        return *params.key_id;
    }
    if (params.user_id) {
        return *params.user_id;
    }
    if (params.username) {
        return UsernameSelector{*params.username};
    }
    return params.identifier ? from_identifier(*params.identifier) : NoActor{};
}

std::optional<User> find_user(const ActorParams& params, UserStore& users) {
    return std::visit(FindUser{users}, actor_selector(params));
}

}  // namespace innergate::handlers::shell

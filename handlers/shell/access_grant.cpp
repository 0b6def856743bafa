#include "handlers/shell/access_grant.hpp"

namespace innergate::handlers::shell {

std::optional<std::string_view> AccessGrant::key_type() const {
    if (!key) {
        return std::nullopt;
    }
    return key->is_deploy_key ? "deploy_key" : "key";
}

std::optional<long long> AccessGrant::key_id() const {
    return key ? std::optional{key->id} : std::nullopt;
}

std::optional<AccessGrant::GitalyCall> AccessGrant::gitaly_call() const {
    return gitaly ? std::optional{GitalyCall{.grant = *this, .gitaly = *gitaly}} : std::nullopt;
}

std::string gl_id_of(const domain::git_access::Actor& actor) {
    return actor.user ? "user-" + std::to_string(actor.user->id.value) : std::string{};
}

}  // namespace innergate::handlers::shell

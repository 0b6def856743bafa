#include "app/auth/shell_jwt.hpp"

#include <array>

#include "app/routing/scope.hpp"

namespace innergate::auth {
namespace {

constexpr std::array kCredentials{
    Credential{
        .scheme = "shellJwt", .in = Credential::In::header, .field = "Gitlab-Shell-Api-Request"},
};

Result<Caller> authenticate(const http::Request& request, routing::Scope& scope) {
    const auto token = request.single_header(kCredentials.front().field);
    const auto verified = token ? scope.shell_jwt.verify(*token, scope.services.clock.now())
                                : tl::unexpected(std::string{"no token, or two that differ"});
    if (!verified) {
        return failure(
            ErrorCode::unauthorized, "401 Unauthorized", "shell JWT: " + verified.error()
        );
    }
    scope.jwt_key = *verified;
    return Caller{ShellCaller{}};
}

}  // namespace

constinit const Policy kShellJwt{
    .name = "shell_jwt",
    .description =
        "JSON Web Token (HS256, issuer gitlab-shell) signed with the shared shell secret.",
    .credentials = kCredentials,
    .authenticate = authenticate,
};

}  // namespace innergate::auth

#include "app/auth/shell_jwt.hpp"

#include <array>

#include "app/auth/jwt_header.hpp"
#include "app/routing/scope.hpp"

namespace innergate::auth {
namespace {

constexpr std::array kCredentials{
    Credential{
        .scheme = "shellJwt", .in = Credential::In::header, .field = "Gitlab-Shell-Api-Request"},
};

constexpr JwtHeader kHeader{
    .field = kCredentials.front().field, .sender = "shell", .refusal = "401 Unauthorized"};

Result<Caller> authenticate(const http::Request& request, routing::Scope& scope) {
    return require_jwt(kHeader, scope.thread.shell_jwt, request, scope).map([] {
        return Caller{ShellCaller{}};
    });
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

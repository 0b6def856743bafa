#include "app/auth/kas_jwt.hpp"

#include <array>

#include "app/auth/jwt_header.hpp"
#include "app/routing/scope.hpp"

namespace innergate::auth {
namespace {

constexpr std::array kCredentials{
    Credential{.scheme = "kasJwt", .in = Credential::In::header, .field = "Gitlab-Kas-Api-Request"},
};

constexpr JwtHeader kHeader{
    .field = kCredentials.front().field,
    .sender = "kas",
    .refusal = "KAS JWT authentication invalid"};

Result<Caller> authenticate(const http::Request& request, routing::Scope& scope) {
    return require_kas(request, scope).map([] { return Caller{KasCaller{}}; });
}

}  // namespace

Result<void> require_kas(const http::Request& request, routing::Scope& scope) {
    return require_jwt(kHeader, scope.thread.kas_jwt, request, scope);
}

constinit const Policy kKasJwt{
    .name = "kas_jwt",
    .description =
        "JSON Web Token (HS256, issuer gitlab-kas, audience gitlab) signed with the "
        "secret shared with the agent server.",
    .credentials = kCredentials,
    .authenticate = authenticate,
};

}  // namespace innergate::auth

#include "app/auth/kas_jwt.hpp"

#include <array>

#include "app/routing/scope.hpp"

namespace innergate::auth {
namespace {

constexpr std::array kCredentials{
    Credential{.scheme = "kasJwt", .in = Credential::In::header, .field = "Gitlab-Kas-Api-Request"},
};

Result<Caller> authenticate(const http::Request& request, routing::Scope& scope) {
    return require_kas(request, scope).map([] { return Caller{KasCaller{}}; });
}

}  // namespace

Result<void> require_kas(const http::Request& request, routing::Scope& scope) {
    const auto token = request.single_header(kCredentials.front().field);
    const auto verified = token ? scope.kas_jwt.verify(*token, scope.services.clock.now())
                                : tl::unexpected(std::string{"no token, or two that differ"});
    if (!verified) {
        return failure(
            ErrorCode::unauthorized,
            "KAS JWT authentication invalid",
            "kas JWT: " + verified.error()
        );
    }
    scope.jwt_key = *verified;
    return {};
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

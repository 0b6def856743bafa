#include "app/auth/jwt_header.hpp"

#include <string>

#include <fmt/format.h>

#include "app/routing/scope.hpp"

namespace innergate::auth {

Result<void> require_jwt(
    const JwtHeader& header,
    JwtVerifier& verifier,
    const http::Request& request,
    routing::Scope& scope
) {
    const auto token = request.single_header(header.field);
    const auto verified = token ? verifier.verify(*token, scope.thread.services.clock.now())
                                : tl::unexpected(std::string{"no token, or two that differ"});
    if (!verified) {
        return failure(
            ErrorCode::unauthorized,
            std::string{header.refusal},
            fmt::format("{} JWT: {}", header.sender, verified.error())
        );
    }
    scope.jwt_key = *verified;
    return {};
}

}  // namespace innergate::auth

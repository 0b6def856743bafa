// The header field in which a service of GitLab's sends a JSON Web Token with each request.
#pragma once

#include <string_view>

#include "app/auth/jwt.hpp"
#include "app/error.hpp"
#include "app/http/request.hpp"

namespace innergate::routing {
struct Scope;
}

namespace innergate::auth {

struct JwtHeader {
    std::string_view field;
    std::string_view sender;   ///< for the log: `shell`
    std::string_view refusal;  ///< the text of its 401, whatever is wrong with the token
};

/// Records in the scope which of the accepted secrets the token was signed with. Errors:
/// unauthorized, when the field is missing, is there twice with two values, or `verifier` refuses.
[[nodiscard]] Result<void> require_jwt(
    const JwtHeader& header,
    JwtVerifier& verifier,
    const http::Request& request,
    routing::Scope& scope
);

}  // namespace innergate::auth

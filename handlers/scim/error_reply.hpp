// What is refused below /api/scim, in SCIM's envelope.
#pragma once

#include "app/error.hpp"
#include "app/http/response.hpp"

namespace innergate::handlers::scim {

inline constexpr std::string_view kMediaType = "application/scim+json";

/// `{"schemas":[…],"detail":"…","status":"404","scimType":"…"}` (RFC 7644 section 3.12), and no
/// other members, as strict clients refuse these. `status` is a text. Faults of parameters are
/// `invalidValue`.
[[nodiscard]] http::Response error_reply(const Error& error);

}  // namespace innergate::handlers::scim

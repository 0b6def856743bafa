// What is refused below /api/scim, in SCIM's envelope.
#pragma once

#include <string>
#include <string_view>

#include "app/error.hpp"
#include "app/http/response.hpp"
#include "app/json/shape.hpp"
#include "handlers/scim/schemas_member.hpp"

namespace innergate::handlers::scim {

inline constexpr std::string_view kMediaType = "application/scim+json";

/// The envelope (RFC 7644 section 3.12). It has no other members, as strict clients refuse these.
struct ErrorEnvelope {
    std::string_view detail;
    std::string status;
    std::string_view scim_type;  ///< empty: none
};

constexpr auto shape_of(std::type_identity<ErrorEnvelope> /*type*/) {
    return shape::object<ErrorEnvelope>(
        schemas_member(
            "urn:ietf:params:scim:api:messages:2.0:Error",
            "Always `urn:ietf:params:scim:api:messages:2.0:Error`"
        ),
        shape::member("detail", &ErrorEnvelope::detail, "What is wrong, for people"),
        shape::member("status", &ErrorEnvelope::status, "The HTTP status, as a text"),
        shape::optional_member(
            "scimType",
            &ErrorEnvelope::scim_type,
            shape::Doc{"What is wrong, for programs; with 400 and 409 only"}.one_of(
                "invalidFilter",
                "invalidPath",
                "invalidSyntax",
                "invalidValue",
                "mutability",
                "noTarget",
                "uniqueness"
            )
        )
    );
}

/// Faults of parameters are `invalidValue`.
[[nodiscard]] http::Response error_reply(const Error& error);

}  // namespace innergate::handlers::scim

// GET /internal/authorized_certs: whose certificate authority is this, and may it vouch for that
// user?
#pragma once

#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/settings/features.hpp"
#include "handlers/stores/identity/ssh_certificate_store.hpp"

namespace innergate::handlers::shell {

struct AuthorizedCertsRequest {
    std::optional<std::string> key;
    std::optional<std::string> user_identifier;
};

inline constexpr auto kAuthorizedCertsParams = params::schema<AuthorizedCertsRequest>(
    params::optional(
        "key",
        &AuthorizedCertsRequest::key,
        "SHA-256 fingerprint of the signing key; SHA256: and padding may be left out"
    ),
    params::optional(
        "user_identifier",
        &AuthorizedCertsRequest::user_identifier,
        "Key id of the certificate: username or primary e-mail address"
    )
);

struct AuthorizedCertificate {
    std::string namespace_full_path;
    std::string username;
};

constexpr auto shape_of(std::type_identity<AuthorizedCertificate> /*type*/) {
    return shape::object<AuthorizedCertificate>(
        shape::constant("success", true, "The authority may vouch for the user"),
        shape::member(
            "namespace",
            &AuthorizedCertificate::namespace_full_path,
            "The full path of the group that the authority belongs to"
        ),
        shape::member("username", &AuthorizedCertificate::username, "The name of the account")
    );
}

/// gitlab-sshd sends both values back in its access check.
/// Errors, first that holds: not_found `Certificate Not Found` (also when the feature is off or
/// `key` is missing); not_found `User Not Found` (unknown, or no accepted member of the group);
/// forbidden `Not an Enterprise User of the group`.
[[nodiscard]] Result<AuthorizedCertificate> authorized_certs(
    const AuthorizedCertsRequest& request,
    SshCertificateStore& certificates,
    const settings::Features& features,
    const Clock& clock
);

}  // namespace innergate::handlers::shell

// Groups' SSH certificate authorities and the users they vouch for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// A certificate authority, and what is known of the user that one of its certificates names.
struct CertifiedUser {
    NamespaceId group_id;
    std::string group_full_path;
    std::optional<std::string> username;  ///< nothing: no such user
    bool is_member = false;               ///< accepted, of the group or an ancestor, any level
    bool is_enterprise_user = false;      ///< belongs to this very group
};

class SshCertificateStore {
public:
    explicit SshCertificateStore(db::Session& session) : session_(session) {}

    /// `fingerprint`: of the signing key, base64 SHA-256 without prefix and padding.
    /// `user_identifier`: username (case-insensitive), else a confirmed e-mail address.
    /// `today`: memberships that end today count no more. Nothing: no such authority.
    [[nodiscard]] std::optional<CertifiedUser> find(
        std::string_view fingerprint, std::string_view user_identifier, Date today
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

#include "handlers/shell/authorized_certs.hpp"

#include "handlers/domain/ssh_key.hpp"

namespace innergate::handlers::shell {

Result<AuthorizedCertificate> authorized_certs(
    const AuthorizedCertsRequest& request,
    SshCertificateStore& certificates,
    const settings::Features& features,
    const Clock& clock
) {
    std::optional<CertifiedUser> user;
    if (features.ssh_certificates && request.key) {
        user = certificates.find(
            domain::normalized_fingerprint(*request.key),
            request.user_identifier.value_or(""),
            clock.today()
        );
    }
    if (!user) {
        return failure(ErrorCode::not_found, "Certificate Not Found");
    }
    if (!user->username || !user->is_member) {
        return failure(ErrorCode::not_found, "User Not Found");
    }
    if (features.enterprise_users && !user->is_enterprise_user) {
        return failure(ErrorCode::forbidden, "Not an Enterprise User of the group");
    }
    return AuthorizedCertificate{
        .namespace_full_path = std::move(user->group_full_path),
        .username = std::move(*user->username),
    };
}

}  // namespace innergate::handlers::shell

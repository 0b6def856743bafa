#include "handlers/shell/two_factor_recovery_codes.hpp"

#include "app/auth/password_hash.hpp"
#include "app/encoding/digest.hpp"
#include "app/json/writer.hpp"
#include "handlers/shell/credentials.hpp"

namespace innergate::handlers::shell {
namespace {

constexpr const char* kTwoFactorOff = "Two-factor authentication is not enabled for this user";

/// Empty: nothing stands against new codes.
std::string refusal_for(const ActorParams& request, const Credentials& credentials) {
    if (request.user_id && !credentials.user) {
        return "Could not find the given user";
    }
    if (!credentials.key && !credentials.user) {
        return "Could not find the given key";
    }
    if (!credentials.user) {
        return "Could not find a user for the given key";
    }
    if (credentials.key && credentials.key->is_deploy_key) {
        return "Deploy keys cannot be used to retrieve recovery codes";
    }
    if (is_blocked(*credentials.user)) {
        return "Your account has been blocked.";
    }
    return credentials.user->is_two_factor_on ? "" : kTwoFactorOff;
}

std::vector<std::string> make_codes() {
    constexpr std::size_t kCodes = 10;
    constexpr std::size_t kCodeBytes = 8;
    std::vector<std::string> codes;
    codes.reserve(kCodes);
    while (codes.size() < kCodes) {
        codes.push_back(encoding::hex(encoding::random_bytes(kCodeBytes)));
    }
    return codes;
}

std::string hashes_of(const std::vector<std::string>& codes) {
    std::string hashes;
    json::Writer writer{hashes};
    writer.begin_array();
    for (const std::string& code : codes) {
        writer.value(auth::password_hash(code, auth::kBackupCodeCost));
    }
    writer.end_array();
    return hashes;
}

}  // namespace

std::variant<RecoveryCodes, NoRecoveryCodes> two_factor_recovery_codes(
    const ActorParams& request,
    CredentialStore& credentials,
    db::LaterWrites& later,
    const Clock& clock
) {
    const Credentials actor = find_credentials(request, credentials, later, clock);
    if (std::string refusal = refusal_for(request, actor); !refusal.empty()) {
        return NoRecoveryCodes{.refusal = std::move(refusal)};
    }
    std::vector<std::string> codes = make_codes();
    if (!credentials.replace_recovery_codes(actor.user->id, hashes_of(codes), clock.now())) {
        return NoRecoveryCodes{.refusal = kTwoFactorOff};
    }
    return RecoveryCodes{
        .codes = std::move(codes),
        .audit =
            log::CredentialCreated{
                .kind = log::CredentialKind::two_factor_recovery_codes,
                .user_id = actor.user->id.value,
                .gl_key_id = key_id_of(actor),
                .expires_on = {},
            },
    };
}

}  // namespace innergate::handlers::shell

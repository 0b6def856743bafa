// POST /internal/two_factor_recovery_codes: new codes for somebody who lost the second factor.
#pragma once

#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "app/json/writer.hpp"
#include "app/log/events.hpp"
#include "handlers/shell/actor.hpp"
#include "handlers/stores/credential_store.hpp"

namespace innergate::handlers::shell {

/// New codes, or why there are none: gitlab-shell shows the text to the person.
struct RecoveryCodes {
    std::vector<std::string> codes;
    std::string refusal;  ///< empty: `codes` are good
    log::Audit audit = {};
};

/// Replaces all codes the user had, in one statement after which nothing can fail: gitlab-shell
/// would ask again after a 5xx and so make the codes void that it never showed. Only salted hashes
/// are kept. A deploy key gets none.
[[nodiscard]] RecoveryCodes two_factor_recovery_codes(
    const ActorParams& request,
    CredentialStore& credentials,
    db::LaterWrites& later,
    const Clock& clock
);

/// `{"success":true,"recovery_codes":["d93ee7037944afd5",…]}` or
/// `{"success":false,"message":"…"}`
void write_json(json::Writer& writer, const RecoveryCodes& codes);

}  // namespace innergate::handlers::shell

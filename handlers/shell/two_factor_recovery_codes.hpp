// POST /internal/two_factor_recovery_codes: new codes for somebody who lost the second factor.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "app/json/shape.hpp"
#include "app/log/events.hpp"
#include "handlers/shell/actor.hpp"
#include "handlers/stores/identity/credential_store.hpp"

namespace innergate::handlers::shell {

struct RecoveryCodes {
    std::vector<std::string> codes;
    log::Audit audit = {};
};

constexpr auto shape_of(std::type_identity<RecoveryCodes> /*type*/) {
    return shape::object<RecoveryCodes>(
        shape::constant("success", true, "There are new codes"),
        shape::member(
            "recovery_codes", &RecoveryCodes::codes, "Ten codes; those from before are void"
        )
    );
}

struct NoRecoveryCodes {
    std::string refusal;
};

constexpr auto shape_of(std::type_identity<NoRecoveryCodes> /*type*/) {
    return shape::object<NoRecoveryCodes>(
        shape::constant("success", false, "There are no new codes"),
        shape::member(
            "message", &NoRecoveryCodes::refusal, "Why not, for the person at the terminal"
        )
    );
}

/// Replaces all codes the user had, in one statement after which nothing can fail: after a 5xx
/// gitlab-shell would ask again, which would replace codes that nobody has seen. Only salted hashes
/// are kept. A deploy key gets none.
[[nodiscard]] std::variant<RecoveryCodes, NoRecoveryCodes> two_factor_recovery_codes(
    const ActorParams& request,
    CredentialStore& credentials,
    db::LaterWrites& later,
    const Clock& clock
);

}  // namespace innergate::handlers::shell

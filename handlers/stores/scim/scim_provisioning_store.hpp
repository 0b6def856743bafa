// What identity providers change by SCIM: each method is one change that is made as a whole or not
// at all. ScimUserStore shows users.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/ids.hpp"
#include "handlers/domain/scim/change.hpp"
#include "handlers/domain/scim/new_user.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// The condition that a user must meet for a change (RFC 7644 section 3.14: If-Match). It is called
/// within the transaction, when nobody else can change the user any more and nothing is written
/// yet. What it reads through the same session is what will be changed. Empty: there is no
/// condition.
using ScimPrecondition = std::function<Result<void>(ScimIdentityId)>;

/// Errors of all methods: not_found when the group is gone. Texts are SCIM's `detail`.
class ScimProvisioningStore {
public:
    explicit ScimProvisioningStore(db::Session& session) : session_(session) {}

    /// Gives a person access: by an account that is there, or by a new one. A person who was
    /// provisioned before and is inactive becomes active again.
    ///
    /// Errors: conflict with uniqueness when an identity of the scope has the id, the account or
    /// the user name; precondition_failed when the group's rules for email addresses or for single
    /// sign-on forbid it.
    [[nodiscard]] Result<ScimIdentityId> create(
        const auth::ScimCaller& caller, const domain::scim::NewUser& user, Timestamp now
    );

    /// Makes all changes, in order. `id` is looked up without regard to case, else as a former
    /// externalId. What is already as asked for is not written.
    ///
    /// Errors: not_found; whatever `precondition` refuses; conflict with uniqueness when an
    /// identity of the scope has the new id; precondition_failed when the group would lose its last
    /// owner or the instance its last active administrator.
    [[nodiscard]] Result<ScimIdentityId> change(
        const auth::ScimCaller& caller,
        std::string_view id,
        const std::vector<domain::scim::Change>& changes,
        const ScimPrecondition& precondition,
        Timestamp now
    );

    /// Takes the access away and forgets the identity; the account stays.
    /// Errors: not_found; whatever `precondition` refuses; precondition_failed as above.
    [[nodiscard]] Result<void> remove(
        const auth::ScimCaller& caller,
        std::string_view id,
        const ScimPrecondition& precondition,
        Timestamp now
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

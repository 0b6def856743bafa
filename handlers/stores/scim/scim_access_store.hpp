// What it takes that a provisioned person has access, or has none: memberships and the sign-in by
// SAML in a group, the state of the account on the instance. Each method is a part of a change:
// whoever calls it holds the locks of the scope and of the account.
#pragma once

#include <string>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/ids.hpp"
#include "handlers/stores/scim/scim_scope_store.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

class ScimAccessStore {
public:
    explicit ScimAccessStore(db::Session& session) : session_(session) {}

    /// Group: a direct membership unless there is one, and the sign-in by SAML. Instance: the
    /// account works again if it was SCIM that blocked it.
    ///
    /// Errors: conflict when another account signs in by this name.
    [[nodiscard]] Result<void> grant(
        const ScimScope& scope, UserId user_id, const std::string& extern_uid, Timestamp now
    );

    /// Group: no membership in the group, in what is below it or in their projects, and no sign-in
    /// by SAML. Instance: the account is blocked, unless somebody else blocked it. There are no
    /// sessions to end in this database: whoever keeps them asks for the state.
    ///
    /// Errors: precondition_failed when the group would lose its last owner or the instance its
    /// last active administrator.
    [[nodiscard]] Result<void> revoke(const ScimScope& scope, UserId user_id, Timestamp now);

    [[nodiscard]] bool has_saml_identity(const ScimScope& scope, UserId user_id);

    /// The sign-in by SAML, if the person has one, follows the id: people sign in by it.
    /// Errors: conflict when another account signs in by this name.
    [[nodiscard]] Result<void> follow_extern_uid(
        const ScimScope& scope, UserId user_id, const std::string& extern_uid, Timestamp now
    );

private:
    [[nodiscard]] Result<void> grant_in_group(
        const ScimScope& scope, UserId user_id, const std::string& extern_uid, Timestamp now
    );
    [[nodiscard]] Result<void> revoke_in_group(
        const ScimScope& scope, UserId user_id, Timestamp now
    );
    [[nodiscard]] Result<void> revoke_on_instance(UserId user_id, Timestamp now);

    db::Session& session_;
};

}  // namespace innergate::handlers

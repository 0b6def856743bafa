// How a provisioned person gets and loses access. In a group this rests on memberships and the
// sign-in by SAML, on the instance on the state of the account. Each method is a part of a change:
// its caller holds the locks of the scope and of the account.
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

    /// Group: adds a direct membership unless there is one, and the sign-in by SAML. Instance:
    /// makes the account work again if SCIM blocked it.
    ///
    /// Errors: conflict when another account signs in by this name.
    [[nodiscard]] Result<void> grant(
        const ScimScope& scope, UserId user_id, const std::string& extern_uid, Timestamp now
    );

    /// Group: removes the memberships in the group, in what is below it and in their projects, and
    /// the sign-in by SAML. Instance: blocks the account, unless somebody else blocked it. This
    /// database has no sessions to end: the component that keeps them asks for the account's state.
    ///
    /// Errors: precondition_failed when the group would lose its last owner or the instance its
    /// last active administrator.
    [[nodiscard]] Result<void> revoke(const ScimScope& scope, UserId user_id, Timestamp now);

    [[nodiscard]] bool has_saml_identity(const ScimScope& scope, UserId user_id);

    /// Sets the name of the person's sign-in by SAML, if there is one, to the new id: people sign
    /// in by it.
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

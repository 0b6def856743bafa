// Which account and which identity the body of a POST means, and what is made of them.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/ids.hpp"
#include "handlers/domain/scim/new_user.hpp"
#include "handlers/stores/scim/scim_access_store.hpp"
#include "handlers/stores/scim/scim_account_store.hpp"
#include "handlers/stores/scim/scim_identity_store.hpp"
#include "handlers/stores/scim/scim_scope_store.hpp"

namespace innergate::handlers {

/// A part of a change: the caller of run() holds the scope's lock.
class ScimCreation {
public:
    ScimCreation(
        db::Session& session, ScimScope scope, const domain::scim::NewUser& user, Timestamp now
    )
        : scope_(std::move(scope)),
          user_(user),
          now_(now),
          scopes_(session),
          identities_(session),
          accounts_(session),
          access_(session) {}

    /// Nothing: an account was deleted while it was looked at, and the caller has to start anew.
    /// Throws db::UniqueViolation when another transaction was quicker.
    [[nodiscard]] std::optional<Result<ScimIdentityId>> run();

private:
    struct Match {
        std::optional<ScimIdentity> identity;  ///< inactive
        std::optional<UserId> account;         ///< by SAML or by email
    };

    [[nodiscard]] Result<Match> find_match();
    [[nodiscard]] Result<std::optional<UserId>> find_account();
    [[nodiscard]] Result<std::optional<ScimIdentity>> find_identity(std::optional<UserId> account);

    [[nodiscard]] Result<ScimIdentityId> provision_again(const ScimIdentity& identity);
    [[nodiscard]] Result<ScimIdentityId> link(UserId account);
    [[nodiscard]] Result<void> grant_if_active(UserId account, const std::string& extern_uid);

    ScimScope scope_;
    const domain::scim::NewUser& user_;
    Timestamp now_;
    ScimScopeStore scopes_;
    ScimIdentityStore identities_;
    ScimAccountStore accounts_;
    ScimAccessStore access_;
};

}  // namespace innergate::handlers

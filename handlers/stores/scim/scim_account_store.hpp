// The accounts of people that SCIM provisions: which one is meant, and new ones. Each method is a
// part of a change: its caller holds the scope's lock.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/scim/new_user.hpp"
#include "handlers/stores/scim/scim_scope_store.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct EmailOwner {
    UserId user_id;
    bool is_human = true;  ///< as opposed to a bot or a service account
};

class ScimAccountStore {
public:
    explicit ScimAccountStore(db::Session& session) : session_(session) {}

    /// The person who signs in here by that name.
    [[nodiscard]] std::optional<UserId> find_by_saml(
        const ScimScope& scope, std::string_view extern_uid
    );

    /// The owner of that primary address, else the owner of it as a confirmed further address.
    [[nodiscard]] std::optional<EmailOwner> find_by_email(std::string_view email);

    /// Keeps the account as it is until the transaction ends. False: it is gone.
    [[nodiscard]] bool lock(UserId user_id);

    /// Adds an account with a personal namespace, a confirmed address and a password that nobody
    /// knows. It is blocked if the instance's provider says that the person is inactive. The
    /// username is the one that is wished for, with a number if it is taken. Throws
    /// db::UniqueViolation when another transaction was quicker.
    [[nodiscard]] UserId add(
        const ScimScope& scope, const domain::scim::NewUser& user, Timestamp now
    );

private:
    [[nodiscard]] std::string free_username(std::string_view user_name);
    void add_personal_namespace(
        UserId user_id, const std::string& username, const std::string& name, Timestamp now
    );

    db::Session& session_;
};

}  // namespace innergate::handlers

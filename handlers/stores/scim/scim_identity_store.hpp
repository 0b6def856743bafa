// The rows of SCIM's identities, with their aliases and the attributes kept for the provider. Each
// method is a part of a change: its caller holds the scope's lock.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/scim/change.hpp"
#include "handlers/domain/scim/new_user.hpp"
#include "handlers/domain/scim/user.hpp"
#include "handlers/stores/scim/scim_scope_store.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct ScimIdentity {
    ScimIdentityId id;
    UserId user_id;
    std::string extern_uid;
    bool is_active = true;
};

/// Ids, aliases and user names are compared without the case of ASCII letters.
class ScimIdentityStore {
public:
    explicit ScimIdentityStore(db::Session& session) : session_(session) {}

    [[nodiscard]] std::optional<ScimIdentity> find(
        const ScimScope& scope, std::string_view extern_uid
    );
    [[nodiscard]] std::optional<ScimIdentity> find_by_alias(
        const ScimScope& scope, std::string_view alias
    );
    [[nodiscard]] std::optional<ScimIdentity> find_by_user(const ScimScope& scope, UserId user_id);

    /// The identity for which the provider gave this user name.
    [[nodiscard]] std::optional<ScimIdentityId> find_by_user_name(
        const ScimScope& scope, std::string_view user_name
    );

    /// Removes an alias that equals the id, whichever identity it belongs to. Throws
    /// db::UniqueViolation when another transaction was quicker.
    [[nodiscard]] ScimIdentityId add(
        const ScimScope& scope,
        UserId user_id,
        const std::string& extern_uid,
        const domain::scim::NewUser& user,
        Timestamp now
    );

    /// For an identity that the provider creates anew: replaces all that the provider names,
    /// `active` included.
    void replace(ScimIdentityId id, const domain::scim::NewUser& user, Timestamp now);

    void set_active(ScimIdentityId id, bool is_active, Timestamp now);
    /// Removes an alias that equals the new id, whichever identity it belongs to.
    void set_extern_uid(
        const ScimScope& scope, ScimIdentityId id, const std::string& extern_uid, Timestamp now
    );
    void touch(ScimIdentityId id, Timestamp now);

    /// Leaves out an alias that is an id or an alias already.
    void add_aliases(
        const ScimScope& scope,
        ScimIdentityId id,
        const domain::scim::Aliases& aliases,
        Timestamp now
    );
    void drop_aliases(ScimIdentityId id);

    [[nodiscard]] domain::scim::EchoAttributes echo_attributes(ScimIdentityId id);
    /// Sets these attributes and removes all others.
    void set_echo_attributes(
        ScimIdentityId id, const domain::scim::EchoAttributes& attributes, Timestamp now
    );

    /// Removes the identity with its aliases and attributes.
    void remove(ScimIdentityId id);

private:
    void drop_alias(const ScimScope& scope, std::string_view alias);

    db::Session& session_;
};

}  // namespace innergate::handlers

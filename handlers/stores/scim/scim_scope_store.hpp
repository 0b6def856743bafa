// Where an identity provider may provision, and by which rules: a group with its single sign-on, or
// the instance.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/auth/caller.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct ScimScope {
    std::optional<NamespaceId> group_id;        ///< nothing: the instance
    std::string group_name;                     ///< empty: the instance
    std::optional<long long> saml_provider_id;  ///< the group's; the instance's has no row
    bool enforces_sso = false;
    int default_membership_role = 0;

    /// As the unique indexes have it: the group's id, 0 for the instance.
    [[nodiscard]] long long key() const { return group_id ? group_id->value : 0; }
    /// `identities.provider` of those who sign in here by SAML.
    [[nodiscard]] std::string saml_provider_name() const {
        return group_id ? "group_saml" : "saml";
    }
};

class ScimScopeStore {
public:
    explicit ScimScopeStore(db::Session& session) : session_(session) {}

    /// Until the transaction ends, nobody else changes what is provisioned here. So a count of
    /// owners, or an id that was found free, still holds when the caller writes. Nothing: the group
    /// is gone.
    [[nodiscard]] std::optional<ScimScope> lock(const auth::ScimCaller& caller);

    /// Whether the group's list of domains, if it has one, contains the domain of the address.
    [[nodiscard]] bool allows_email(const ScimScope& scope, std::string_view email);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

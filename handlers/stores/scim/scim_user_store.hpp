// Identities with their accounts, as SCIM shows and searches them. ScimProvisioningStore changes
// them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "app/auth/caller.hpp"
#include "app/db/query.hpp"
#include "app/ids.hpp"
#include "handlers/domain/scim/filter.hpp"
#include "handlers/domain/scim/user.hpp"
#include "handlers/stores/scim/scim_filter_sql.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct ScimSort {
    domain::scim::Attribute attribute = domain::scim::Attribute::id;
    SortOrder order = SortOrder::ascending;
};

struct ScimUserQuery {
    std::optional<domain::scim::Filter> filter;
    std::optional<ScimSort> sort;  ///< nothing: in the order of their creation
    long long start_index = 1;     ///< of the first one shown
    long long count = 20;          ///< at most so many
};

struct ScimUserPage {
    long long total = 0;  ///< of all that match
    std::vector<domain::scim::User> users;
};

class ScimUserStore {
public:
    explicit ScimUserStore(db::Session& session) : session_(session) {}

    /// By id, else by a former id. Of the caller's group or instance, as all below.
    [[nodiscard]] std::optional<domain::scim::User> find(
        const auth::ScimCaller& caller, std::string_view id
    );

    [[nodiscard]] std::optional<domain::scim::User> find(ScimIdentityId identity_id);

    /// The first one found: by that id, else by the account's username, else by its email. Identity
    /// providers ask for a `userName` that need not be the one they sent.
    [[nodiscard]] std::optional<domain::scim::User> find_otherwise_named(
        const auth::ScimCaller& caller, std::string_view name
    );

    /// All in one statement.
    [[nodiscard]] ScimUserPage list(const auth::ScimCaller& caller, const ScimUserQuery& query);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

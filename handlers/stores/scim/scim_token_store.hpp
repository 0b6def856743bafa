// SCIM tokens and the scopes they open.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/db/query.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct ScimToken {
    /// The top-level group that the path means.
    struct Group {
        NamespaceId id;
        std::string path;
        bool has_sso = false;
    };

    ScimTokenId id;
    std::optional<NamespaceId> group_id;  ///< nothing: a token of the instance
    std::optional<Group> asked_group;     ///< nothing: none is meant, or there is no such group
    bool instance_has_sso = true;
};

class ScimTokenStore {
public:
    explicit ScimTokenStore(db::Session& session) : session_(session) {}

    /// `group_path` may be the group's id where no group has such a path; empty: the instance is
    /// meant.
    [[nodiscard]] std::optional<ScimToken> find(
        std::string_view digest, std::string_view group_path
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers

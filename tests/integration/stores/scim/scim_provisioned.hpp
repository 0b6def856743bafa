// People whom an identity provider has provisioned.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <initializer_list>

#include "tests/integration/stores/scim/scim_world.hpp"

namespace innergate::test {

/// Jane (5, a member of much) and Max (6) are known in the group 10 and on the instance as `uid-5`
/// and `uid-6`. Jane is known in the group 20 too.
struct Provisioned : ScimWorld {
    explicit Provisioned(db::Dialect dialect, std::initializer_list<std::string_view> more = {})
        : ScimWorld(
              dialect,
              {"insert into users (id, username, name, email) values "
               "(5, 'jane', 'Jane Doe', 'jane@example.com'), (6, 'max', 'Max', 'max@example.com')",
               "insert into scim_identities (id, group_id, user_id, extern_uid, updated_at) values "
               "(1, 10, 5, 'uid-5', '2026-01-01T00:00:00.000Z'), "
               "(2, 10, 6, 'uid-6', '2026-01-01T00:00:00.000Z'), "
               "(3, 20, 5, 'uid-5', '2026-01-01T00:00:00.000Z'), "
               "(4, null, 5, 'uid-5', '2026-01-01T00:00:00.000Z'), "
               "(5, null, 6, 'uid-6', '2026-01-01T00:00:00.000Z')",
               "insert into members (user_id, source_type, source_id, access_level) values "
               "(1, 'Namespace', 10, 50), "
               "(5, 'Namespace', 10, 20), (5, 'Namespace', 12, 5), (5, 'Namespace', 20, 30), "
               "(5, 'Project', 100, 30), (5, 'Project', 120, 40), (5, 'Project', 200, 40), "
               "(6, 'Namespace', 11, 30)",
               "insert into identities (user_id, provider, saml_provider_id, extern_uid) values "
               "(5, 'group_saml', 7, 'uid-5'), (5, 'group_saml', 8, 'uid-5'), "
               "(5, 'ldapmain', null, 'jane')"}
          ) {
        arrange(more);
    }

    std::string change(
        const auth::ScimCaller& caller,
        std::string_view id,
        const std::vector<handlers::domain::scim::Change>& changes,
        const handlers::ScimPrecondition& precondition = {}
    ) {
        return outcome(store.change(caller, id, changes, precondition, kProvisionedAt));
    }
    std::string remove(const auth::ScimCaller& caller, std::string_view id) {
        return outcome(store.remove(caller, id, {}, kProvisionedAt));
    }
    /// The ids of the identities that a test changed.
    std::string touched() {
        return look(
            "select id from scim_identities where updated_at <> '2026-01-01T00:00:00.000Z' "
            "order by id"
        );
    }
};

}  // namespace innergate::test

// A group and an instance that an identity provider provisions, with people who are there already.
#pragma once

#include <barrier>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <initializer_list>

#include "app/db/session.hpp"
#include "handlers/stores/scim/scim_provisioning_store.hpp"
#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {

inline const Timestamp kProvisionedAt =
    std::chrono::sys_days{std::chrono::year{2026} / 1 / 15} + std::chrono::hours{12};

/// The group `acme` (10) has single sign-on, the group `other` (20) too; `acme/sub/deep` has
/// projects.
struct ScimWorld : StoreDatabase {
    explicit ScimWorld(db::Dialect dialect, std::initializer_list<std::string_view> statements = {})
        : StoreDatabase(
              dialect,
              {"insert into users (id, username, name, email, admin) "
               "values (1, 'root', 'Root', 'root@example.com', true)",
               "insert into namespaces (id, type, parent_id, name, path) values "
               "(10, 'Group', null, 'Acme', 'acme'), (11, 'Group', 10, 'Sub', 'sub'), "
               "(12, 'Group', 11, 'Deep', 'deep'), (20, 'Group', null, 'Other', 'other')",
               "insert into routes (source_type, source_id, path) values "
               "('Namespace', 10, 'acme'), ('Namespace', 11, 'acme/sub'), "
               "('Namespace', 12, 'acme/sub/deep'), ('Namespace', 20, 'other')",
               "insert into projects (id, namespace_id, name, path) values "
               "(100, 10, 'p', 'p'), (120, 12, 'q', 'q'), (200, 20, 'r', 'r')",
               "insert into saml_providers (id, group_id) values (7, 10), (8, 20)"}
          ) {
        if (dialect == db::Dialect::postgresql) {
            // PostgreSQL does not count ids that are written by hand.
            for (const char* const table :
                 {"users", "namespaces", "identities", "scim_identities"}) {
                database.session().execute_once(
                    fmt::format("alter table {} alter column id restart with 1000", table)
                );
            }
        }
        arrange(statements);
    }

    /// As look() of the database, one column.
    [[nodiscard]] std::string look(const std::string& sql) { return database.look(sql); }

    /// `uid/active user` of each identity of the group 10 or the instance, by id.
    [[nodiscard]] std::string identities(long long scope = 10) {
        return look(fmt::format(
            "select extern_uid || case when active then '/on/' else '/off/' end || user_id "
            "from scim_identities where coalesce(group_id, 0) = {} order by id",
            scope
        ));
    }
    [[nodiscard]] std::string aliases() {
        return look(
            "select aliases.extern_uid || '>' || live.extern_uid "
            "from scim_identity_aliases as aliases "
            "join scim_identities as live on live.id = aliases.scim_identity_id order by aliases.id"
        );
    }
    /// `N10/50 P100/30`
    [[nodiscard]] std::string memberships(long long user_id) {
        return look(fmt::format(
            "select substr(source_type, 1, 1) || source_id || '/' || access_level from members "
            "where user_id = {} order by source_id",
            user_id
        ));
    }
    [[nodiscard]] std::string saml_identities() {
        return look(
            "select saml_provider_id || '/' || extern_uid || '/' || user_id from identities "
            "where provider = 'group_saml' order by id"
        );
    }
    [[nodiscard]] std::string state(long long user_id) {
        return look(fmt::format(
            "select state || case when scim_blocked then '/scim' else '' end from users "
            "where id = {}",
            user_id
        ));
    }

    handlers::ScimProvisioningStore store{session};
    auth::ScimCaller group{.token_id = {1}, .group_id = NamespaceId{10}, .group_path = "acme"};
    auth::ScimCaller other{.token_id = {2}, .group_id = NamespaceId{20}, .group_path = "other"};
    auth::ScimCaller instance{.token_id = {3}, .group_id = {}, .group_path = {}};
};

/// Somebody who is `uid` for the provider.
inline handlers::domain::scim::NewUser person(
    std::string uid, std::string user_name, std::string email
) {
    return {
        .user_name = std::move(user_name),
        .email = std::move(email),
        .name = "Jane Doe",
        .given_name = {},
        .family_name = {},
        .id = std::move(uid),
        .active = true,
        .echo_attributes = {},
    };
}

/// `ok`, or the status' word and the text: `conflict uniqueness User has already been taken`.
template <class T>
std::string outcome(const Result<T>& result) {
    if (result) {
        return "ok";
    }
    const Error& error = result.error();
    std::string text;
    switch (error.code) {
        case ErrorCode::conflict:
            text = "conflict ";
            break;
        case ErrorCode::precondition_failed:
            text = "precondition ";
            break;
        case ErrorCode::not_found:
            text = "not_found ";
            break;
        default:
            text = "unexpected ";
            break;
    }
    if (!error.scim_type.empty()) {
        text += fmt::format("{} ", error.scim_type);
    }
    return text + error.message;
}

/// What one client does with a store on a session of its own.
using ScimAct = std::function<std::string(handlers::ScimProvisioningStore&)>;

/// All acts begin at the same moment. An exception is an outcome of its own.
inline std::vector<std::string> at_once(TestDatabase& database, const std::vector<ScimAct>& acts) {
    std::vector<std::string> outcomes(acts.size());
    std::barrier begin{static_cast<std::ptrdiff_t>(acts.size())};
    std::vector<std::jthread> threads;
    threads.reserve(acts.size());
    for (std::size_t index = 0; index < acts.size(); ++index) {
        threads.emplace_back([&, index] {
            db::Usage usage;
            db::Session session{
                database.options(
                    {.busy = std::chrono::seconds{60},
                     .statement = std::chrono::milliseconds{60'000}}
                ),
                usage};
            session.ping();
            handlers::ScimProvisioningStore store{session};
            begin.arrive_and_wait();
            try {
                outcomes[index] = acts[index](store);
            } catch (const std::exception& error) {
                outcomes[index] = std::string{"exception "} + error.what();
            }
        });
    }
    threads.clear();
    return outcomes;
}

}  // namespace innergate::test

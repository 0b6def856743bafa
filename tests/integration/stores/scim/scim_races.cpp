// Requests of identity providers that arrive at the same moment.
#include <algorithm>
#include <array>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/stores/scim/scim_world.hpp"

namespace innergate::test {
namespace {

using handlers::ScimProvisioningStore;
using handlers::domain::scim::Change;
using handlers::domain::scim::NewUser;
using handlers::domain::scim::SetActive;
using handlers::domain::scim::SetId;

constexpr int kClients = 32;
constexpr int kRounds = 8;

/// Jane (5) and Max (6), the owners, are known in the group 10 and on the instance as `uid-5` and
/// `uid-6`.
struct Owned : ScimWorld {
    explicit Owned(db::Dialect dialect) : ScimWorld(dialect) { begin_round(); }

    /// All as it was.
    void begin_round() {
        arrange(
            {"delete from users where id <> 1",
             "update users set admin = true where id = 1",
             "insert into users (id, username, name, email) values "
             "(5, 'jane', 'Jane Doe', 'jane@example.com'), (6, 'max', 'Max', 'max@example.com')",
             "insert into scim_identities (id, group_id, user_id, extern_uid) values "
             "(1, 10, 5, 'uid-5'), (2, 10, 6, 'uid-6'), (3, null, 5, 'uid-5'), "
             "(4, null, 6, 'uid-6')",
             "insert into members (user_id, source_type, source_id, access_level) values "
             "(5, 'Namespace', 10, 50), (6, 'Namespace', 10, 50)"}
        );
    }
};

ScimAct creating(const auth::ScimCaller& caller, NewUser user) {
    return [&caller, user = std::move(user)](ScimProvisioningStore& store) {
        return outcome(store.create(caller, user, kProvisionedAt));
    };
}

ScimAct changing(const auth::ScimCaller& caller, std::string id, Change change) {
    return [&caller, id = std::move(id), change = std::move(change)](ScimProvisioningStore& store) {
        return outcome(store.change(caller, id, {change}, {}, kProvisionedAt));
    };
}

ScimAct removing(const auth::ScimCaller& caller, std::string id) {
    return [&caller, id = std::move(id)](ScimProvisioningStore& store) {
        return outcome(store.remove(caller, id, {}, kProvisionedAt));
    };
}

/// `1 x conflict …, 3 x ok`
std::string tally(std::vector<std::string> outcomes) {
    std::ranges::sort(outcomes);
    std::string text;
    for (std::size_t begin = 0; begin < outcomes.size();) {
        const auto count = static_cast<std::size_t>(std::ranges::count(outcomes, outcomes[begin]));
        text += fmt::format("{}{} x {}", text.empty() ? "" : ", ", count, outcomes[begin]);
        begin += count;
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_races)

BOOST_DATA_TEST_CASE(one_person_many_times, dialects(), dialect) {
    ScimWorld world{dialect};
    const NewUser user = person("uid-1", "jane", "jane@example.com");
    for (const auth::ScimCaller* const caller : {&world.group, &world.instance}) {
        BOOST_TEST(
            tally(at_once(world.database, std::vector<ScimAct>(kClients, creating(*caller, user)))
            ) == "31 x conflict uniqueness Extern uid has already been taken, 1 x ok"
        );
    }
    BOOST_TEST(world.look("select count(*) from users") == "2");
    BOOST_TEST(world.look("select count(*) from scim_identities") == "2");
    BOOST_TEST(world.look("select count(*) from members") == "1");
    BOOST_TEST(world.look("select count(*) from identities") == "1");
    BOOST_TEST(world.look("select count(*) from namespaces where type = 'User'") == "1");
}

BOOST_DATA_TEST_CASE(one_address_and_many_ids, dialects(), dialect) {
    ScimWorld world{dialect};
    std::vector<ScimAct> acts;
    for (int client = 0; client < kClients; ++client) {
        acts.push_back(creating(
            world.group,
            person(fmt::format("uid-{}", client), fmt::format("u{}", client), "jane@example.com")
        ));
    }
    BOOST_TEST(
        tally(at_once(world.database, acts)) ==
        "31 x conflict uniqueness User has already been taken, 1 x ok"
    );
    BOOST_TEST(world.look("select count(*) from users") == "2");
    BOOST_TEST(world.look("select count(*) from scim_identities") == "1");
}

// No lock that they share: the unique indexes decide.
BOOST_DATA_TEST_CASE(one_person_by_several_providers, dialects(), dialect) {
    ScimWorld world{dialect};
    const NewUser user = person("uid-1", "jane", "jane@example.com");
    std::vector<ScimAct> acts;
    for (int client = 0; client < kClients; client += 4) {
        acts.push_back(creating(world.group, user));
        acts.push_back(creating(world.other, user));
        acts.push_back(creating(world.instance, user));
        acts.push_back(creating(world.other, user));
    }
    BOOST_TEST(
        tally(at_once(world.database, acts)) ==
        "29 x conflict uniqueness Extern uid has already been taken, 3 x ok"
    );
    BOOST_TEST(world.look("select count(*) from users") == "2");
    BOOST_TEST(world.look("select count(*) from scim_identities") == "3");
    BOOST_TEST(world.look("select count(*) from members") == "2");
    BOOST_TEST(world.look("select count(*) from identities") == "2");
}

BOOST_DATA_TEST_CASE(many_people_who_wish_for_one_username, dialects(), dialect) {
    ScimWorld world{dialect};
    std::vector<ScimAct> acts;
    const std::array callers{&world.group, &world.other, &world.instance};
    for (std::size_t client = 0; client < kClients; ++client) {
        acts.push_back(creating(
            *callers.at(client % callers.size()),
            person(
                fmt::format("uid-{}", client),
                fmt::format("Jane@{}.example.com", client),
                fmt::format("jane@{}.example.com", client)
            )
        ));
    }
    BOOST_TEST(tally(at_once(world.database, acts)) == "32 x ok");
    BOOST_TEST(
        world.look("select count(distinct lower(username)) from users where username like 'Jane%'"
        ) == "32"
    );
    BOOST_TEST(world.look("select username from users where username = 'Jane31'") == "Jane31");
    BOOST_TEST(world.look("select count(*) from routes where path like 'Jane%'") == "32");
}

BOOST_DATA_TEST_CASE(active_and_inactive, dialects(), dialect) {
    Owned world{dialect};
    for (int round = 0; round < kRounds; ++round) {
        std::vector<ScimAct> acts;
        for (int client = 0; client < 8; ++client) {
            const SetActive change{client % 2 == 0};
            acts.push_back(changing(world.group, "uid-5", change));
            acts.push_back(changing(world.instance, "uid-5", change));
        }
        BOOST_TEST(tally(at_once(world.database, acts)) == "16 x ok");
        const bool is_active =
            world.look("select count(*) from scim_identities where id = 1 and active") == "1";
        BOOST_TEST(world.memberships(5).empty() == !is_active);
        BOOST_TEST(world.saml_identities().empty() == !is_active);
        const bool works =
            world.look("select count(*) from scim_identities where id = 3 and active") == "1";
        BOOST_TEST(world.state(5) == (works ? "active" : "blocked/scim"));
    }
}

BOOST_DATA_TEST_CASE(two_identities_one_id, dialects(), dialect) {
    Owned world{dialect};
    for (int round = 0; round < kRounds; ++round) {
        const SetId change{fmt::format("new-{}", round), true};
        BOOST_TEST(
            tally(at_once(
                world.database,
                {changing(world.group, "uid-5", change), changing(world.group, "uid-6", change)}
            )) == "1 x conflict uniqueness Extern uid has already been taken, 1 x ok"
        );
    }
}

BOOST_DATA_TEST_CASE(two_last_owners, dialects(), dialect) {
    Owned world{dialect};
    for (int round = 0; round < kRounds; ++round) {
        world.begin_round();
        auto outcomes = at_once(
            world.database,
            {changing(world.group, "uid-5", SetActive{false}), removing(world.group, "uid-6")}
        );
        BOOST_TEST(std::ranges::count(outcomes, "ok") == 1, tally(outcomes));
        BOOST_TEST(
            std::ranges::count_if(
                outcomes,
                [](const std::string& text) {
                    return text.ends_with(" from Acme. Cannot remove last group owner.");
                }
            ) == 1,
            tally(outcomes)
        );
        BOOST_TEST(world.look("select count(*) from members where access_level = 50") == "1");
    }
}

BOOST_DATA_TEST_CASE(two_last_administrators, dialects(), dialect) {
    Owned world{dialect};
    for (int round = 0; round < kRounds; ++round) {
        world.begin_round();
        world.arrange(
            {"update users set admin = false where id = 1",
             "update users set admin = true where id in (5, 6)"}
        );
        auto outcomes = at_once(
            world.database,
            {changing(world.instance, "uid-5", SetActive{false}),
             changing(world.instance, "uid-6", SetActive{false})}
        );
        BOOST_TEST(std::ranges::count(outcomes, "ok") == 1, tally(outcomes));
        BOOST_TEST(
            world.look("select count(*) from users where admin and state = 'active'") == "1"
        );
    }
}

BOOST_DATA_TEST_CASE(change_while_it_is_removed, dialects(), dialect) {
    Owned world{dialect};
    for (int round = 0; round < kRounds; ++round) {
        world.begin_round();
        const auto outcomes = at_once(
            world.database,
            {removing(world.group, "uid-5"),
             removing(world.group, "uid-5"),
             changing(world.group, "uid-5", SetActive{false}),
             changing(world.group, "uid-5", SetId{"new", true})}
        );
        BOOST_TEST(std::ranges::count(outcomes, "ok") >= 1, tally(outcomes));
        BOOST_TEST(
            std::ranges::count_if(
                outcomes,
                [](const std::string& text) {
                    return text == "ok" || text == "not_found Resource uid-5 not found";
                }
            ) == 4,
            tally(outcomes)
        );
        BOOST_TEST(world.look("select count(*) from scim_identities where group_id = 10") == "1");
        BOOST_TEST(world.memberships(5).empty());
    }
}

// The one who deletes an account locks it before what belongs to it; so do we.
BOOST_DATA_TEST_CASE(account_that_is_deleted_meanwhile, dialects(), dialect) {
    Owned world{dialect};
    for (int round = 0; round < kRounds; ++round) {
        world.begin_round();
        const ScimAct deleting = [&database = world.database](ScimProvisioningStore&) {
            database.session().execute_once("delete from users where id = 5");
            return std::string{"deleted"};
        };
        const auto outcomes = at_once(
            world.database,
            {deleting,
             changing(world.group, "uid-5", SetActive{false}),
             changing(world.instance, "uid-5", SetActive{false}),
             creating(world.other, person("uid-5", "jane", "jane@example.com"))}
        );
        BOOST_TEST(outcomes.at(0) == "deleted");
        for (const std::size_t act : {1U, 2U}) {
            BOOST_TEST(
                (outcomes.at(act) == "ok" ||
                 outcomes.at(act) == "not_found Resource uid-5 not found"),
                outcomes.at(act)
            );
        }
        BOOST_TEST(outcomes.at(3) == "ok");
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

#include "handlers/stores/scim/scim_provisioning_store.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/domain/scim/attribute.hpp"
#include "tests/integration/stores/scim/scim_provisioned.hpp"

namespace innergate::test {
namespace {

using handlers::domain::scim::Attribute;
using handlers::domain::scim::Change;
using handlers::domain::scim::SetActive;
using handlers::domain::scim::SetEchoAttribute;
using handlers::domain::scim::SetId;

const Change kActivate = SetActive{true};
const Change kDeactivate = SetActive{false};

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_provisioning_store)

BOOST_DATA_TEST_CASE(deactivated_in_a_group, dialects(), dialect) {
    Provisioned world{dialect};
    BOOST_TEST(world.change(world.group, "UID-5", {kDeactivate}) == "ok");
    BOOST_TEST(world.identities() == "uid-5/off/5 uid-6/on/6");
    BOOST_TEST(world.memberships(5) == "N20/30 P200/40");
    BOOST_TEST(world.memberships(6) == "N11/30");
    BOOST_TEST(world.saml_identities() == "8/uid-5/5");
    BOOST_TEST(world.look("select count(*) from identities where provider = 'ldapmain'") == "1");
    BOOST_TEST(world.state(5) == "active");
    BOOST_TEST(world.touched() == "1");

    BOOST_TEST(world.change(world.group, "uid-5", {kActivate}) == "ok");
    BOOST_TEST(world.identities() == "uid-5/on/5 uid-6/on/6");
    BOOST_TEST(world.memberships(5) == "N10/10 N20/30 P200/40");
    BOOST_TEST(world.saml_identities() == "8/uid-5/5 7/uid-5/5");
}

BOOST_DATA_TEST_CASE(membership_below_the_group_only, dialects(), dialect) {
    Provisioned world{dialect};
    BOOST_TEST(world.change(world.group, "uid-6", {kDeactivate}) == "ok");
    BOOST_TEST(world.identities() == "uid-5/on/5 uid-6/off/6");
    BOOST_TEST(world.memberships(6).empty());
}

BOOST_DATA_TEST_CASE(requests_and_ended_memberships_are_none, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"update scim_identities set active = false where group_id = 10",
         "delete from members where user_id in (5, 6)",
         "insert into members (user_id, source_type, source_id, access_level, requested_at, "
         "expires_at) values (5, 'Namespace', 10, 30, '2026-01-01T00:00:00.000Z', null), "
         "(6, 'Namespace', 10, 30, null, '2026-01-15')"}};
    BOOST_TEST(world.change(world.group, "uid-5", {kActivate}) == "ok");
    BOOST_TEST(world.change(world.group, "uid-6", {kActivate}) == "ok");
    BOOST_TEST(
        world.look("select user_id || '/' || access_level from members where requested_at is null "
                   "and expires_at is null and source_id = 10 order by user_id") == "1/50 5/10 6/10"
    );
}

BOOST_DATA_TEST_CASE(role_is_never_lowered, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"update scim_identities set active = false where group_id = 10",
         "update members set expires_at = '2026-01-16' where user_id = 5",
         "update saml_providers set default_membership_role = 40"}};
    BOOST_TEST(world.change(world.group, "uid-5", {kActivate}) == "ok");
    BOOST_TEST(world.memberships(5) == "N10/20 N12/5 N20/30 P100/30 P120/40 P200/40");
    BOOST_TEST(world.change(world.group, "uid-6", {kActivate}) == "ok");
    BOOST_TEST(world.memberships(6) == "N10/40 N11/30");
}

BOOST_DATA_TEST_CASE(last_owner_stays, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"update members set access_level = 50 where user_id = 5 and source_id = 10",
         "update members set access_level = 50 where user_id = 6",
         "insert into users (id, username, name, email, state, user_type) values "
         "(7, 'blocked', 'B', 'b@example.com', 'blocked', 0), "
         "(8, 'bot', 'B', 'c@example.com', 'active', 6), "
         "(9, 'ended', 'E', 'e@example.com', 'active', 0)",
         "insert into members (user_id, source_type, source_id, access_level, expires_at) values "
         "(7, 'Namespace', 10, 50, null), (8, 'Namespace', 10, 50, null), "
         "(9, 'Namespace', 10, 50, '2026-01-15')"}};
    const std::string before = world.memberships(5);
    world.arrange({"update members set access_level = 40 where user_id = 1"});
    const std::string refused =
        "precondition Could not remove Jane Doe from Acme. Cannot remove last group owner.";
    BOOST_TEST(
        world.change(
            world.group, "uid-5", {SetEchoAttribute{Attribute::title, "x"}, kDeactivate}
        ) == refused
    );
    BOOST_TEST(world.remove(world.group, "uid-5") == refused);
    BOOST_TEST(world.identities() == "uid-5/on/5 uid-6/on/6");
    BOOST_TEST(world.memberships(5) == before);
    BOOST_TEST(world.look("select count(*) from scim_identity_attributes") == "0");
    BOOST_TEST(world.touched().empty());

    BOOST_TEST(world.remove(world.group, "uid-6") == "ok", "an owner of a subgroup only");
    world.arrange(
        {"update members set access_level = 50 where user_id = 1",
         "update users set state = 'deactivated' where id = 1"}
    );
    BOOST_TEST(world.change(world.group, "uid-5", {kDeactivate}) == "ok");
}

BOOST_DATA_TEST_CASE(deactivated_on_the_instance, dialects(), dialect) {
    Provisioned world{dialect};
    const std::string before = world.memberships(5);
    BOOST_TEST(world.change(world.instance, "uid-5", {kDeactivate}) == "ok");
    BOOST_TEST(world.identities(0) == "uid-5/off/5 uid-6/on/6");
    BOOST_TEST(world.identities(10) == "uid-5/on/5 uid-6/on/6");
    BOOST_TEST(world.state(5) == "blocked/scim");
    BOOST_TEST(world.memberships(5) == before);
    BOOST_TEST(world.look("select count(*) from identities") == "3");
    BOOST_TEST(
        world.look("select count(*) from users where id = 5 and updated_at = "
                   "(select updated_at from scim_identities where id = 4)") == "1"
    );
    BOOST_TEST(world.change(world.instance, "uid-5", {kActivate}) == "ok");
    BOOST_TEST(world.state(5) == "active");
    BOOST_TEST(world.identities(0) == "uid-5/on/5 uid-6/on/6");
}

BOOST_DATA_TEST_CASE(who_was_blocked_by_others_stays_so, dialects(), dialect) {
    for (const char* const state :
         {"blocked", "ldap_blocked", "banned", "blocked_pending_approval"}) {
        Provisioned world{dialect};
        world.database.session().execute_once(
            fmt::format("update users set state = '{}' where id = 5", state)
        );
        BOOST_TEST(world.change(world.instance, "uid-5", {kDeactivate}) == "ok");
        BOOST_TEST(world.state(5) == state);
        BOOST_TEST(world.change(world.instance, "uid-5", {kActivate}) == "ok");
        BOOST_TEST(world.state(5) == state);
        BOOST_TEST(world.identities(0) == "uid-5/on/5 uid-6/on/6");
    }
}

BOOST_DATA_TEST_CASE(who_was_banned_since_stays_banned, dialects(), dialect) {
    Provisioned world{dialect};
    BOOST_TEST(world.change(world.instance, "uid-5", {kDeactivate}) == "ok");
    world.arrange({"update users set state = 'banned' where id = 5"});
    BOOST_TEST(world.change(world.instance, "uid-5", {kActivate}) == "ok");
    BOOST_TEST(world.state(5) == "banned");
}

BOOST_DATA_TEST_CASE(sleeping_account_is_blocked, dialects(), dialect) {
    Provisioned world{dialect, {"update users set state = 'deactivated' where id = 5"}};
    BOOST_TEST(world.change(world.instance, "uid-5", {kDeactivate}) == "ok");
    BOOST_TEST(world.state(5) == "blocked/scim");
}

BOOST_DATA_TEST_CASE(last_administrator_stays, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"update users set admin = true where id in (5, 6)",
         "update users set state = 'blocked' where id = 1",
         "update users set user_type = 13 where id = 6"}};
    const std::string refused =
        "precondition Could not block Jane Doe. Cannot block the last active administrator.";
    BOOST_TEST(world.change(world.instance, "uid-5", {kDeactivate}) == refused);
    BOOST_TEST(world.remove(world.instance, "uid-5") == refused);
    BOOST_TEST(world.identities(0) == "uid-5/on/5 uid-6/on/6");
    BOOST_TEST(world.state(5) == "active");
    world.arrange({"update users set state = 'active' where id = 1"});
    BOOST_TEST(world.change(world.instance, "uid-5", {kDeactivate}) == "ok");
}

BOOST_DATA_TEST_CASE(removed_from_a_group_and_back, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"insert into scim_identity_aliases (scim_identity_id, group_id, extern_uid) values "
         "(1, 10, 'old')",
         "insert into scim_identity_attributes (scim_identity_id, name, value) values "
         "(1, 'title', 'x')"}};
    BOOST_TEST(world.remove(world.group, "OLD") == "ok");
    BOOST_TEST(world.identities() == "uid-6/on/6");
    BOOST_TEST(world.memberships(5) == "N20/30 P200/40");
    BOOST_TEST(world.saml_identities() == "8/uid-5/5");
    BOOST_TEST(world.aliases().empty());
    BOOST_TEST(world.look("select count(*) from scim_identity_attributes") == "0");
    BOOST_TEST(world.state(5) == "active");
    BOOST_TEST(world.remove(world.group, "uid-5") == "not_found Resource uid-5 not found");
    BOOST_TEST(world.remove(world.group, "old") == "not_found Resource old not found");
    BOOST_TEST(
        world.change(world.group, "uid-5", {kActivate}) == "not_found Resource uid-5 not found"
    );
    BOOST_TEST(
        outcome(world.store.create(
            world.group, person("uid-55", "jane", "jane@example.com"), kProvisionedAt
        )) == "ok"
    );
    BOOST_TEST(world.identities() == "uid-6/on/6 uid-55/on/5");
    BOOST_TEST(world.memberships(5) == "N10/10 N20/30 P200/40");
}

BOOST_DATA_TEST_CASE(removed_from_the_instance_and_back, dialects(), dialect) {
    Provisioned world{dialect};
    BOOST_TEST(world.remove(world.instance, "uid-5") == "ok");
    BOOST_TEST(world.identities(0) == "uid-6/on/6");
    BOOST_TEST(world.state(5) == "blocked/scim");
    BOOST_TEST(
        outcome(world.store.create(
            world.instance, person("uid-5", "jane", "jane@example.com"), kProvisionedAt
        )) == "ok"
    );
    BOOST_TEST(world.state(5) == "active");
}

BOOST_DATA_TEST_CASE(inactive_one_is_removed_without_further_ado, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"update scim_identities set active = false where user_id = 5",
         "update members set access_level = 50 where user_id = 5 and source_id = 10",
         "delete from members where user_id = 1"}};
    const std::string before = world.memberships(5);
    BOOST_TEST(world.remove(world.group, "uid-5") == "ok");
    BOOST_TEST(world.memberships(5) == before);
    BOOST_TEST(world.remove(world.instance, "uid-5") == "ok");
    BOOST_TEST(world.state(5) == "active");
}

BOOST_DATA_TEST_CASE(what_is_so_already_is_not_written, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"insert into scim_identity_attributes (scim_identity_id, name, value) values "
         "(1, 'title', 'x')",
         "delete from members where user_id = 5",
         "update scim_identities set active = false where id = 2"}};
    BOOST_TEST(
        world.change(
            world.group,
            "uid-5",
            {kActivate,
             SetId{"uid-5", false},
             SetId{"uid-5", true},
             SetEchoAttribute{Attribute::title, "x"},
             SetEchoAttribute{Attribute::locale, {}}}
        ) == "ok"
    );
    BOOST_TEST(world.change(world.group, "uid-6", {kDeactivate}) == "ok");
    BOOST_TEST(world.change(world.group, "uid-6", {}) == "ok");
    BOOST_TEST(world.touched().empty());
    BOOST_TEST(world.memberships(5).empty());
    BOOST_TEST(world.memberships(6) == "N11/30");
}

BOOST_DATA_TEST_CASE(echo_attributes, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"insert into scim_identity_attributes (scim_identity_id, name, value) values "
         "(1, 'title', 'x'), (1, 'locale', 'de'), (3, 'title', 'y')"}};
    BOOST_TEST(
        world.change(
            world.group,
            "uid-5",
            {SetEchoAttribute{Attribute::title, "new \"title\" 'x' ü"},
             SetEchoAttribute{Attribute::locale, {}},
             SetEchoAttribute{Attribute::timezone, "Europe/Berlin"}}
        ) == "ok"
    );
    BOOST_TEST(
        world.look("select scim_identity_id || name || '=' || value from scim_identity_attributes "
                   "order by scim_identity_id, name"
        ) == "1timezone=Europe/Berlin 1title=new \"title\" 'x' ü 3title=y"
    );
    BOOST_TEST(world.touched() == "1");
}

// The account could not sign in.
BOOST_DATA_TEST_CASE(precondition_refuses_before_anything_is_written, dialects(), dialect) {
    Provisioned world{dialect};
    ScimIdentityId asked_for;
    const auto refuses = [&](ScimIdentityId id) -> Result<void> {
        asked_for = id;
        return failure(ErrorCode::precondition_failed, "changed meanwhile");
    };
    BOOST_TEST(
        world.change(world.group, "uid-6", {kDeactivate}, refuses) ==
        "precondition changed meanwhile"
    );
    BOOST_TEST(asked_for.value == 2);
    BOOST_TEST(
        outcome(world.store.remove(world.group, "uid-5", refuses, kProvisionedAt)) ==
        "precondition changed meanwhile"
    );
    BOOST_TEST(asked_for.value == 1);
    BOOST_TEST(world.identities() == "uid-5/on/5 uid-6/on/6");
    const auto passes = [](ScimIdentityId) { return Result<void>{}; };
    BOOST_TEST(world.change(world.group, "uid-6", {kDeactivate}, passes) == "ok");
}

BOOST_DATA_TEST_CASE(group_that_is_gone, dialects(), dialect) {
    Provisioned world{dialect};
    const auth::ScimCaller gone{
        .token_id = {1}, .group_id = NamespaceId{999}, .group_path = "gone"};
    BOOST_TEST(world.change(gone, "uid-5", {kDeactivate}) == "not_found Group gone not found");
    BOOST_TEST(world.remove(gone, "uid-5") == "not_found Group gone not found");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

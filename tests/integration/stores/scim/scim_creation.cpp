#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/domain/scim/attribute.hpp"
#include "tests/integration/stores/scim/scim_world.hpp"

namespace innergate::test {
namespace {

using handlers::domain::scim::Attribute;
using handlers::domain::scim::NewUser;

constexpr std::string_view kJane =
    "insert into users (id, username, name, email) "
    "values (5, 'jane', 'Jane', 'Jane@Example.com')";
constexpr std::string_view kBot =
    "insert into users (id, username, name, email, user_type) "
    "values (6, 'bot', 'Bot', 'bot@example.com', 6)";

NewUser jane() {
    return person("uid-1", "Jane.Doe@example.com", "jane@example.com");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_creation)

BOOST_DATA_TEST_CASE(new_person_of_a_group, dialects(), dialect) {
    ScimWorld world{dialect};
    NewUser user = jane();
    user.given_name = "Janet";
    user.echo_attributes = {{Attribute::title, "Director"}, {Attribute::nick_name, "JD"}};
    const auto id = world.store.create(world.group, user, kProvisionedAt);
    BOOST_TEST_REQUIRE(outcome(id) == "ok");
    BOOST_TEST(
        world.look("select max(id) from scim_identities") == std::to_string(id.value().value)
    );
    const std::string account = world.look("select max(id) from users");
    BOOST_TEST(world.identities() == "uid-1/on/" + account);
    BOOST_TEST(
        world.look("select username || ' ' || name || ' ' || email || ' ' || state from users "
                   "where id = (select max(id) from users)"
        ) == "Jane.Doe Jane Doe jane@example.com active"
    );
    BOOST_TEST(
        world.look("select case when password_automatically_set and confirmed_at = created_at and "
                   "not provisioned_by_scim and not scim_blocked and not admin "
                   "then provisioned_by_group_id end from users "
                   "where id = (select max(id) from users)") == "10"
    );
    BOOST_TEST(
        world.look("select type || ' ' || name || ' ' || path || ' ' || owner_id from namespaces "
                   "where owner_id is not null") == "User Jane Doe Jane.Doe " + account
    );
    BOOST_TEST(
        world.look("select routes.path from routes join namespaces "
                   "on namespaces.id = routes.source_namespace_id "
                   "where namespaces.owner_id is not null") == "Jane.Doe"
    );
    BOOST_TEST(world.memberships(std::stoll(account)) == "N10/10");
    BOOST_TEST(world.saml_identities() == "7/uid-1/" + account);
    BOOST_TEST(
        world.look("select user_name || ' ' || given_name || ' ' || coalesce(family_name, '-') "
                   "|| ' ' || name_snapshot from scim_identities"
        ) == "Jane.Doe@example.com Janet - Jane Doe"
    );
    BOOST_TEST(
        world.look("select name || '=' || value from scim_identity_attributes order by name") ==
        "nickName=JD title=Director"
    );
}

BOOST_DATA_TEST_CASE(new_person_of_the_instance, dialects(), dialect) {
    ScimWorld world{dialect};
    BOOST_TEST(outcome(world.store.create(world.instance, jane(), kProvisionedAt)) == "ok");
    const long long account = std::stoll(world.look("select max(id) from users"));
    BOOST_TEST(world.identities(0) == fmt::format("uid-1/on/{}", account));
    BOOST_TEST(world.identities(10).empty());
    BOOST_TEST(world.memberships(account).empty());
    BOOST_TEST(world.look("select count(*) from identities") == "0");
    BOOST_TEST(world.state(account) == "active");
    BOOST_TEST(
        world.look(
            "select coalesce(provisioned_by_group_id, 0) from users where provisioned_by_scim"
        ) == "0"
    );
}

BOOST_DATA_TEST_CASE(id_is_made_where_none_is_sent, dialects(), dialect) {
    ScimWorld world{dialect};
    NewUser user = jane();
    user.id.reset();
    BOOST_TEST(outcome(world.store.create(world.group, user, kProvisionedAt)) == "ok");
    const std::string made = world.look("select extern_uid from scim_identities");
    BOOST_TEST(made.size() == 36U);
    BOOST_TEST(made.at(14) == '4');
    BOOST_TEST(made.find_first_not_of("0123456789abcdef-") == std::string::npos);
    BOOST_TEST(
        outcome(world.store.create(world.group, user, kProvisionedAt)) ==
        "conflict uniqueness User has already been taken"
    );
}

BOOST_DATA_TEST_CASE(inactive_person, dialects(), dialect) {
    ScimWorld world{dialect};
    NewUser user = jane();
    user.active = false;
    BOOST_TEST(outcome(world.store.create(world.group, user, kProvisionedAt)) == "ok");
    const long long of_group = std::stoll(world.look("select max(id) from users"));
    BOOST_TEST(world.identities() == fmt::format("uid-1/off/{}", of_group));
    BOOST_TEST(world.state(of_group) == "active");
    BOOST_TEST(world.memberships(of_group).empty());
    BOOST_TEST(world.saml_identities().empty());

    user.email = "new@example.com";
    BOOST_TEST(outcome(world.store.create(world.instance, user, kProvisionedAt)) == "ok");
    const long long of_instance = std::stoll(world.look("select max(id) from users"));
    BOOST_TEST(world.state(of_instance) == "blocked/scim");

    user.email = "jane@example.com";
    user.user_name = "jane2";
    user.id = "uid-2";
    BOOST_TEST(outcome(world.store.create(world.instance, user, kProvisionedAt)) == "ok");
    BOOST_TEST(world.state(of_group) == "active", "a linked account is left alone");
}

BOOST_DATA_TEST_CASE(account_is_found_by_email, dialects(), dialect) {
    ScimWorld world{dialect, {kJane}};
    const NewUser user = person("uid-1", "somebody", "jANE@example.com");
    BOOST_TEST(outcome(world.store.create(world.group, user, kProvisionedAt)) == "ok");
    BOOST_TEST(world.identities() == "uid-1/on/5");
    BOOST_TEST(
        world.look("select username || ' ' || name || ' ' || email from users where id = 5") ==
        "jane Jane Jane@Example.com"
    );
    BOOST_TEST(
        world.look("select coalesce(provisioned_by_group_id, 0) from users where id = 5") == "0"
    );
    BOOST_TEST(world.memberships(5) == "N10/10");
    BOOST_TEST(world.saml_identities() == "7/uid-1/5");
    BOOST_TEST(world.look("select count(*) from users") == "2");
}

BOOST_DATA_TEST_CASE(account_is_found_by_a_confirmed_further_email, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kJane,
         "insert into emails (user_id, email, confirmed_at) values "
         "(5, 'Second@example.com', '2026-01-01T00:00:00.000Z'), (5, 'third@example.com', null)"}};
    NewUser user = person("uid-1", "second", "second@example.com");
    BOOST_TEST(outcome(world.store.create(world.group, user, kProvisionedAt)) == "ok");
    BOOST_TEST(world.identities() == "uid-1/on/5");
    user = person("uid-2", "third", "third@example.com");
    BOOST_TEST(outcome(world.store.create(world.group, user, kProvisionedAt)) == "ok");
    BOOST_TEST(world.look("select count(*) from users") == "3");
}

BOOST_DATA_TEST_CASE(account_is_found_by_saml, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kJane,
         "insert into identities (user_id, provider, saml_provider_id, extern_uid) values "
         "(5, 'group_saml', 7, 'UID-1'), (1, 'group_saml', 8, 'uid-1'), "
         "(5, 'saml', null, 'uid-9')"}};
    const NewUser user = person("uid-1", "somebody", "elsewhere@example.com");
    BOOST_TEST(outcome(world.store.create(world.group, user, kProvisionedAt)) == "ok");
    BOOST_TEST(world.identities() == "uid-1/on/5");
    BOOST_TEST(world.look("select count(*) from users") == "2");
    BOOST_TEST(world.look("select count(*) from identities") == "3");
    const NewUser same = person("UID-9", "somebody", "elsewhere@example.com");
    BOOST_TEST(outcome(world.store.create(world.instance, same, kProvisionedAt)) == "ok");
    BOOST_TEST(world.identities(0) == "UID-9/on/5");
}

BOOST_DATA_TEST_CASE(saml_and_email_of_different_people, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kJane,
         "insert into identities (user_id, provider, saml_provider_id, extern_uid) values "
         "(1, 'group_saml', 7, 'uid-1')"}};
    BOOST_TEST(
        outcome(world.store.create(world.group, jane(), kProvisionedAt)) ==
        "conflict uniqueness User has already been taken"
    );
    BOOST_TEST(world.identities().empty());
}

BOOST_DATA_TEST_CASE(email_of_a_bot, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kBot,
         "insert into emails (user_id, email, confirmed_at) values "
         "(6, 'further@example.com', '2026-01-01T00:00:00.000Z')"}};
    for (const char* const email : {"Bot@example.com", "further@example.com"}) {
        BOOST_TEST(
            outcome(
                world.store.create(world.group, person("uid-1", "somebody", email), kProvisionedAt)
            ) == "conflict uniqueness Email has already been taken"
        );
    }
}

BOOST_DATA_TEST_CASE(saml_name_of_a_bot, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kBot,
         "insert into identities (user_id, provider, saml_provider_id, extern_uid) values "
         "(6, 'group_saml', 7, 'uid-1')"}};
    BOOST_TEST(
        outcome(world.store.create(world.group, jane(), kProvisionedAt)) ==
        "conflict uniqueness Extern uid has already been taken"
    );
    BOOST_TEST(world.look("select count(*) from users") == "2");
}

BOOST_DATA_TEST_CASE(what_is_taken, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kJane,
         "insert into users (id, username, name, email) values (8, 'b', 'B', 'b@example.com')"}};
    BOOST_TEST(outcome(world.store.create(world.group, jane(), kProvisionedAt)) == "ok");
    const auto create = [&](const char* uid, const char* user_name, const char* email) {
        return outcome(
            world.store.create(world.group, person(uid, user_name, email), kProvisionedAt)
        );
    };
    BOOST_TEST(
        create("UID-1", "Jane.Doe@example.com", "jane@example.com") ==
        "conflict uniqueness Extern uid has already been taken"
    );
    BOOST_TEST(
        create("uid-1", "x", "x@example.com") ==
        "conflict uniqueness Extern uid has already been taken"
    );
    BOOST_TEST(
        create("uid-2", "x", "jane@example.com") ==
        "conflict uniqueness User has already been taken"
    );
    BOOST_TEST(
        create("uid-2", "jane.doe@EXAMPLE.com", "x@example.com") ==
        "conflict uniqueness Username has already been taken"
    );
    BOOST_TEST(create("uid-3", "b", "b@example.com") == "ok");
    BOOST_TEST(
        create("uid-1", "y", "b@example.com") == "conflict uniqueness User has already been taken",
        "the id is one person's, the address another's"
    );
    BOOST_TEST(
        outcome(world.store.create(world.other, jane(), kProvisionedAt)) == "ok",
        "each group knows its own"
    );
    BOOST_TEST(outcome(world.store.create(world.instance, jane(), kProvisionedAt)) == "ok");
    BOOST_TEST(world.look("select count(*) from users") == "3");
}

BOOST_DATA_TEST_CASE(user_name_of_an_inactive_identity_is_taken, dialects(), dialect) {
    ScimWorld world{dialect};
    NewUser user = jane();
    user.active = false;
    BOOST_TEST(outcome(world.store.create(world.group, user, kProvisionedAt)) == "ok");
    BOOST_TEST(
        outcome(world.store.create(
            world.group, person("uid-2", "jane.doe@example.com", "x@example.com"), kProvisionedAt
        )) == "conflict uniqueness Username has already been taken"
    );
}

BOOST_DATA_TEST_CASE(inactive_person_is_provisioned_again_by_id, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kJane,
         "insert into scim_identities (id, group_id, user_id, extern_uid, active, user_name, "
         "given_name, name_snapshot) values (3, 10, 5, 'uid-1', false, 'old', 'J', 'Jane')",
         "insert into scim_identity_attributes (scim_identity_id, name, value) values "
         "(3, 'title', 'Old'), (3, 'locale', 'de')"}};
    NewUser user = person("UID-1", "new", "changed@example.com");
    user.echo_attributes = {{Attribute::title, "New"}};
    const auto id = world.store.create(world.group, user, kProvisionedAt);
    BOOST_TEST_REQUIRE(outcome(id) == "ok");
    BOOST_TEST(id.value().value == 3);
    BOOST_TEST(world.identities() == "UID-1/on/5");
    BOOST_TEST(world.aliases().empty());
    BOOST_TEST(
        world.look("select user_name || given_name || name_snapshot from scim_identities") ==
        "newJJane"
    );
    BOOST_TEST(
        world.look("select name || '=' || value from scim_identity_attributes") == "title=New"
    );
    BOOST_TEST(world.memberships(5) == "N10/10");
    BOOST_TEST(world.saml_identities() == "7/UID-1/5");
    BOOST_TEST(world.look("select email from users where id = 5") == "Jane@Example.com");
}

BOOST_DATA_TEST_CASE(inactive_person_is_provisioned_again_by_account, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kJane,
         "insert into scim_identities (id, group_id, user_id, extern_uid, active) values "
         "(3, 10, 5, 'uid-1', false)",
         "insert into scim_identity_aliases (scim_identity_id, group_id, extern_uid) values "
         "(3, 10, 'uid-0'), (3, 10, 'UID-2')"}};
    NewUser user = person("uid-2", "new", "jane@example.com");
    user.active = false;
    user.given_name = "Jane";
    BOOST_TEST(outcome(world.store.create(world.group, user, kProvisionedAt)) == "ok");
    BOOST_TEST(world.identities() == "uid-2/off/5");
    BOOST_TEST(world.aliases() == "uid-0>uid-2 uid-1>uid-2");
    BOOST_TEST(world.memberships(5).empty());
    BOOST_TEST(
        world.look("select given_name || '/' || name_snapshot from scim_identities") ==
        "Jane/Jane Doe"
    );
    user.id.reset();
    user.active = true;
    BOOST_TEST(outcome(world.store.create(world.group, user, kProvisionedAt)) == "ok");
    BOOST_TEST(world.identities() == "uid-2/on/5", "no new id unless one is sent");
}

BOOST_DATA_TEST_CASE(alias_of_another_goes, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kJane,
         "insert into scim_identities (id, group_id, user_id, extern_uid) values "
         "(3, 10, 5, 'uid-1')",
         "insert into scim_identity_aliases (scim_identity_id, group_id, extern_uid) values "
         "(3, 10, 'UID-0')",
         "insert into scim_identities (id, group_id, user_id, extern_uid) values "
         "(4, null, 5, 'uid-1')",
         "insert into scim_identity_aliases (scim_identity_id, group_id, extern_uid) values "
         "(4, null, 'uid-0')"}};
    BOOST_TEST(
        outcome(world.store.create(
            world.group, person("uid-0", "new", "new@example.com"), kProvisionedAt
        )) == "ok"
    );
    BOOST_TEST(world.aliases() == "uid-0>uid-1", "that of the instance stays");
}

BOOST_DATA_TEST_CASE(allowed_email_domains, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {"insert into allowed_email_domains (group_id, domain) values "
         "(10, 'Acme.test'), (10, 'example.org')"}};
    const auto create = [&](const auth::ScimCaller& caller, const char* email) {
        return outcome(world.store.create(caller, person(email, email, email), kProvisionedAt));
    };
    const std::string refused =
        "precondition The member's email address is not allowed for this group. Check with your "
        "administrator.";
    BOOST_TEST(create(world.group, "a@example.com") == refused);
    BOOST_TEST(create(world.group, "a@sub.acme.test") == refused);
    BOOST_TEST(create(world.group, "a@aCme.test") == "ok");
    BOOST_TEST(create(world.group, "b@example.org") == "ok");
    BOOST_TEST(create(world.other, "c@example.com") == "ok");
    BOOST_TEST(create(world.instance, "d@example.com") == "ok");
}

BOOST_DATA_TEST_CASE(enforced_single_sign_on, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {kJane, "update saml_providers set enforced_sso = true, default_membership_role = 30"}};
    BOOST_TEST(
        outcome(world.store.create(world.group, jane(), kProvisionedAt)) ==
        "precondition The member's email address is not linked to a SAML account or has an "
        "inactive SCIM identity."
    );
    BOOST_TEST(
        outcome(world.store.create(
            world.group, person("uid-2", "new", "new@example.com"), kProvisionedAt
        )) == "ok",
        "a new account is the group's own"
    );
    BOOST_TEST(world.look("select access_level from members") == "30");
    world.arrange(
        {"insert into identities (user_id, provider, saml_provider_id, extern_uid) values "
         "(5, 'group_saml', 7, 'another')"}
    );
    BOOST_TEST(outcome(world.store.create(world.group, jane(), kProvisionedAt)) == "ok");
    BOOST_TEST(world.memberships(5) == "N10/30");
    BOOST_TEST(
        world.look("select extern_uid from identities where user_id = 5") == "another",
        "the sign-in that works is left alone"
    );
}

BOOST_DATA_TEST_CASE(group_that_is_gone, dialects(), dialect) {
    ScimWorld world{dialect};
    const auth::ScimCaller gone{
        .token_id = {1}, .group_id = NamespaceId{999}, .group_path = "gone"};
    BOOST_TEST(
        outcome(world.store.create(gone, jane(), kProvisionedAt)) ==
        "not_found Group gone not found"
    );
    BOOST_TEST(world.look("select count(*) from users") == "1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

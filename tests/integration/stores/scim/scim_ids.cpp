// What happens when a provider calls somebody by another id.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/stores/scim/scim_provisioned.hpp"

namespace innergate::test {
namespace {

using handlers::domain::scim::Change;
using handlers::domain::scim::SetActive;
using handlers::domain::scim::SetId;

const Change kActivate = SetActive{true};
const Change kDeactivate = SetActive{false};

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_ids)

BOOST_DATA_TEST_CASE(new_external_id_keeps_the_old_as_an_alias, dialects(), dialect) {
    Provisioned world{dialect};
    BOOST_TEST(world.change(world.group, "uid-5", {SetId{"new", true}}) == "ok");
    BOOST_TEST(world.identities() == "new/on/5 uid-6/on/6");
    BOOST_TEST(world.identities(20) == "uid-5/on/5");
    BOOST_TEST(world.aliases() == "uid-5>new");
    BOOST_TEST(world.saml_identities() == "7/new/5 8/uid-5/5");
    BOOST_TEST(world.touched() == "1");
    BOOST_TEST(world.change(world.group, "UID-5", {SetId{"newer", true}}) == "ok");
    BOOST_TEST(world.aliases() == "uid-5>newer new>newer");
    BOOST_TEST(world.change(world.group, "newer", {SetId{"uid-5", true}}) == "ok");
    BOOST_TEST(world.aliases() == "new>uid-5 newer>uid-5");
    BOOST_TEST(world.change(world.group, "uid-6", {SetId{"NEW", true}}) == "ok");
    BOOST_TEST(world.aliases() == "newer>uid-5 uid-6>NEW", "another took it");
    BOOST_TEST(world.change(world.group, "newer", {SetId{"last", false}}) == "ok");
    BOOST_TEST(world.aliases() == "uid-6>NEW");
    BOOST_TEST(
        world.change(world.group, "uid-5", {kActivate}) == "not_found Resource uid-5 not found"
    );
}

BOOST_DATA_TEST_CASE(new_id_in_another_case, dialects(), dialect) {
    Provisioned world{dialect};
    BOOST_TEST(world.change(world.group, "uid-5", {SetId{"Uid-5", true}}) == "ok");
    BOOST_TEST(world.identities() == "Uid-5/on/5 uid-6/on/6");
    BOOST_TEST(world.saml_identities() == "7/Uid-5/5 8/uid-5/5");
    BOOST_TEST(world.aliases().empty());
}

BOOST_DATA_TEST_CASE(new_id_that_is_taken, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"insert into identities (user_id, provider, saml_provider_id, extern_uid) values "
         "(1, 'group_saml', 7, 'roots'), (1, 'saml', null, 'roots')"}};
    const std::string refused = "conflict uniqueness Extern uid has already been taken";
    for (const bool keeps_alias : {false, true}) {
        BOOST_TEST(
            world.change(world.group, "uid-5", {kDeactivate, SetId{"UID-6", keeps_alias}}) ==
            refused
        );
        BOOST_TEST(world.change(world.group, "uid-5", {SetId{"Roots", keeps_alias}}) == refused);
        BOOST_TEST(world.change(world.instance, "uid-5", {SetId{"Roots", keeps_alias}}) == refused);
    }
    BOOST_TEST(world.identities() == "uid-5/on/5 uid-6/on/6");
    BOOST_TEST(world.touched().empty());
    BOOST_TEST(world.change(world.other, "uid-5", {SetId{"uid-6", true}}) == "ok");
}

BOOST_DATA_TEST_CASE(sign_in_of_another_by_the_same_name, dialects(), dialect) {
    Provisioned world{
        dialect,
        {"insert into identities (user_id, provider, saml_provider_id, extern_uid) values "
         "(1, 'group_saml', 7, 'UID-6')",
         "update scim_identities set active = false where id = 2"}};
    BOOST_TEST(
        world.change(world.group, "uid-6", {kActivate}) ==
        "conflict uniqueness Extern uid has already been taken"
    );
    BOOST_TEST(world.identities() == "uid-5/on/5 uid-6/off/6");
    BOOST_TEST(world.memberships(6) == "N11/30");
}

BOOST_DATA_TEST_CASE(id_and_activity_at_once, dialects(), dialect) {
    Provisioned world{dialect, {"update scim_identities set active = false where id = 2"}};
    BOOST_TEST(world.change(world.group, "uid-6", {SetId{"new", true}, kActivate}) == "ok");
    BOOST_TEST(world.identities() == "uid-5/on/5 new/on/6");
    BOOST_TEST(world.saml_identities() == "7/uid-5/5 8/uid-5/5 7/new/6");
    BOOST_TEST(world.change(world.group, "new", {SetId{"newer", true}, kDeactivate}) == "ok");
    BOOST_TEST(world.saml_identities() == "7/uid-5/5 8/uid-5/5");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

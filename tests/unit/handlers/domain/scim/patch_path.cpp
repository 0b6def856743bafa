#include "handlers/domain/scim/patch_path.hpp"

#include <boost/test/unit_test.hpp>

#include "handlers/domain/scim/echo_attribute.hpp"

namespace innergate::handlers::domain::scim {
namespace {

void check_all(std::initializer_list<const char*> paths, PatchTarget target) {
    for (const char* const text : paths) {
        const auto path = parse_patch_path(text);
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST_REQUIRE(path.has_value());
            BOOST_TEST((path->target == target));
            BOOST_TEST(path->echo_attribute.has_value() == (target == PatchTarget::echo_attribute));
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_patch_paths)

BOOST_AUTO_TEST_CASE(targets) {
    check_all(
        {"active",
         "ACTIVE",
         "urn:ietf:params:scim:schemas:core:2.0:User:active",
         "URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:Active"},
        PatchTarget::active
    );
    check_all({"id", "Id"}, PatchTarget::id);
    check_all({"externalId", "externalid"}, PatchTarget::external_id);
    check_all(
        {"nickName", "TITLE", "userType", "preferredLanguage", "locale", "timezone"},
        PatchTarget::echo_attribute
    );
    check_all({"userName", "emails", "name", "schemas", "NAME"}, PatchTarget::required);
    check_all({"meta", "Meta.created", "meta.x", R"(meta[created eq "x"])"}, PatchTarget::meta);
    check_all(
        {"urn:ietf:params:scim:schemas:core:2.0:User",
         "URN:ietf:params:scim:schemas:core:2.0:user"},
        PatchTarget::user
    );
}

BOOST_AUTO_TEST_CASE(the_rest_has_no_effect) {
    check_all(
        {"name.formatted",
         "name.givenName",
         "displayName",
         "emails.value",
         R"(emails[type eq "work"])",
         R"(emails[type eq "work"].value)",
         R"(emails[ type eq "work" and not (primary eq false) ].value)",
         R"(emails[value eq "a]b:c"].value)",
         R"(emails[whatever gt 1].value)",
         R"(phoneNumbers[type eq "work"].value)",
         "addresses",
         R"(addresses[type eq "work"].streetAddress)",
         R"(roles[primary eq "True"].value)",
         "roles",
         "groups.$ref",
         "password",
         "unknown",
         R"(title[value eq "x"])",
         "title.x",
         "active.value",
         "id.x",
         "externalId.x",
         "schemas.x",
         R"(active[value eq true])",
         "x-y_z1",
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:title",
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:meta",
         "urn:ietf:params:scim:schemas:extension:custom:2.0:User:active",
         R"(urn:ietf:params:scim:schemas:extension:custom:2.0:User:x[a eq "b"].c)",
         "urn:scim:schemas:core:1.0:active"},
        PatchTarget::other
    );
}

BOOST_AUTO_TEST_CASE(what_is_no_path) {
    for (const char* const text :
         {"",
          " ",
          " active",
          "active ",
          "1x",
          "a b",
          "a..b",
          "a.b.c",
          ".a",
          "a.",
          "a/b",
          "emails[",
          "emails[]",
          "emails[type]",
          R"(emails[type eq "work")",
          R"(emails[type eq "work"]value)",
          R"(emails[type eq "work"].)",
          R"(emails[type eq "work"].a.b)",
          R"(emails[type eq "work"][type eq "work"])",
          R"(emails[type is "work"])",
          R"(emails["work"])",
          R"(emails[phone[type eq "x"]])",
          R"(emails[a.b eq "x"])",
          R"([type eq "work"])",
          "emails]",
          "urn:",
          "urn:x",
          "urn:x:",
          "urn: x:y",
          "urn:ietf:params:scim:schemas:core:2.0:User:",
          "http://example.com/active",
          "@odata.type"}) {
        BOOST_TEST(!parse_patch_path(text).has_value(), text);
    }
    const std::string deep = "emails[" + std::string(1000, '(') + "type pr";
    BOOST_TEST(!parse_patch_path(deep).has_value());
    const std::string long_one = R"(emails[type eq ")" + std::string(5000, 'x') + R"("])";
    BOOST_TEST(!parse_patch_path(long_one).has_value());
}

BOOST_AUTO_TEST_CASE(names_are_the_schemas) {
    BOOST_TEST(parse_patch_path("EXTERNALID")->name == "externalId");
    BOOST_TEST(parse_patch_path("NICKNAME")->name == "nickName");
    BOOST_TEST((parse_patch_path("NICKNAME")->echo_attribute == Attribute::nick_name));
    BOOST_TEST(parse_patch_path("meta.created")->name == "meta");
}

BOOST_AUTO_TEST_CASE(echo_attributes_are_found_both_ways) {
    for (const EchoAttribute& known : kEchoAttributes) {
        BOOST_TEST((find_echo_attribute(known.name)->attribute == known.attribute));
        BOOST_TEST(echo_name(known.attribute) == known.name);
    }
    BOOST_TEST(!find_echo_attribute("displayName").has_value());
    BOOST_TEST(echo_name(Attribute::id).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::scim

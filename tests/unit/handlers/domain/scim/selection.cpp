#include "handlers/domain/scim/selection.hpp"

#include <array>
#include <string>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/unit/handlers/domain/scim/json_text.hpp"

namespace innergate::handlers::domain::scim {
namespace {

constexpr std::array<std::string_view, 17> kNames{
    "schemas",
    "id",
    "externalId",
    "active",
    "name.formatted",
    "name",
    "displayName",
    "userName",
    "meta",
    "emails",
    "nickName",
    "title",
    "userType",
    "preferredLanguage",
    "locale",
    "timezone",
    "unknown"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kParts{{
    {"name", "formatted"},
    {"name", "givenName"},
    {"name", "familyName"},
    {"meta", "resourceType"},
    {"meta", "created"},
    {"meta", "lastModified"},
    {"meta", "location"},
    {"meta", "version"},
    {"emails", "type"},
    {"emails", "value"},
    {"emails", "primary"},
}};

/// What is shown besides `schemas` and `id`: `name(givenName) title`.
std::string shown(const Selection& selection) {
    std::string text;
    for (const std::string_view name : kNames) {
        if (!selection.shows(name) || name == "schemas" || name == "id") {
            continue;
        }
        text += text.empty() ? "" : " ";
        text += name;
        std::string parts;
        for (const auto& [owner, part] : kParts) {
            if (owner == name && selection.shows(owner, part)) {
                parts += (parts.empty() ? "" : ",") + std::string{part};
            }
        }
        text += parts.empty() ? "" : "(" + parts + ")";
    }
    BOOST_TEST((selection.shows("schemas") && selection.shows("id")));
    return text;
}

std::string selected(std::string_view attributes) {
    const auto selection = Selection::from(attributes, std::nullopt);
    BOOST_TEST(!selection->is_everything());
    return shown(*selection);
}

std::string without(std::string_view excluded) {
    return shown(Selection::from(std::nullopt, excluded).value());
}

constexpr std::string_view kEverything =
    "externalId active name.formatted name(formatted,givenName,familyName) displayName userName "
    "meta(resourceType,created,lastModified,location,version) emails(type,value,primary) "
    "nickName title userType preferredLanguage locale timezone";

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_selection)

BOOST_AUTO_TEST_CASE(nothing_given_shows_everything) {
    for (const auto& selection :
         {Result<Selection>{Selection{}},
          Selection::from(std::nullopt, std::nullopt),
          Selection::from("", ""),
          Selection::from(" , ,", std::nullopt),
          Selection::from(std::nullopt, ",")}) {
        BOOST_TEST(selection->is_everything());
        BOOST_TEST(shown(*selection) == kEverything);
    }
}

BOOST_AUTO_TEST_CASE(only_what_is_named) {
    struct Example {
        const char* attributes;
        const char* shown;
    };
    static constexpr Example kExamples[]{
        {"userName", "userName"},
        {" USERNAME , Active ", "active userName"},
        {"urn:ietf:params:scim:schemas:core:2.0:User:userName", "userName"},
        {"URN:ietf:params:scim:schemas:core:2.0:user:Name.GivenName", "name(givenName)"},
        {"name", "name.formatted name(formatted,givenName,familyName)"},
        {"name.formatted", "name.formatted name(formatted)"},
        {"name.givenName", "name(givenName)"},
        {"name.givenName,name.familyName", "name(givenName,familyName)"},
        {"emails", "emails(type,value,primary)"},
        {"emails.value,emails.value", "emails(value)"},
        {"meta.version", "meta(version)"},
        {"externalId,title,,locale", "externalId title locale"},
        {"id", ""},
        {"schemas", ""},
        {"unknown", ""},
        {"unknown,title", "title"},
        {"name.unknown", ""},
        {"title.unknown", ""},
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:title", ""},
        {"a b", ""},
        {"emails[type eq \"work\"]", ""},
    };
    for (const Example& example : kExamples) {
        BOOST_TEST(selected(example.attributes) == example.shown, example.attributes);
    }
}

BOOST_AUTO_TEST_CASE(all_but_what_is_excluded) {
    BOOST_TEST(
        without("meta,emails.type,NAME,title,id,schemas") ==
        "externalId active displayName userName emails(value,primary) nickName userType "
        "preferredLanguage locale timezone"
    );
    BOOST_TEST(
        without("name.formatted,active,userName,meta,emails,locale,timezone,title,nickName") ==
        "externalId name(givenName,familyName) displayName userType preferredLanguage"
    );
    BOOST_TEST(
        without("emails.type,emails.value,emails.primary").find("emails") == std::string::npos
    );
    BOOST_TEST(without("unknown") == kEverything);
    BOOST_TEST(Selection::from("", "unknown")->is_everything());
    BOOST_TEST(!Selection::from("", "title")->is_everything());
}

BOOST_AUTO_TEST_CASE(both_are_refused) {
    BOOST_TEST(
        described(Selection::from("title", "unknown").error()) ==
        "invalidValue: attributes and excludedAttributes cannot be used together."
    );
    BOOST_TEST(Selection::from("title", " ").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::scim

#include "handlers/domain/scim/change.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/scim/changes_text.hpp"
#include "tests/unit/handlers/domain/scim/json_text.hpp"

namespace innergate::handlers::domain::scim {
namespace {

constexpr std::string_view kNoEcho =
    "nickName unset, title unset, userType unset, preferredLanguage unset, locale unset, "
    "timezone unset";

std::string replaced(std::string_view document) {
    return described(read_replacement(object_of(document)));
}

SetId id(std::string text) {
    return {.id = std::move(text), .keeps_alias = false};
}

SetId external_id(std::string text) {
    return {.id = std::move(text), .keeps_alias = true};
}

UserState user_with(bool active, EchoAttributes attributes) {
    UserState state;
    state.id = "a";
    state.active = active;
    state.echo_attributes = std::move(attributes);
    return state;
}

/// `b +a`, of a user whose id is `a`.
std::string id_after(std::initializer_list<Change> changes) {
    const std::vector<Change> list{changes};
    const UserState state = applied(list, user_with(true, {}));
    std::string text = state.id;
    for (const auto& [folded, alias] : state.new_aliases) {
        text += " +" + alias;
    }
    return text + (state.drops_aliases ? " dropped" : "");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_changes)

BOOST_AUTO_TEST_CASE(replacement_sets_echo_attributes_as_a_whole) {
    BOOST_TEST(replaced("{}") == kNoEcho);
    BOOST_TEST(replaced(R"({"title":null})") == kNoEcho);
    BOOST_TEST(
        replaced(R"({"TITLE":"x","locale":"","timezone":"old","timeZone":"y"})") ==
        "nickName unset, title=x, userType unset, preferredLanguage unset, locale=, timezone=y"
    );
    BOOST_TEST(replaced(R"({"title":1})") == "invalidValue: title must be a string.");
    BOOST_TEST(
        replaced(R"({"title":")" + std::string(1025, 'x') + R"("})") ==
        "invalidValue: title must not be longer than 1024 characters."
    );
}

BOOST_AUTO_TEST_CASE(replacement_of_active_and_external_id) {
    const auto check = [](std::string_view document, std::string_view first) {
        BOOST_TEST(replaced(document) == fmt::format("{}, {}", first, kNoEcho), document);
    };
    check(R"({"active":false})", "active=false");
    check(R"({"active":"True"})", "active=true");
    check(R"({"Active":false,"EXTERNALID":"a"})", "active=false, externalId=a");
    for (const char* const document :
         {R"({"active":null})",
          R"({"externalId":null})",
          R"({"externalId":""})",
          R"({"externalId":" "})"}) {
        BOOST_TEST(replaced(document) == kNoEcho, document);
    }
    BOOST_TEST(replaced(R"({"active":1})") == "invalidValue: active must be true or false.");
    BOOST_TEST(replaced(R"({"active":""})") == "invalidValue: active must be true or false.");
    BOOST_TEST(replaced(R"({"externalId":1})") == "invalidValue: externalId must be a string.");
    BOOST_TEST(
        replaced(R"({"externalId":")" + std::string(256, 'x') + R"("})") ==
        "invalidValue: externalId must not be longer than 255 characters."
    );
}

BOOST_AUTO_TEST_CASE(replacement_ignores_the_rest) {
    BOOST_TEST(replaced(R"({"schemas":[],"id":1,"meta":1,"userName":"","name":1,"displayName":{},
                     "emails":0,"password":"x","groups":[],"a b":1})") == kNoEcho);
}

BOOST_AUTO_TEST_CASE(ids) {
    BOOST_TEST(id_after({}) == "a");
    BOOST_TEST(id_after({id("a")}) == "a");
    BOOST_TEST(id_after({external_id("a")}) == "a");
    BOOST_TEST(id_after({id("b")}) == "b dropped");
    BOOST_TEST(id_after({external_id("b")}) == "b +a");
    BOOST_TEST(id_after({external_id("b"), external_id("c")}) == "c +a +b");
    BOOST_TEST(id_after({external_id("b"), id("c")}) == "c dropped");
    BOOST_TEST(id_after({id("b"), external_id("c")}) == "c +b dropped");
    BOOST_TEST(id_after({external_id("b"), id("b")}) == "b +a");
}

BOOST_AUTO_TEST_CASE(present_id_is_no_alias) {
    BOOST_TEST(id_after({external_id("A")}) == "A");
    BOOST_TEST(id_after({id("A")}) == "A dropped");
    BOOST_TEST(id_after({external_id("b"), external_id("a")}) == "a +b");
    BOOST_TEST(id_after({external_id("b"), external_id("A"), external_id("B")}) == "B +A");
    BOOST_TEST(id_after({external_id("b"), external_id("c"), external_id("b")}) == "b +a +c");
    BOOST_TEST(id_after({external_id("b"), external_id("B")}) == "B +a");
    // Only letters of ASCII have a case here, as in the databases.
    BOOST_TEST(
        id_after({external_id("\xC3\xA4"), external_id("\xC3\x84")}) == "\xC3\x84 +a +\xC3\xA4"
    );
}

BOOST_AUTO_TEST_CASE(last_change_counts) {
    const UserState before = user_with(true, {{Attribute::title, "x"}, {Attribute::locale, "de"}});
    const std::vector<Change> changes{
        SetActive{false},
        SetActive{true},
        SetActive{false},
        SetEchoAttribute{Attribute::title, "y"},
        SetEchoAttribute{Attribute::title, "z"},
        SetEchoAttribute{Attribute::locale, std::nullopt},
        SetEchoAttribute{Attribute::timezone, std::nullopt},
        SetEchoAttribute{Attribute::nick_name, ""},
    };
    const UserState after = user_with(false, {{Attribute::title, "z"}, {Attribute::nick_name, ""}});
    BOOST_TEST((applied(changes, before) == after));
    BOOST_TEST((applied(changes, after) == after));
    BOOST_TEST((applied({}, before) == before));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::scim

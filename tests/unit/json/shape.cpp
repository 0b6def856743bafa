#include "app/json/shape.hpp"

#include <list>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "app/ids.hpp"

namespace innergate {
namespace {

struct Key {
    std::string title;
};

constexpr auto shape_of(std::type_identity<Key> /*type*/) {
    return shape::object<Key>(shape::member("title", &Key::title, "Its name"));
}

struct Person {
    UserId id{7};
    std::optional<std::string> email;
    std::optional<std::string> nickname;
    std::vector<std::string> scopes;
    std::list<Key> keys;
    std::optional<Key> first_key;
    std::string state = "active";
};

constexpr auto shape_of(std::type_identity<Person> /*type*/) {
    return shape::object<Person>(
        shape::constant("success", true, "Found"),
        shape::member("id", &Person::id, "The id"),
        shape::member("email", &Person::email, "May be null"),
        shape::optional_member("nickname", &Person::nickname, "May be left out"),
        shape::optional_member("scopes", &Person::scopes, "Left out when there are none"),
        shape::member("keys", &Person::keys, "All keys"),
        shape::member("first_key", &Person::first_key, "One key"),
        shape::nested(
            "account",
            "About the account",
            shape::member(
                "state", &Person::state, shape::Doc{"How it is"}.one_of("active", "blocked")
            )
        )
    );
}

struct Refused {
    std::string message;
};

constexpr auto shape_of(std::type_identity<Refused> /*type*/) {
    return shape::object<Refused>(
        shape::constant("success", false, "Not found"),
        shape::member("message", &Refused::message, "Why")
    );
}

struct Found {
    std::variant<Person, Refused> answer;
};

constexpr auto shape_of(std::type_identity<Found> /*type*/) {
    return shape::as<Found>(&Found::answer);
}

struct Nothing {
    std::optional<std::string> text;
};

constexpr auto shape_of(std::type_identity<Nothing> /*type*/) {
    return shape::object<Nothing>(shape::optional_member("text", &Nothing::text, "If any"));
}

template <class T>
std::string text_of(const T& value) {
    std::string text;
    json::Writer writer{text};
    shape::write(writer, value);
    return text;
}

template <class T>
std::string schema_of() {
    std::string text;
    json::Writer writer{text};
    shape::write_schema<T>(writer);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shapes)

BOOST_AUTO_TEST_CASE(members_come_in_order_null_or_left_out_as_declared) {
    BOOST_TEST(
        text_of(Person{}) ==
        R"({"success":true,"id":7,"email":null,"keys":[],"first_key":null,"account":{"state":"active"}})"
    );
    const Person person{
        .email = "a@example.com",
        .nickname = "dede",
        .scopes = {"api", "read_user"},
        .keys = {{"laptop"}},
        .first_key = Key{"laptop"},
    };
    BOOST_TEST(
        text_of(person) ==
        R"({"success":true,"id":7,"email":"a@example.com","nickname":"dede","scopes":["api","read_user"],)"
        R"("keys":[{"title":"laptop"}],"first_key":{"title":"laptop"},"account":{"state":"active"}})"
    );
}

BOOST_AUTO_TEST_CASE(schema_says_types_null_choices_and_what_is_always_there) {
    BOOST_TEST(
        schema_of<Person>() ==
        R"({"type":"object","properties":{)"
        R"("success":{"type":"boolean","enum":[true],"description":"Found"},)"
        R"("id":{"type":"integer","description":"The id"},)"
        R"("email":{"type":["string","null"],"description":"May be null"},)"
        R"("nickname":{"type":"string","description":"May be left out"},)"
        R"("scopes":{"type":"array","items":{"type":"string"},"description":"Left out when there are none"},)"
        R"("keys":{"type":"array","items":{"type":"object","properties":)"
        R"({"title":{"type":"string","description":"Its name"}},"required":["title"]},"description":"All keys"},)"
        R"("first_key":{"type":["object","null"],"properties":)"
        R"({"title":{"type":"string","description":"Its name"}},"required":["title"],"description":"One key"},)"
        R"("account":{"type":"object","properties":{"state":{"type":"string","description":"How it is",)"
        R"("enum":["active","blocked"]}},"required":["state"],"description":"About the account"}},)"
        R"("required":["success","id","email","keys","first_key","account"]})"
    );
}

BOOST_AUTO_TEST_CASE(alternatives_are_one_of_their_schemas) {
    BOOST_TEST(text_of(Found{Refused{"Unknown"}}) == R"({"success":false,"message":"Unknown"})");
    BOOST_TEST(
        schema_of<Found>() ==
        R"({"oneOf":[)" + schema_of<Person>() + "," + schema_of<Refused>() + "]}"
    );
}

BOOST_AUTO_TEST_CASE(object_of_which_all_may_be_left_out_requires_nothing) {
    BOOST_TEST(text_of(Nothing{}) == "{}");
    BOOST_TEST(
        schema_of<Nothing>() ==
        R"({"type":"object","properties":{"text":{"type":"string","description":"If any"}}})"
    );
}

BOOST_AUTO_TEST_CASE(optional_answer_is_null) {
    BOOST_TEST(text_of(std::optional<Key>{}) == "null");
    BOOST_TEST(
        schema_of<std::optional<Key>>().find(R"("type":["object","null"])") != std::string::npos
    );
}

BOOST_AUTO_TEST_CASE(numbers_booleans_dates_and_times_have_their_types) {
    BOOST_TEST(schema_of<int>() == R"({"type":"integer"})");
    BOOST_TEST(schema_of<double>() == R"({"type":"number"})");
    BOOST_TEST(schema_of<bool>() == R"({"type":"boolean"})");
    BOOST_TEST(schema_of<Date>() == R"({"type":"string","format":"date"})");
    BOOST_TEST(
        schema_of<std::optional<Timestamp>>() ==
        R"({"type":["string","null"],"format":"date-time"})"
    );
    BOOST_TEST(schema_of<shape::Empty>() == R"({"type":"object"})");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

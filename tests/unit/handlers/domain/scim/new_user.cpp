#include "handlers/domain/scim/new_user.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/scim/json_text.hpp"

namespace innergate::handlers::domain::scim {
namespace {

/// A body with these members besides a user name and an email address.
Result<NewUser> read_with(std::string_view members) {
    return read_new_user(object_of(fmt::format(
        R"({{"userName":"jane","emails":[{{"value":"jane@example.com"}}]{}{}}})",
        members.empty() ? "" : ",",
        members
    )));
}

std::string name_with(std::string_view members) {
    const auto user = read_with(members);
    return user ? user->name : described(user.error());
}

std::string email_of(std::string_view user_name, std::string_view emails) {
    const auto user =
        read_new_user(object_of(fmt::format(R"({{"userName":"{}","emails":{}}})", user_name, emails)
        ));
    return user ? user->email : described(user.error());
}

std::string fault_of(std::string_view document) {
    const auto user = read_new_user(object_of(document));
    return user ? "none" : described(user.error());
}

struct Example {
    const char* json;
    const char* answer;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_new_user)

BOOST_AUTO_TEST_CASE(documented_example) {
    const auto user = read_new_user(object_of(
        R"({"externalId":"test_uid","active":null,"userName":"username",
            "emails":[{"primary":true,"type":"work","value":"name@example.com"}],
            "name":{"formatted":"Test User","familyName":"User","givenName":"Test"},
            "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
            "meta":{"resourceType":"User"}})"
    ));
    BOOST_TEST_REQUIRE(user.has_value());
    BOOST_TEST(
        (*user ==
         NewUser{
             .user_name = "username",
             .email = "name@example.com",
             .name = "Test User",
             .given_name = "Test",
             .family_name = "User",
             .id = "test_uid",
             .active = true,
             .echo_attributes = {},
         })
    );
}

BOOST_AUTO_TEST_CASE(least_that_is_enough) {
    const auto user = read_new_user(object_of(R"({"USERNAME":"Jane@Example.com"})"));
    BOOST_TEST_REQUIRE(user.has_value());
    BOOST_TEST(
        (*user ==
         NewUser{
             .user_name = "Jane@Example.com",
             .email = "Jane@Example.com",
             .name = "Jane@Example.com",
             .given_name = std::nullopt,
             .family_name = std::nullopt,
             .id = std::nullopt,
             .active = true,
             .echo_attributes = {},
         })
    );
}

BOOST_AUTO_TEST_CASE(user_name) {
    for (const char* const document :
         {"{}", R"({"userName":null})", R"({"userName":""})", R"({"userName":" \t"})"}) {
        BOOST_TEST(
            fault_of(document) == "invalidValue: userName is required and must not be empty.",
            document
        );
    }
    for (const char* const document :
         {R"({"userName":1})", R"({"userName":["a@b"]})", R"({"userName":{}})"}) {
        BOOST_TEST(fault_of(document) == "invalidValue: userName must be a string.", document);
    }
    const std::string longest = wide_text(255);
    BOOST_TEST(email_of(longest, R"("a@b")") == "a@b");
    BOOST_TEST(
        email_of(longest + "x", R"("a@b")") ==
        "invalidValue: userName must not be longer than 255 characters."
    );
}

BOOST_AUTO_TEST_CASE(best_email_is_taken) {
    static constexpr Example kExamples[]{
        {R"([{"value":"a@x"},{"value":"b@x"}])", "a@x"},
        {R"([{"value":"a@x"},{"value":"b@x","type":"work"}])", "b@x"},
        {R"([{"value":"a@x","type":"WORK"},{"value":"b@x","primary":true}])", "b@x"},
        {R"([{"value":"a@x","primary":"True"},{"value":"b@x","type":"work"}])", "a@x"},
        {R"([{"value":"a@x","primary":true},{"value":"b@x","type":"Work","primary":"true"}])",
         "b@x"},
        {R"([{"value":"a@x","primary":"False","type":"home"},{"value":"b@x","type":"work"}])",
         "b@x"},
        {R"([{"value":"a@x","type":"work"},{"value":"b@x","type":"work"}])", "a@x"},
        {R"([{"type":"work","primary":true},{"value":"b@x"}])", "b@x"},
        {R"([{"type":"work","primary":true,"value":null},{"value":" "},{"value":"b@x"}])", "b@x"},
        {R"([{"VALUE":"a@x","Primary":1}])", "a@x"},
        {R"([null,1,[],"a@x"])", "a@x"},
        {R"(["a@x",{"value":"b@x","type":"work"}])", "b@x"},
        {R"({"value":"a@x"})", "a@x"},
        {R"("a@x")", "a@x"},
        {"[]", "jane@example.com"},
        {"null", "jane@example.com"},
        {R"("")", "jane@example.com"},
        {"1", "jane@example.com"},
        {"{}", "jane@example.com"},
        {R"([{"value":1}])", "jane@example.com"},
        {R"([{"value":"jane"}])", "invalidValue: emails must contain a valid email address."},
    };
    for (const Example& example : kExamples) {
        BOOST_TEST(email_of("jane@example.com", example.json) == example.answer, example.json);
    }
    BOOST_TEST(
        email_of("jane", "[]") == "invalidValue: emails is required: there is no email address."
    );
    for (const char* const user_name : {"@", "jane@", "@x", "a@b@c", "a b@c"}) {
        BOOST_TEST(
            email_of(user_name, "[]") ==
                "invalidValue: emails is required: userName is not a valid email address.",
            user_name
        );
    }
}

BOOST_AUTO_TEST_CASE(email_syntax) {
    for (const char* const text :
         {"a@b", "a+b@example.com", "\xC3\xA4@b", "a@[127.0.0.1]", "o'neil@x"}) {
        BOOST_TEST(email_of("jane", fmt::format(R"("{}")", text)) == text);
    }
    for (const char* const text :
         {"a", "@", "a@", "@b", "a@@b", "a@b@c", "a b@c", " a@b", "a@b ", R"(a@b\n)", R"(a\t@b)"}) {
        BOOST_TEST(
            email_of("jane", fmt::format(R"("{}")", text)) ==
                "invalidValue: emails must contain a valid email address.",
            text
        );
    }
    const std::string longest = std::string(252, 'x') + "@b";
    BOOST_TEST(email_of("jane", '"' + longest + '"') == longest);
    BOOST_TEST(
        email_of("jane", "\"x" + longest + '"') ==
        "invalidValue: emails must contain a valid email address."
    );
}

BOOST_AUTO_TEST_CASE(first_name_that_is_usable) {
    static constexpr Example kExamples[]{
        {R"("name":{"formatted":"A","givenName":"B","familyName":"C"},"name.formatted":"D")", "A"},
        {R"("NAME":{"FORMATTED":"A"})", "A"},
        {R"("name":{"givenName":"B","familyName":"C"},"Name.Formatted":"D")", "D"},
        {R"("name":{"formatted":" ","givenName":"B","familyName":"C"},"displayName":"E")", "B C"},
        {R"("name":{"formatted":null,"givenName":"B"},"displayName":"E")", "B"},
        {R"("name":{"formatted":1,"givenName":"","familyName":"C"},"displayName":"E")", "C"},
        {R"("name.givenName":"B","name.familyName":"C")", "B C"},
        {R"("name":"F","displayName":"E")", "F"},
        {R"("name":"F","name.formatted":"D")", "D"},
        {R"("name":{},"displayName":"E")", "E"},
        {R"("name":null,"displayName":"E")", "E"},
        {R"("name":[],"displayName":["E"])", "jane"},
        {R"("name":1,"displayName":"")", "jane"},
        {"", "jane"},
    };
    for (const Example& example : kExamples) {
        BOOST_TEST(name_with(example.json) == example.answer, example.json);
    }
}

BOOST_AUTO_TEST_CASE(length_of_names) {
    const std::string longest = wide_text(255);
    BOOST_TEST(name_with(fmt::format(R"("displayName":"{}")", longest)) == longest);
    const std::string half(128, 'x');
    static constexpr Example kExamples[]{
        {R"("name":{{"formatted":"{}"}})", "name.formatted"},
        {R"("name.formatted":"{}")", "name.formatted"},
        {R"("name":{{"givenName":"{}","formatted":"x"}})", "name.givenName"},
        {R"("name":{{"familyName":"{}","formatted":"x"}})", "name.familyName"},
        {R"("name":"{}")", "name"},
        {R"("displayName":"{}")", "displayName"},
    };
    for (const Example& example : kExamples) {
        BOOST_TEST(
            name_with(fmt::format(fmt::runtime(example.json), longest + "x")) ==
                fmt::format(
                    "invalidValue: {} must not be longer than 255 characters.", example.answer
                ),
            example.json
        );
    }
    BOOST_TEST(
        name_with(fmt::format(R"("name":{{"givenName":"{}","familyName":"{}"}})", half, half)) ==
        "invalidValue: name must not be longer than 255 characters."
    );
}

BOOST_AUTO_TEST_CASE(pair_of_names_is_kept_as_given) {
    const auto user = read_with(R"("name":{"formatted":"Dr. Doe","givenName":"Jane"})").value();
    BOOST_TEST(user.given_name.value() == "Jane");
    BOOST_TEST(!user.family_name.has_value());
    const auto blank = read_with(R"("name":{"givenName":" ","familyName":null})").value();
    BOOST_TEST((!blank.given_name && !blank.family_name));
}

BOOST_AUTO_TEST_CASE(external_id) {
    BOOST_TEST(read_with(R"("externalId":"a/b@c")")->id.value() == "a/b@c");
    for (const char* const members :
         {R"("externalId":null)", R"("externalId":"")", R"("externalId":" ")", R"("id":"x")"}) {
        BOOST_TEST(!read_with(members)->id.has_value(), members);
    }
    for (const char* const members : {R"("externalId":1)", R"("externalId":["x"])"}) {
        BOOST_TEST(
            described(read_with(members).error()) == "invalidValue: externalId must be a string.",
            members
        );
    }
    BOOST_TEST(
        described(read_with(R"("externalId":")" + std::string(256, 'x') + '"').error()) ==
        "invalidValue: externalId must not be longer than 255 characters."
    );
}

BOOST_AUTO_TEST_CASE(external_id_that_no_path_could_name) {
    for (const std::string id : {".", "..", "a/..", "../a", "a/./b", "/.."}) {
        BOOST_TEST(
            described(read_with(R"("externalId":")" + id + '"').error()) ==
                "invalidValue: externalId must not have . or .. between slashes.",
            id
        );
    }
    for (const std::string id : {"...", ".a", "a..", "a/.b/c", "/", "//", "%2e%2e"}) {
        BOOST_TEST(read_with(R"("externalId":")" + id + '"')->id.value() == id);
    }
}

BOOST_AUTO_TEST_CASE(active) {
    for (const char* const value : {"true", "null", R"("True")"}) {
        BOOST_TEST(read_with(fmt::format(R"("active":{})", value))->active, value);
    }
    for (const char* const value : {"false", R"("false")", R"("FALSE")"}) {
        BOOST_TEST(!read_with(fmt::format(R"("active":{})", value))->active, value);
    }
    for (const char* const value : {"0", R"("")", R"("no")", "[true]", "{}"}) {
        BOOST_TEST(
            described(read_with(fmt::format(R"("active":{})", value)).error()) ==
                "invalidValue: active must be true or false.",
            value
        );
    }
}

BOOST_AUTO_TEST_CASE(echo_attributes) {
    const auto user = read_with(
                          R"("NICKNAME":"a","title":"","userType":null,"locale":1,
                             "preferredLanguage":["x"],"timezone":"UTC","other":"x")"
    )
                          .value();
    const EchoAttributes expected{
        {Attribute::nick_name, "a"}, {Attribute::title, ""}, {Attribute::timezone, "UTC"}};
    BOOST_TEST((user.echo_attributes == expected));
    BOOST_TEST(
        described(read_with(R"("title":")" + std::string(1025, 'x') + '"').error()) ==
        "invalidValue: title must not be longer than 1024 characters."
    );
}

BOOST_AUTO_TEST_CASE(rest_is_ignored) {
    BOOST_TEST(
        (read_with(
             R"("id":1,"meta":[],"groups":1,"roles":[],"password":{},"entitlements":0,"schemas":1,
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":1},"a b":1)"
         )
             .value() == read_with("").value())
    );
}

BOOST_AUTO_TEST_CASE(no_nul_is_stored) {
    const std::string text{"a\0b@c", 5};
    const auto with = [&text](std::string name) {
        json::Object document = object_of(R"({"userName":"jane","emails":"a@b"})");
        document.push_back({.name = std::move(name), .value = json::Value{text}});
        return document;
    };
    for (const char* const name :
         {"userName",
          "emails",
          "externalId",
          "name.formatted",
          "name.givenName",
          "name",
          "displayName",
          "title"}) {
        BOOST_TEST(!read_new_user(with(name)).has_value(), name);
    }
}

BOOST_AUTO_TEST_CASE(stems_of_usernames) {
    static constexpr Example kExamples[]{
        {"jane", "jane"},
        {"Jane.Doe_1-x", "Jane.Doe_1-x"},
        {"jane.doe@example.com", "jane.doe"},
        {"a@b@c", "a"},
        {"jane doe", "janedoe"},
        {"j\xC3\xA4ne+tag/x", "jnetagx"},
        {"jane.git", "jane"},
        {"jane.atom.git", "jane"},
        {"jane.git.", "jane"},
        {"jane...", "jane"},
        {"jane.git.atom..git", "jane"},
        {"jane.gi\xC3\xA4t", "jane"},
        {"--jane-", "jane-"},
        {"-.jane", ".jane"},
        {"--", "blank"},
        {".git", "blank"},
        {"-.git", "blank"},
        {"@example.com", "blank"},
        {"\xE5\xB1\xB1\xE7\x94\xB0", "blank"},
        {"", "blank"},
    };
    for (const Example& example : kExamples) {
        BOOST_TEST(username_stem(example.json) == example.answer, example.json);
    }
}

BOOST_AUTO_TEST_CASE(names_in_two) {
    struct Split {
        const char* name = "";
        NameParts parts;
    };
    const Split splits[]{
        {"Test User", {"Test", "User"}},
        {"Jane van der Berg", {"Jane", "van der Berg"}},
        {"Jane", {"Jane", std::nullopt}},
        {"Jane ", {"Jane", std::nullopt}},
        {"  Jane   Doe ", {"Jane", "Doe"}},
        {"", {}},
        {"  ", {}},
    };
    for (const Split& split : splits) {
        BOOST_TEST((split_name(split.name) == split.parts), split.name);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::scim

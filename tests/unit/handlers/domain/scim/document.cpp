#include "handlers/domain/scim/document.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/scim/json_text.hpp"

namespace innergate::handlers::domain::scim {
namespace {

std::string read(std::string_view value) {
    const auto text = read_text(parsed(value), "title", 3);
    return text ? *text : described(text.error());
}

std::string read_optional(std::string_view value) {
    const json::Value json = parsed(value);
    const auto text = read_optional_text(&json, "title", 3);
    return text ? text->value_or("nothing") : described(text.error());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_document)

BOOST_AUTO_TEST_CASE(members_are_found_in_any_case) {
    const json::Object object = object_of(R"({"userName":"a","USERNAME":"b","id":null,"Id":null})");
    BOOST_TEST(*find_member(object, "username")->string() == "b");
    BOOST_TEST(find_member(object, "ID")->is_null());
    BOOST_TEST(find_member(object, "user") == nullptr);
    BOOST_TEST(find_member({}, "") == nullptr);
}

BOOST_AUTO_TEST_CASE(later_member_replaces_an_earlier_one) {
    const json::Object object = object_of(R"({"a":1,"b":2,"A":3,"c":4,"B":5})");
    std::string names;
    for (const json::Member* const member : effective_members(object)) {
        names += member->name + member->value.number()->text;
    }
    BOOST_TEST(names == "A3c4B5");
}

BOOST_AUTO_TEST_CASE(booleans) {
    for (const char* const text : {"true", R"("true")", R"("True")", R"("TRUE")"}) {
        BOOST_TEST(as_boolean(parsed(text)).value(), text);
    }
    for (const char* const text : {"false", R"("false")", R"("False")", R"("fALSE")"}) {
        BOOST_TEST(!as_boolean(parsed(text)).value(), text);
    }
    for (const char* const text :
         {"null", "1", "0", R"("1")", R"("")", R"(" true")", R"("yes")", "[true]", "{}"}) {
        BOOST_TEST(!as_boolean(parsed(text)).has_value(), text);
    }
}

BOOST_AUTO_TEST_CASE(texts) {
    BOOST_TEST(read(R"("abc")") == "abc");
    BOOST_TEST(read(R"("")").empty());
    BOOST_TEST(read('"' + wide_text(3) + '"') == wide_text(3));
    BOOST_TEST(read(R"("abcd")") == "invalidValue: title must not be longer than 3 characters.");
    for (const char* const text : {"null", "1", "true", R"(["a"])", "{}"}) {
        BOOST_TEST(read(text) == "invalidValue: title must be a string.", text);
    }
    // The reader of JSON refuses them, too.
    const auto with_nul = read_text(json::Value{std::string{"a\0b", 3}}, "title", 3);
    BOOST_TEST(
        described(with_nul.error()) == "invalidValue: title must not contain a NUL character."
    );
}

BOOST_AUTO_TEST_CASE(texts_that_may_be_absent) {
    BOOST_TEST(!read_optional_text(nullptr, "title", 3)->has_value());
    for (const char* const text : {"null", R"("")", R"(" \t\n")"}) {
        BOOST_TEST(read_optional(text) == "nothing", text);
    }
    BOOST_TEST(read_optional(R"(" a ")") == " a ");
    BOOST_TEST(read_optional("1") == "invalidValue: title must be a string.");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::scim

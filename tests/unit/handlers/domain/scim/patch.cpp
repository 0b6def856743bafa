// read_patch()
#include <boost/test/unit_test.hpp>

#include "handlers/domain/scim/change.hpp"
#include "tests/unit/handlers/domain/scim/changes_text.hpp"
#include "tests/unit/handlers/domain/scim/json_text.hpp"

namespace innergate::handlers::domain::scim {
namespace {

std::string read(std::string_view document) {
    return described(read_patch(object_of(document)));
}

/// A PATCH with these operations.
std::string patched(std::string_view operations) {
    return read(fmt::format(R"({{"Operations":[{}]}})", operations));
}

struct Example {
    const char* json;
    const char* answer;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_patch)

BOOST_AUTO_TEST_CASE(envelope) {
    static constexpr Example kExamples[]{
        {R"({"Operations":[{"op":"replace","path":"id","value":"1234abcd"}]})", "id=1234abcd"},
        {R"({"OPERATIONS":[{"OP":"Replace","Path":"ID","VALUE":"x"}]})", "id=x"},
        {R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations":[{"op":"add","path":"title","value":"x"}]})",
         "title=x"},
        {R"({"schemas":["urn:x","URN:ietf:params:scim:api:messages:2.0:patchop"],
             "Operations":[{"op":"add","path":"title","value":"x"}]})",
         "title=x"},
        {R"({"schemas":"urn:ietf:params:scim:api:messages:2.0:PatchOp",
             "Operations":[{"op":"add","path":"title","value":"x"}]})",
         "title=x"},
        {R"({"schemas":null,"Operations":[{"op":"add","path":"title","value":"x"}]})", "title=x"},
        {R"({"Operations":[{"op":"add","path":"title","value":"x"}],"other":1})", "title=x"},
        {R"({"Operations":[],"operations":[{"op":"add","path":"title","value":"x"}]})", "title=x"},
    };
    for (const Example& example : kExamples) {
        BOOST_TEST(read(example.json) == example.answer, example.json);
    }
    for (const char* const schemas :
         {R"([])", R"(["urn:ietf:params:scim:schemas:core:2.0:User"])", R"("")", "1", "{}"}) {
        BOOST_TEST(
            read(fmt::format(
                R"({{"schemas":{},"Operations":[{{"op":"remove","path":"title"}}]}})", schemas
            )) ==
                "invalidSyntax: schemas must contain "
                "urn:ietf:params:scim:api:messages:2.0:PatchOp.",
            schemas
        );
    }
    for (const char* const document :
         {"{}",
          R"({"Operations":null})",
          R"({"Operations":[]})",
          R"({"Operations":{}})",
          R"({"Operations":{"op":"remove","path":"title"}})",
          R"({"Operations":"x"})"}) {
        BOOST_TEST(
            read(document) == "invalidSyntax: Operations must be a list of one or more operations.",
            document
        );
    }
}

BOOST_AUTO_TEST_CASE(operations) {
    for (const char* const op :
         {"add", "replace", "update", "Add", "Replace", "Update", "REPLACE"}) {
        BOOST_TEST(
            patched(fmt::format(R"({{"op":"{}","path":"active","value":false}})", op)) ==
                "active=false",
            op
        );
    }
    for (const char* const op : {"remove", "Remove", "REMOVE"}) {
        BOOST_TEST(
            patched(fmt::format(R"({{"op":"{}","path":"title","value":"x"}})", op)) ==
                "title unset",
            op
        );
    }
    for (const char* const operation :
         {R"({"path":"active","value":true})",
          R"({"op":null,"path":"active","value":true})",
          R"({"op":1,"path":"active","value":true})",
          R"({"op":"","path":"active","value":true})",
          R"({"op":"set","path":"active","value":true})",
          R"({"op":" add","path":"active","value":true})"}) {
        BOOST_TEST(
            patched(operation) == "invalidSyntax: Operation 1: op must be add, replace or remove.",
            operation
        );
    }
    for (const char* const operation : {"null", "1", "[]", R"("remove")"}) {
        BOOST_TEST(
            patched(operation) == "invalidSyntax: Operation 1: an operation must be an object.",
            operation
        );
    }
}

BOOST_AUTO_TEST_CASE(values) {
    static constexpr Example kExamples[]{
        {R"("path":"active","value":true)", "active=true"},
        {R"("path":"active","value":"False")", "active=false"},
        {R"("path":"active","value":["true"])", "active=true"},
        {R"("path":"active","value":[{"value":"False"}])", "active=false"},
        {R"("path":"active","value":[{"VALUE":true,"x":1}])", "active=true"},
        {R"("path":"externalId","value":"a")", "externalId=a"},
        {R"("path":"externalId","value":["a"])", "externalId=a"},
        {R"("path":"id","value":[{"value":"a"}])", "id=a"},
        {R"("path":"title","value":"Dr.")", "title=Dr."},
        {R"("path":"title","value":"")", "title="},
        {R"("path":"title","value":null)", "title unset"},
        {R"("path":"title","value":[null])", "title unset"},
        {R"("path":"title","value":[{"value":null}])", "title unset"},
        {R"("path":"active","value":null)",
         "invalidValue: Operation 1: active must be true or false."},
        {R"("path":"active","value":1)",
         "invalidValue: Operation 1: active must be true or false."},
        {R"("path":"active","value":"")",
         "invalidValue: Operation 1: active must be true or false."},
        {R"("path":"active","value":{"value":false})",
         "invalidValue: Operation 1: active must be true or false."},
        {R"("path":"active","value":[[true]])",
         "invalidValue: Operation 1: active must be true or false."},
        {R"("path":"active")", "invalidValue: Operation 1: active must have one value."},
        {R"("path":"active","value":[])", "invalidValue: Operation 1: active must have one value."},
        {R"("path":"active","value":[true,true])",
         "invalidValue: Operation 1: active must have one value."},
        {R"("path":"active","value":[{"x":true}])",
         "invalidValue: Operation 1: active must have one value."},
        {R"("path":"externalId","value":null)",
         "invalidValue: Operation 1: externalId must be a string."},
        {R"("path":"externalId","value":12)",
         "invalidValue: Operation 1: externalId must be a string."},
        {R"("path":"externalId","value":"")",
         "invalidValue: Operation 1: externalId must not be empty."},
        {R"("path":"externalId","value":"..")",
         "invalidValue: Operation 1: externalId must not have . or .. between slashes."},
        {R"("path":"id","value":"a/../b")",
         "invalidValue: Operation 1: id must not have . or .. between slashes."},
        {R"("path":"id","value":" ")", "invalidValue: Operation 1: id must not be empty."},
        {R"("path":"id")", "invalidValue: Operation 1: id must have one value."},
        {R"("path":"title","value":1)", "invalidValue: Operation 1: title must be a string."},
        {R"("path":"TITLE","value":{})", "invalidValue: Operation 1: title must be a string."},
        {R"("path":"title")", "invalidValue: Operation 1: title must have one value."},
    };
    for (const Example& example : kExamples) {
        BOOST_TEST(
            patched(fmt::format(R"({{"op":"replace",{}}})", example.json)) == example.answer,
            example.json
        );
    }
}

BOOST_AUTO_TEST_CASE(limits) {
    const auto set = [](std::string_view path, const std::string& value) {
        return patched(fmt::format(R"({{"op":"add","path":"{}","value":"{}"}})", path, value));
    };
    BOOST_TEST(set("id", wide_text(255)) == "id=" + wide_text(255));
    BOOST_TEST(
        set("id", wide_text(255) + "x") ==
        "invalidValue: Operation 1: id must not be longer than 255 characters."
    );
    BOOST_TEST(set("title", wide_text(1024)) == "title=" + wide_text(1024));
    BOOST_TEST(
        set("title", std::string(1025, 'x')) ==
        "invalidValue: Operation 1: title must not be longer than 1024 characters."
    );
    const auto many = [](std::size_t number) {
        std::string operations = R"({"op":"remove","path":"x"})";
        for (std::size_t count = 1; count < number; ++count) {
            operations += R"(,{"op":"remove","path":"x"})";
        }
        return patched(operations);
    };
    BOOST_TEST(many(kMaxOperations).empty());
    BOOST_TEST(many(kMaxOperations + 1) == "invalidSyntax: Operations must not be more than 1000.");
}

BOOST_AUTO_TEST_CASE(what_has_no_effect) {
    for (const char* const path :
         {"userName",
          "emails",
          "name",
          "schemas",
          "name.formatted",
          "displayName",
          R"(emails[type eq \"work\"].value)",
          R"(phoneNumbers[type eq \"work\"].value)",
          "password",
          "title.x",
          "active.value",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"}) {
        for (const char* const value : {R"("x")", "null", "[]", "[1,2]", R"({"a":{}})"}) {
            BOOST_TEST(
                patched(fmt::format(R"({{"op":"add","path":"{}","value":{}}})", path, value))
                    .empty(),
                path
            );
        }
        BOOST_TEST(patched(fmt::format(R"({{"op":"add","path":"{}"}})", path)).empty(), path);
    }
}

BOOST_AUTO_TEST_CASE(removals) {
    for (const char* const path :
         {"active", "externalId", "id", "userName", "emails", "name", "schemas", "meta"}) {
        BOOST_TEST(
            patched(fmt::format(R"({{"op":"remove","path":"{}"}})", path)) ==
                fmt::format("mutability: Operation 1: {} cannot be removed.", path),
            path
        );
    }
    BOOST_TEST(
        patched(R"({"op":"remove","path":"META.created"})") ==
        "mutability: Operation 1: meta cannot be removed."
    );
    for (const char* const path :
         {"name.formatted",
          "name.givenName",
          "displayName",
          R"(emails[type eq \"work\"])",
          R"(emails[type eq \"work\"].value)",
          "emails.value",
          "addresses",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"}) {
        BOOST_TEST(patched(fmt::format(R"({{"op":"remove","path":"{}"}})", path)).empty(), path);
    }
    for (const char* const operation :
         {R"({"op":"remove"})",
          R"({"op":"remove","path":null})",
          R"({"op":"remove","path":""})",
          R"({"op":"remove","value":{"title":"x"}})",
          R"({"op":"remove","path":"urn:ietf:params:scim:schemas:core:2.0:User"})"}) {
        BOOST_TEST(patched(operation) == "noTarget: Operation 1: remove needs a path.", operation);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_path) {
    for (const char* const op : {"add", "replace", "remove"}) {
        for (const char* const path : {R"(" ")", R"("a b")", R"("emails[")", "1", "[]", "{}"}) {
            BOOST_TEST(
                patched(fmt::format(R"({{"op":"{}","path":{},"value":"x"}})", op, path)) ==
                    "invalidPath: Operation 1: path is not the path of an attribute.",
                path
            );
        }
    }
    BOOST_TEST(
        patched(R"({"op":"add","path":"meta.created","value":"x"})") ==
        "mutability: Operation 1: meta cannot be changed."
    );
}

BOOST_AUTO_TEST_CASE(without_a_path) {
    static constexpr Example kExamples[]{
        {R"({"active":false})", "active=false"},
        {R"({"ACTIVE":["False"]})", "active=false"},
        {R"({})", ""},
        {R"({"title":"a","externalId":"b","active":"True"})", "title=a, externalId=b, active=true"},
        {R"({"title":null})", "title unset"},
        {R"({"active":"wrong","title":"a","Active":true})", "title=a, active=true"},
        {R"({"externalId":"a","EXTERNALID":"b"})", "externalId=b"},
        {R"({"name.givenName":"x","name":{"familyName":1},"displayName":"x","emails":[]})", ""},
        {R"({"emails[type eq \"work\"].value":"x","locale":"de"})", "locale=de"},
        {R"({"schemas":["x"],"meta":{"created":1},"META.x":1,"locale":"de"})", "locale=de"},
        {R"({"urn:ietf:params:scim:schemas:core:2.0:User:active":false})", "active=false"},
        {R"({"urn:ietf:params:scim:schemas:core:2.0:User:meta":false})", ""},
        {R"({"urn:ietf:params:scim:schemas:core:2.0:User":{"active":false,"title":"x"},"id":"y"})",
         "active=false, title=x, id=y"},
        {R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"active":false}})", ""},
        {R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:title":1})", ""},
        {R"({"active":null})", "invalidValue: Operation 1: active must be true or false."},
        {R"({"active":{"value":true}})",
         "invalidValue: Operation 1: active must be true or false."},
        {R"({"title":[]})", "invalidValue: Operation 1: title must have one value."},
        {R"({"a b":1})",
         "invalidPath: Operation 1: value has a member that is no attribute's path."},
        {R"({"":1})", "invalidPath: Operation 1: value has a member that is no attribute's path."},
        {R"({"urn:ietf:params:scim:schemas:core:2.0:User":1})",
         "invalidValue: Operation 1: value must be an object where there is no path."},
        {"null", "invalidValue: Operation 1: value must be an object where there is no path."},
        {"[]", "invalidValue: Operation 1: value must be an object where there is no path."},
        {R"("x")", "invalidValue: Operation 1: value must be an object where there is no path."},
    };
    for (const Example& example : kExamples) {
        for (const char* const path :
             {"",
              R"("path":null,)",
              R"("path":"",)",
              R"("path":"urn:ietf:params:scim:schemas:core:2.0:User",)"}) {
            BOOST_TEST(
                patched(fmt::format(R"({{"op":"add",{}"value":{}}})", path, example.json)) ==
                    example.answer,
                path << example.json
            );
        }
    }
    BOOST_TEST(
        patched(R"({"op":"add"})") ==
        "invalidValue: Operation 1: value must be an object where there is no path."
    );
}

BOOST_AUTO_TEST_CASE(operations_are_in_order_and_all_or_none) {
    BOOST_TEST(
        patched(R"({"op":"Add","path":"name.formatted","value":"New Name"},
                   {"op":"Replace","path":"externalId","value":"a"},
                   {"op":"Remove","path":"title"},
                   {"op":"Replace","path":"id","value":"b"},
                   {"op":"Add","path":"title","value":"x"})") ==
        "externalId=a, title unset, id=b, title=x"
    );
    BOOST_TEST(
        patched(R"({"op":"add","path":"title","value":"x"},
                   {"op":"replace","path":"active","value":"no"},
                   {"op":"remove"})") == "invalidValue: Operation 2: active must be true or false."
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::scim

// Changing and removing people.
#include "tests/contract/scim/provider.hpp"

namespace innergate::test {
namespace {

struct Bad {
    const char* operation;
    const char* scim_type;

    friend std::ostream& operator<<(std::ostream& out, const Bad& bad) {
        return out << bad.operation;
    }
};

const std::vector<Bad> kBad{
    {R"({"op":"move","path":"active","value":true})", "invalidSyntax"},
    {R"({"path":"active","value":true})", "invalidSyntax"},
    {R"("replace")", "invalidSyntax"},
    {R"({"op":"replace","path":"active","value":"yes"})", "invalidValue"},
    {R"({"op":"replace","path":"active","value":null})", "invalidValue"},
    {R"({"op":"replace","path":"active","value":1})", "invalidValue"},
    {R"({"op":"replace","path":"id","value":""})", "invalidValue"},
    {R"({"op":"replace","path":"title","value":{"a":1}})", "invalidValue"},
    {R"({"op":"replace","value":"active"})", "invalidValue"},
    {R"({"op":"replace","path":"a b","value":true})", "invalidPath"},
    {R"({"op":"replace","path":"emails[type eq","value":"x"})", "invalidPath"},
    {R"({"op":"remove"})", "noTarget"},
    {R"({"op":"remove","path":"active"})", "mutability"},
    {R"({"op":"remove","path":"userName"})", "mutability"},
    {R"({"op":"add","path":"meta.created","value":"x"})", "mutability"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_change_user)

BOOST_DATA_TEST_CASE(deactivates_and_takes_back, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const bool is_group = std::string_view{mount.name} == "group";
    const auto access = [&] {
        return is_group ? provider.look("select count(*) from members where user_id = 30") +
                              provider.look("select count(*) from identities where user_id = 30")
                        : provider.look("select state from users where id = 30");
    };
    for (const char* const no : {R"("False")", "false", R"(["false"])", R"([{"value":"FALSE"}])"}) {
        const std::string path = std::string{"/Users/"} + kTestUser;
        const std::string tag = field(provider.get(path), "ETag");
        const http::Response done =
            provider.patch(fmt::format(R"({{"op":"Replace","path":"active","value":{}}})", no));
        BOOST_TEST(done.status == 204, no);
        BOOST_TEST(done.body.empty());
        BOOST_TEST(done.content_type.empty());
        BOOST_TEST(
            field(done, "Location") ==
            fmt::format("https://gitlab.example.com{}/Users/{}", mount.base, kTestUser)
        );
        BOOST_TEST(field(done, "ETag") != tag);
        const http::Response shown = provider.get(path);
        BOOST_TEST(field(done, "ETag") == field(shown, "ETag"));
        BOOST_TEST(!*member(shown, "active").boolean());
        BOOST_TEST(access() == (is_group ? "00" : "blocked"));
        BOOST_TEST(provider.patch(R"({"op":"add","value":{"Active":"True"}})").status == 204);
        BOOST_TEST(*member(provider.get(path), "active").boolean());
        BOOST_TEST(access() == (is_group ? "11" : "active"));
    }
}

BOOST_DATA_TEST_CASE(changes_ids, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const auto status = [&provider](const std::string& id) {
        return provider.get("/Users/" + id).status;
    };
    BOOST_TEST(
        provider.patch(R"({"op":"replace","path":"externalId","value":"new1"})").status == 204
    );
    // By the old one too, in the new one's name.
    BOOST_TEST(text(provider.get(std::string{"/Users/"} + kTestUser), "id") == "new1");
    BOOST_TEST(listed(provider.get("/Users?filter=id%20eq%20" + std::string{kTestUser})).empty());
    BOOST_TEST(
        provider.patch(R"({"op":"replace","path":"id","value":"1234abcd"})", "new1").status == 204
    );
    BOOST_TEST(status("1234abcd") == 200);
    BOOST_TEST(status("new1") == 404);
    BOOST_TEST(status(kTestUser) == 404);
    provider.sql(
        "insert into users (id, username, name, email) values (9001, 'ann', 'Ann', 'a@b.test')"
    );
    provider.sql(fmt::format(
        "insert into scim_identities (group_id, user_id, extern_uid) values ({}, 9001, 'ann1')",
        std::string_view{mount.name} == "group" ? "4" : "null"
    ));
    check_scim_error(
        provider.patch(R"({"op":"replace","path":"externalId","value":"ANN1"})", "1234abcd"),
        409,
        "Extern uid has already been taken",
        "uniqueness"
    );
}

BOOST_DATA_TEST_CASE(accepts_what_has_no_effect, dialects(), dialect) {
    Provider provider{dialect};
    const std::string path = std::string{"/Users/"} + kTestUser;
    const std::string before = provider.get(path).body;
    for (const char* const operation :
         {R"({"op":"Replace","path":"userName","value":"other"})",
          R"({"op":"Add","path":"name.givenName","value":"Other"})",
          R"({"op":"Replace","path":"emails[type eq \"work\"].value","value":"o@b.test"})",
          R"({"op":"Remove","path":"displayName"})",
          R"({"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"x"})",
          R"({"op":"Add","path":"phoneNumbers[type eq \"work\"].value","value":"1"})",
          R"({"op":"replace","path":"active","value":true})",
          R"({"op":"replace","path":"roles","value":[]})"}) {
        BOOST_TEST(provider.patch(operation).status == 204, operation);
    }
    BOOST_TEST(provider.get(path).body == before);
}

BOOST_DATA_TEST_CASE(keeps_attributes_for_the_provider, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const std::string path = std::string{"/Users/"} + kTestUser;
    BOOST_TEST(
        provider
            .patch(R"({"op":"add","path":"title","value":"Captain"},)"
                   R"({"op":"add","value":{"nickName":"Cap","locale":"en"}})")
            .status == 204
    );
    const http::Response kept = provider.get(path + "?attributes=title,nickName,locale");
    BOOST_TEST(
        kept.body.find(R"("nickName":"Cap","title":"Captain","locale":"en")") != std::string::npos
    );
    BOOST_TEST(provider.patch(R"({"op":"remove","path":"title"})").status == 204);
    BOOST_TEST(member(provider.get(path), "title").is_null());
}

BOOST_DATA_TEST_CASE(shows_the_user_where_attributes_are_selected, dialects(), dialect) {
    Provider provider{dialect};
    const http::Response shown = provider.send(
        http::Method::patch,
        std::string{"/Users/"} + kTestUser + "?attributes=active",
        R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],)"
        R"("operations":[{"op":"replace","path":"active","value":false}]})"
    );
    BOOST_TEST(shown.status == 200);
    BOOST_TEST(
        shown.body == fmt::format(
                          R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{}",)"
                          R"("active":false}})",
                          kTestUser
                      )
    );
}

BOOST_DATA_TEST_CASE(refuses_a_bad_operation_with_all_others, dialects() * kBad, dialect, bad) {
    Provider provider{dialect};
    const std::string path = std::string{"/Users/"} + kTestUser;
    const std::string before = provider.get(path).body;
    const http::Response refused = provider.patch(
        R"({"op":"replace","path":"active","value":false},)"
        R"({"op":"replace","path":"title","value":"Captain"},)" +
        std::string{bad.operation}
    );
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(text(refused, "scimType") == bad.scim_type);
    BOOST_TEST(text(refused, "detail").starts_with("Operation 3: "));
    BOOST_TEST(provider.get(path).body == before);
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_patch, dialects(), dialect) {
    Provider provider{dialect};
    for (const char* const body :
         {"{}",
          R"({"Operations":[]})",
          R"({"Operations":{}})",
          R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"Operations":[{"op":"replace","path":"active","value":true}]})"}) {
        const http::Response refused =
            provider.send(http::Method::patch, std::string{"/Users/"} + kTestUser, body);
        BOOST_TEST(refused.status == 400, body);
        BOOST_TEST(text(refused, "scimType") == "invalidSyntax", body);
    }
    check_scim_error(
        provider.patch(R"({"op":"replace","path":"active","value":"x"})", "nobody"),
        404,
        "Resource nobody not found"
    );
}

BOOST_DATA_TEST_CASE(replaces, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const std::string path = std::string{"/Users/"} + kTestUser;
    BOOST_TEST(provider.patch(R"({"op":"add","path":"title","value":"Captain"})").status == 204);
    const http::Response replaced = provider.send(
        http::Method::put,
        path,
        R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"x","userName":"other",)"
        R"("externalId":"00u9","active":"false","nickName":"Cap",)"
        R"("name":{"formatted":"Other"},"emails":[{"value":"o@b.test"}]})"
    );
    BOOST_TEST(replaced.status == 200);
    BOOST_TEST(text(replaced, "id") == "00u9");
    BOOST_TEST(text(replaced, "userName") == "username");
    BOOST_TEST(text(replaced, "displayName") == "Test User");
    BOOST_TEST(text(replaced, "nickName") == "Cap");
    BOOST_TEST(member(replaced, "title").is_null());
    BOOST_TEST(!*member(replaced, "active").boolean());
    BOOST_TEST(replaced.body == provider.get(path).body);
    BOOST_TEST(field(replaced, "ETag") == field(provider.get("/Users/00u9"), "ETag"));
    // What is not named stays.
    const http::Response again = provider.send(http::Method::put, path, R"({"active":null})");
    BOOST_TEST(again.status == 200);
    BOOST_TEST(!*member(again, "active").boolean());
    BOOST_TEST(text(again, "id") == "00u9");
    BOOST_TEST(provider.send(http::Method::put, "/Users/nobody", "{}").status == 404);
}

BOOST_DATA_TEST_CASE(changes_only_the_version_that_was_read, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const std::string path = std::string{"/Users/"} + kTestUser;
    const std::string tag = field(provider.get(path), "ETag");
    const std::string change =
        R"({"Operations":[{"op":"replace","path":"title","value":"Captain"}]})";
    const auto send = [&](http::Method method, const std::string& body, const std::string& tags) {
        return provider.send(method, path, body, {{"If-Match", tags}});
    };
    using enum http::Method;
    for (const http::Method method : {http::Method::patch, put, delete_}) {
        check_scim_error(
            send(
                method,
                method == put       ? "{}"
                : method == delete_ ? ""
                                    : change,
                R"(W/"other")"
            ),
            412,
            "The resource has changed since it was read"
        );
    }
    BOOST_TEST(field(provider.get(path), "ETag") == tag);
    BOOST_TEST(send(http::Method::patch, change, tag).status == 204);
    BOOST_TEST(send(http::Method::patch, change, tag).status == 412);
    BOOST_TEST(send(put, "{}", "*").status == 200);
    BOOST_TEST(send(delete_, "", field(provider.get(path), "ETag")).status == 204);
}

BOOST_DATA_TEST_CASE(removes, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const std::string path = std::string{"/Users/"} + kTestUser;
    const http::Response removed = provider.send(http::Method::delete_, path);
    BOOST_TEST(removed.status == 204);
    BOOST_TEST(removed.body.empty());
    using enum http::Method;
    for (const http::Method method : {get, put, http::Method::patch, delete_}) {
        check_scim_error(
            provider.send(
                method,
                path,
                method == get || method == delete_
                    ? ""
                    : R"({"Operations":[{"op":"replace","path":"active","value":true}]})"
            ),
            404,
            fmt::format("Resource {} not found", kTestUser)
        );
    }
    BOOST_TEST(provider.look("select count(*) from users where id = 30") == "1");
    BOOST_TEST(listed(provider.get("/Users")).empty());
}

BOOST_DATA_TEST_CASE(keeps_the_last_owner_and_administrator, dialects(), dialect) {
    Provider group{dialect};
    group.sql("update members set access_level = 50 where user_id = 30 and source_id = 4");
    group.sql("delete from members where user_id = 1 and source_id = 4");
    const char* const refused =
        "Could not remove Test User from test_group. Cannot remove last group owner.";
    check_scim_error(
        group.patch(R"({"op":"replace","path":"active","value":false})"), 412, refused
    );
    check_scim_error(
        group.send(http::Method::delete_, std::string{"/Users/"} + kTestUser), 412, refused
    );
    BOOST_TEST(*member(group.get(std::string{"/Users/"} + kTestUser), "active").boolean());
    Provider instance{dialect, kMounts.back()};
    instance.sql("update users set admin = (id = 30)");
    BOOST_TEST(instance.patch(R"({"op":"replace","path":"active","value":false})").status == 412);
    BOOST_TEST(instance.look("select state from users where id = 30") == "active");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

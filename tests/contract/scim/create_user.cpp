// Giving people access.
#include "tests/contract/scim/provider.hpp"

namespace innergate::test {
namespace {

constexpr const char* kJane =
    R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"Jane.Doe@example.org",)"
    R"("externalId":"00u1","name":{"givenName":"Jane","familyName":"van Doe"},)"
    R"("emails":[{"primary":true,"value":"jane@example.org","type":"work"}],)"
    R"("title":"Captain","active":true,"password":"secret","groups":[]})";

struct Bad {
    const char* name;
    const char* body;
    const char* detail;

    friend std::ostream& operator<<(std::ostream& out, const Bad& bad) { return out << bad.name; }
};

const std::vector<Bad> kBad{
    {"no userName",
     R"({"emails":[{"value":"a@b.test"}]})",
     "userName is required and must not be empty."},
    {"blank userName", R"({"userName":" "})", "userName is required and must not be empty."},
    {"number as userName", R"({"userName":7})", "userName must be a string."},
    {"no address", R"({"userName":"jane"})", "emails is required: there is no email address."},
    {"two signs in the address",
     R"({"userName":"jane","emails":[{"value":"a@@b.test"}]})",
     "emails must contain a valid email address."},
    {"no address in userName",
     R"({"userName":"@b.test"})",
     "emails is required: userName is not a valid email address."},
    {"active is a word",
     R"({"userName":"a@b.test","active":"yes"})",
     "active must be true or false."},
    {"id too long", nullptr, "externalId must not be longer than 255 characters."},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_create_user)

BOOST_DATA_TEST_CASE(makes_an_account, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const http::Response made = provider.post("/Users/", kJane);
    BOOST_TEST(made.status == 201);
    const std::string location = fmt::format("https://gitlab.example.com{}/Users/00u1", mount.base);
    BOOST_TEST(field(made, "Location") == location);
    BOOST_TEST(made.body == provider.get("/Users/00u1").body);
    BOOST_TEST(made.body.find("secret") == std::string::npos);
    BOOST_TEST(
        made.body.starts_with(
            R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"00u1",)"
            R"("externalId":"00u1","active":true,"name.formatted":"Jane van Doe",)"
            R"("name":{"formatted":"Jane van Doe","givenName":"Jane","familyName":"van Doe"},)"
            R"("displayName":"Jane van Doe","userName":"Jane.Doe@example.org","meta":{)"
        ),
        made.body
    );
    BOOST_TEST(
        made.body.ends_with(
            R"("emails":[{"type":"work","value":"jane@example.org","primary":true}],)"
            R"("title":"Captain"})"
        ),
        made.body
    );
    BOOST_TEST(
        provider.look("select username || ' ' || state || ' ' || (select count(*) from namespaces "
                      "where owner_id = users.id and path = 'Jane.Doe') from users "
                      "where email = 'jane@example.org'") == "Jane.Doe active 1"
    );
    const bool is_group = std::string_view{mount.name} == "group";
    BOOST_TEST(
        provider.look("select source_id || '/' || access_level from members where user_id = "
                      "(select id from users where email = 'jane@example.org')"
        ) == (is_group ? "4/10" : "")
    );
    // The same once more is a conflict, and makes nothing.
    check_scim_error(
        provider.post("/Users", kJane), 409, "Extern uid has already been taken", "uniqueness"
    );
    BOOST_TEST(provider.look("select count(*) from users where name = 'Jane van Doe'") == "1");
}

BOOST_DATA_TEST_CASE(makes_an_id_where_none_is_sent, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const http::Response made = provider.post("/Users", R"({"userName":"ann@example.org"})");
    BOOST_TEST(made.status == 201);
    BOOST_TEST(text(made, "id").size() == 36U);
    BOOST_TEST(text(made, "externalId") == text(made, "id"));
    BOOST_TEST(text(made, "displayName") == "ann@example.org");
    BOOST_TEST(field(made, "Location").ends_with("/Users/" + text(made, "id")));
}

BOOST_DATA_TEST_CASE(splits_a_name_that_comes_whole, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const http::Response made = provider.post(
        "/Users", R"({"userName":"ann@example.org","name":{"formatted":"Ann van Doe"}})"
    );
    BOOST_TEST(made.status == 201);
    constexpr const char* kName =
        R"("name":{"formatted":"Ann van Doe","givenName":"Ann","familyName":"van Doe"})";
    BOOST_TEST(made.body.find(kName) != std::string::npos, made.body);
    const http::Response found =
        provider.get("/Users?filter=name.givenName%20eq%20%22ann%22%20and%20name.familyName%20pr");
    BOOST_TEST(found.body.find(R"("totalResults":1,)") != std::string::npos, found.body);
}

BOOST_DATA_TEST_CASE(shows_what_is_selected, dialects(), dialect) {
    Provider provider{dialect};
    const http::Response made = provider.post("/Users?attributes=userName", kJane);
    BOOST_TEST(made.status == 201);
    BOOST_TEST(
        made.body == R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"00u1",)"
                     R"("userName":"Jane.Doe@example.org"})"
    );
}

BOOST_DATA_TEST_CASE(refuses_what_cannot_be, dialects() * kBad, dialect, bad) {
    Provider provider{dialect};
    const std::string body =
        bad.body != nullptr
            ? bad.body
            : fmt::format(R"({{"userName":"a@b.test","externalId":"{}"}})", std::string(256, 'x'));
    check_scim_error(provider.post("/Users", body), 400, bad.detail, "invalidValue");
    BOOST_TEST(provider.look("select count(*) from scim_identities") == "2");
}

BOOST_DATA_TEST_CASE(refuses_who_is_there_already, dialects(), dialect) {
    Provider provider{dialect};
    const auto refused = [&provider](const std::string& body, const char* detail) {
        check_scim_error(provider.post("/Users", body), 409, detail, "uniqueness");
    };
    refused(
        fmt::format(R"({{"userName":"x@example.org","externalId":"{}"}})", kTestUser),
        "Extern uid has already been taken"
    );
    refused(
        R"({"userName":"x","externalId":"new","emails":[{"value":"NAME@example.com"}]})",
        "User has already been taken"
    );
    refused(
        R"({"userName":"UserName","externalId":"new","emails":[{"value":"x@example.org"}]})",
        "Username has already been taken"
    );
}

BOOST_DATA_TEST_CASE(keeps_to_the_groups_rules, dialects(), dialect) {
    Provider provider{dialect};
    provider.sql("insert into allowed_email_domains (group_id, domain) values (4, 'example.com')");
    check_scim_error(
        provider.post("/Users", kJane),
        412,
        "The member's email address is not allowed for this group. Check with your administrator."
    );
    provider.sql("update saml_providers set enforced_sso = true");
    check_scim_error(
        provider.post("/Users", R"({"userName":"rubi@example.com"})"),
        412,
        "The member's email address is not linked to a SAML account or has an inactive SCIM "
        "identity."
    );
    BOOST_TEST(provider.look("select count(*) from scim_identities") == "2");
}

/// The documented line, after the documented one that removes the user.
BOOST_DATA_TEST_CASE(takes_a_removed_person_back, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    BOOST_TEST(
        provider.send(http::Method::delete_, std::string{"/Users/f"} + kTestUser).status == 204
    );
    BOOST_TEST(provider.get(std::string{"/Users/"} + kTestUser).status == 404);
    const http::Response made = provider.post(
        "/Users",
        R"({"externalId":"test_uid","active":null,"userName":"username",)"
        R"("emails":[{"primary":true,"type":"work","value":"name@example.com"}],)"
        R"("name":{"formatted":"Test User","familyName":"User","givenName":"Test"},)"
        R"("schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],)"
        R"("meta":{"resourceType":"User"}})"
    );
    BOOST_TEST(made.status == 201);
    BOOST_TEST(text(made, "id") == "test_uid");
    BOOST_TEST(provider.look("select count(*) from users where id = 30") == "1");
    BOOST_TEST(provider.look("select state from users where id = 30") == "active");
    BOOST_TEST(
        provider.look("select access_level from members where user_id = 30 and source_id = 4") ==
        "10"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

// What the service says of itself, and what it says that it does not do.
#include "tests/contract/scim/provider.hpp"

namespace innergate::test {
namespace {

http::Response open_get(Provider& provider, const std::string& path) {
    return provider.server.get(provider.base + path);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_discovery)

BOOST_DATA_TEST_CASE(describes_the_service, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const http::Response config = open_get(provider, "/ServiceProviderConfig");
    BOOST_TEST(config.status == 200);
    BOOST_TEST(
        config.body ==
        fmt::format(
            R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],)"
            R"("patch":{{"supported":true}},"bulk":{{"supported":false,"maxOperations":0,)"
            R"("maxPayloadSize":0}},"filter":{{"supported":true,"maxResults":100}},)"
            R"("changePassword":{{"supported":false}},"sort":{{"supported":true}},)"
            R"("etag":{{"supported":true}},"authenticationSchemes":[{{"type":"oauthbearertoken",)"
            R"("name":"SCIM token","description":"A token made for the group or the instance, as )"
            R"(bearer token","specUri":"https://www.rfc-editor.org/rfc/rfc6750","primary":true}}],)"
            R"("meta":{{"resourceType":"ServiceProviderConfig",)"
            R"("location":"https://gitlab.example.com{}/ServiceProviderConfig"}}}})",
            mount.base
        )
    );
    const http::Response types = open_get(provider, "/ResourceTypes/");
    const http::Response type = open_get(provider, "/ResourceTypes/user");
    BOOST_TEST(
        type.body ==
        fmt::format(
            R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],"id":"User",)"
            R"("name":"User","description":"A person with an account","endpoint":"/Users",)"
            R"("schema":"urn:ietf:params:scim:schemas:core:2.0:User","schemaExtensions":[],)"
            R"("meta":{{"resourceType":"ResourceType",)"
            R"("location":"https://gitlab.example.com{}/ResourceTypes/User"}}}})",
            mount.base
        )
    );
    BOOST_TEST(
        types.body ==
        R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,)"
        R"("itemsPerPage":1,"startIndex":1,"Resources":[)" +
            type.body + "]}"
    );
    check_scim_error(open_get(provider, "/ResourceTypes/Group"), 404, "Resource Group not found");
}

BOOST_DATA_TEST_CASE(describes_the_schemas, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const http::Response all = open_get(provider, "/Schemas");
    BOOST_TEST(
        listed(all) ==
        "urn:ietf:params:scim:schemas:core:2.0:User "
        "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig "
        "urn:ietf:params:scim:schemas:core:2.0:ResourceType "
        "urn:ietf:params:scim:schemas:core:2.0:Schema"
    );
    BOOST_TEST(all.body.find("null") == std::string::npos);
    const http::Response user =
        open_get(provider, "/Schemas/URN:ietf:params:scim:schemas:core:2.0:user");
    BOOST_TEST(user.status == 200);
    BOOST_TEST(all.body.find(user.body) != std::string::npos);
    const json::Value attributes = member(user, "attributes");
    std::string told;
    for (const json::Value& attribute : *attributes.array()) {
        told += fmt::format(
            "{} {} {} {} {}\n",
            *attribute.find("name")->string(),
            *attribute.find("type")->string(),
            *attribute.find("multiValued")->boolean(),
            *attribute.find("required")->boolean(),
            *attribute.find("mutability")->string()
        );
    }
    BOOST_TEST(
        told ==
        "externalId string false true readWrite\n"
        "userName string false true immutable\n"
        "name complex false true immutable\n"
        "displayName string false false readOnly\n"
        "emails complex true true immutable\n"
        "active boolean false true readWrite\n"
        "nickName string false false readWrite\n"
        "title string false false readWrite\n"
        "userType string false false readWrite\n"
        "preferredLanguage string false false readWrite\n"
        "locale string false false readWrite\n"
        "timezone string false false readWrite\n"
        "name.formatted string false false readOnly\n"
    );
    check_scim_error(open_get(provider, "/Schemas/x"), 404, "Resource x not found");
}

BOOST_DATA_TEST_CASE(says_nothing_of_groups_and_nothing_to_bad_tokens, dialects(), dialect) {
    Provider provider{dialect};
    provider.base = "/api/scim/v2/groups/no_such";
    BOOST_TEST(open_get(provider, "/Schemas").status == 200);
    provider.base = kGroupBase;
    provider.token = "wrong";
    BOOST_TEST(provider.get("/Schemas").status == 401);
    provider.token = kInstanceToken;
    BOOST_TEST(provider.get("/Schemas").status == 401);
    provider.token = kGroupToken;
    BOOST_TEST(provider.get("/Schemas").status == 200);
}

BOOST_DATA_TEST_CASE(takes_no_filter_and_no_change, dialects(), dialect) {
    Provider provider{dialect};
    for (const char* const path : {"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"}) {
        check_scim_error(
            open_get(provider, std::string{path} + "?filter=id%20pr"),
            403,
            "A filter is not permitted here"
        );
        const http::Response refused = provider.post(path, "{}");
        check_scim_error(refused, 405, "405 Not Allowed");
        BOOST_TEST(field(refused, "Allow") == "GET, HEAD");
    }
}

BOOST_DATA_TEST_CASE(says_what_it_does_not_do, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    BOOST_TEST(
        provider.get("/Groups?startIndex=1&count=100").body ==
        R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,)"
        R"("itemsPerPage":100,"startIndex":1,"Resources":[]})"
    );
    check_scim_error(provider.get("/Groups/7"), 404, "Resource 7 not found");
    using enum http::Method;
    for (const http::Method method : {get, post, put, patch, delete_}) {
        for (const char* const path : {"/Me", "/Bulk"}) {
            for (const char* const body : {"", "{}", "no JSON"}) {
                check_scim_error(
                    provider.send(method, path, method == get ? "" : body),
                    501,
                    "This operation is not offered"
                );
            }
        }
    }
    for (const http::Method method : {post, put, patch, delete_}) {
        for (const char* const path : {"/Groups", "/Groups/7"}) {
            BOOST_TEST(provider.send(method, path, "{}").status == 501);
            BOOST_TEST(provider.send(method, path, "").status == 501);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

// Who may come, and in which order that is judged.
#include "tests/contract/scim/provider.hpp"

namespace innergate::test {
namespace {

constexpr const char* kRefused = "The SCIM token is missing, or is not accepted here";

http::Response call(
    Provider& provider,
    const std::string& target,
    std::vector<std::pair<std::string, std::string>> headers
) {
    return provider.server.get(target, std::move(headers));
}

std::vector<std::pair<std::string, std::string>> bearer(const std::string& token) {
    return {{"Authorization", "Bearer " + token}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_authentication)

BOOST_DATA_TEST_CASE(needs_a_token_of_the_scope, dialects(), dialect) {
    Provider provider{dialect};
    const std::string group = std::string{kGroupBase} + "/Users";
    const std::string instance = std::string{kInstanceBase} + "/Users";
    BOOST_TEST(call(provider, group, bearer(kGroupToken)).status == 200);
    BOOST_TEST(call(provider, instance, bearer(kInstanceToken)).status == 200);
    for (const auto& headers : std::vector<std::vector<std::pair<std::string, std::string>>>{
             {},
             bearer("unknown"),
             bearer(""),
             {{"Authorization", "Basic dXNlcjpwYXNz"}},
             {{"PRIVATE-TOKEN", kGroupToken}},
             {{"Authorization", std::string{"Bearer "} + kGroupToken},
              {"Authorization", "Bearer other"}},
             bearer(kInstanceToken)}) {
        const http::Response response = call(provider, group, headers);
        check_scim_error(response, 401, kRefused);
        BOOST_TEST(field(response, "WWW-Authenticate") == R"(Bearer realm="scim")");
    }
    check_scim_error(call(provider, instance, bearer(kGroupToken)), 401, kRefused);
    check_scim_error(call(provider, group + "?access_token=" + kGroupToken, {}), 401, kRefused);
}

BOOST_DATA_TEST_CASE(the_schemes_name_counts_in_any_case, dialects(), dialect) {
    Provider provider{dialect};
    const std::string group = std::string{kGroupBase} + "/Users";
    for (const char* const scheme : {"bearer ", "BEARER ", "Bearer "}) {
        BOOST_TEST(
            call(provider, group, {{"Authorization", scheme + std::string{kGroupToken}}}).status ==
            200
        );
    }
}

BOOST_DATA_TEST_CASE(tells_holders_of_a_token_which_group_is_missing, dialects(), dialect) {
    Provider provider{dialect};
    provider.sql(
        "insert into namespaces (id, type, parent_id, name, path) "
        "values (5000, 'Group', 4, 'Sub', 'sub')"
    );
    provider.sql(
        "insert into routes (source_type, source_id, path) "
        "values ('Namespace', 5000, 'test_group/sub')"
    );
    const auto users_of = [](const std::string& group) {
        return "/api/scim/v2/groups/" + group + "/Users";
    };
    check_scim_error(
        call(provider, users_of("no_such"), bearer(kGroupToken)), 404, "Group no_such not found"
    );
    check_scim_error(call(provider, users_of("no_such"), {}), 401, kRefused);
    for (const char* const path : {"test_group/sub", "test_group%2Fsub"}) {
        check_scim_error(
            call(provider, users_of(path), bearer(kGroupToken)),
            404,
            "Group test_group/sub not found"
        );
    }
    // A person's namespace is no group.
    check_scim_error(
        call(provider, users_of("rubi"), bearer(kGroupToken)), 404, "Group rubi not found"
    );
    for (const char* const path : {"test_group", "TEST_Group", "test%5Fgroup", "4"}) {
        BOOST_TEST(call(provider, users_of(path), bearer(kGroupToken)).status == 200, path);
    }
    // Nor does it take a group's id from it.
    provider.sql("update routes set path = '4' where path = 'rubi'");
    BOOST_TEST(call(provider, users_of("4"), bearer(kGroupToken)).status == 200);
    check_scim_error(call(provider, users_of("gitlab-org"), bearer(kGroupToken)), 401, kRefused);
}

BOOST_DATA_TEST_CASE(needs_single_sign_on, dialects(), dialect) {
    Provider provider{dialect};
    provider.sql("update saml_providers set enabled = false");
    check_scim_error(provider.get("/Users"), 403, "Group SSO is not enabled for this group");
    provider.sql("delete from saml_providers");
    check_scim_error(provider.get("/Users"), 403, "Group SSO is not enabled for this group");
    const std::string instance = std::string{kInstanceBase} + "/Users";
    BOOST_TEST(call(provider, instance, bearer(kInstanceToken)).status == 200);
    provider.sql("update application_settings set saml_enabled = false");
    check_scim_error(
        call(provider, instance, bearer(kInstanceToken)),
        403,
        "SAML SSO is not enabled for this instance"
    );
}

BOOST_DATA_TEST_CASE(is_not_there_while_the_feature_is_off, dialects(), dialect) {
    Provider provider{dialect};
    provider.server.settings.features.scim = false;
    check_scim_error(provider.get("/Users"), 404, "404 Not Found");
    check_scim_error(provider.get("/Schemas"), 404, "404 Not Found");
}

BOOST_DATA_TEST_CASE(judges_the_route_before_the_token, dialects(), dialect) {
    Provider provider{dialect};
    check_scim_error(call(provider, "/api/scim/v2", {}), 404, "404 Not Found");
    check_scim_error(
        call(provider, std::string{kGroupBase} + "/Unknown", {}), 404, "404 Not Found"
    );
    check_scim_error(call(provider, kGroupBase, {}), 404, "404 Not Found");
    check_scim_error(
        call(provider, std::string{kInstanceBase} + "/Users/x/../y", {}), 404, "404 Not Found"
    );
    Call put;
    put.method = http::Method::put;
    put.target = std::string{kGroupBase} + "/Users";
    const http::Response refused = provider.server.answer(put);
    check_scim_error(refused, 405, "405 Not Allowed");
    BOOST_TEST(field(refused, "Allow") == "GET, HEAD, POST");
    put.method = http::Method::options;
    BOOST_TEST(provider.server.answer(put).status == 405);
}

/// The body of who has no token is never read.
BOOST_DATA_TEST_CASE(judges_the_token_before_the_body, dialects(), dialect) {
    Provider provider{dialect};
    Call post;
    post.method = http::Method::post;
    post.target = std::string{kGroupBase} + "/Users";
    post.content_type = "text/plain";
    post.body = "no JSON";
    check_scim_error(provider.server.answer(post), 401, kRefused);
    BOOST_TEST(!provider.server.body_was_read());
    provider.sql("update saml_providers set enabled = false");
    post.headers = bearer(kGroupToken);
    BOOST_TEST(provider.server.answer(post).status == 403);
    BOOST_TEST(!provider.server.body_was_read());
}

BOOST_DATA_TEST_CASE(a_deleted_token_is_void_at_once, dialects(), dialect) {
    Provider provider{dialect};
    BOOST_TEST(provider.get("/Users").status == 200);
    provider.sql("delete from scim_oauth_access_tokens where group_id = 4");
    check_scim_error(provider.get("/Users"), 401, kRefused);
}

/// Group restrictions of addresses are for people and their tools.
BOOST_DATA_TEST_CASE(comes_from_any_address, dialects(), dialect) {
    Provider provider{dialect};
    provider.sql("insert into ip_restrictions (group_id, range) values (4, '192.0.2.0/24')");
    BOOST_TEST(provider.get("/Users").status == 200);
}

BOOST_DATA_TEST_CASE(media_types_and_sizes, dialects(), dialect) {
    Provider provider{dialect};
    Call search;
    search.method = http::Method::post;
    search.target = std::string{kGroupBase} + "/.search";
    search.headers = bearer(kGroupToken);
    search.body = "{}";
    for (const char* const type :
         {"application/scim+json",
          "application/json",
          "application/scim+json; charset=utf-8",
          "Application/SCIM+JSON",
          ""}) {
        search.content_type = type;
        const http::Response response = provider.server.answer(search);
        BOOST_TEST(response.status == 200, type);
        BOOST_TEST(response.content_type == "application/scim+json");
    }
    search.content_type = "text/xml; charset=utf-8";
    check_scim_error(provider.server.answer(search), 415, "Media type text/xml is not supported");
    search.content_type = "application/x-www-form-urlencoded";
    BOOST_TEST(provider.server.answer(search).status == 415);
    search.content_type = "application/scim+json";
    for (const char* const body : {"", "[]", "{", "7", R"("text")", R"({"a":"\u0000"})"}) {
        search.body = body;
        const http::Response response = provider.server.answer(search);
        BOOST_TEST(response.status == 400, body);
        BOOST_TEST(text(response, "scimType") == "invalidSyntax", body);
    }
    search.body = R"({"filter":")" + std::string((std::size_t{1} << 20U), 'x') + "\"}";
    BOOST_TEST(provider.server.answer(search).status == 413);
}

BOOST_DATA_TEST_CASE(answers_503_without_a_database, only(db::Dialect::sqlite), dialect) {
    Provider provider{dialect};
    provider.database.destroy();
    const http::Response response = provider.get("/Users");
    check_scim_error(response, 503, "503 Service Unavailable");
    BOOST_TEST(field(response, "Retry-After") == "2");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

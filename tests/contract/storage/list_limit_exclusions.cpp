#include <fmt/format.h>

#include "tests/contract/storage/exclusions.hpp"

namespace innergate::test::storage {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kUrl = "https://gitlab.example.com";

/// The ids of an answered list.
std::string ids_of(const std::string& body) {
    std::string ids;
    constexpr std::string_view kId = R"({"id":)";
    for (std::size_t at = body.find(kId); at != std::string::npos; at = body.find(kId, at + 1)) {
        const std::size_t begin = at + kId.size();
        ids += (ids.empty() ? "" : " ") + body.substr(begin, body.find(',', begin) - begin);
    }
    return ids;
}

void add_exclusions(Exclusions& exclusions, int count) {
    exclusions.sql(fmt::format(
        "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < {}) "
        "insert into namespaces (id, type, name, path) "
        "select 5000 + n, 'Group', 'Group ' || n, 'group-' || n from numbers",
        count
    ));
    // The first of them for the last namespace.
    exclusions.sql(fmt::format(
        "insert into namespaces_storage_limit_exclusions (id, namespace_id, reason) "
        "select {} - id, id, 'r' from namespaces where id > 5000",
        5001 + count
    ));
}

std::string pages(const http::Response& response) {
    return fmt::format(
        "{} {} [{}] [{}] {} {}",
        field(response, "X-Per-Page"),
        field(response, "X-Page"),
        field(response, "X-Next-Page"),
        field(response, "X-Prev-Page"),
        field(response, "X-Total"),
        field(response, "X-Total-Pages")
    );
}

}  // namespace

BOOST_AUTO_TEST_SUITE(list_limit_exclusions)

BOOST_DATA_TEST_CASE(documented_list, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    check(exclusions.list(), 200, "[]");
    // By id, not by namespace.
    exclusions.sql(
        "insert into namespaces_storage_limit_exclusions (id, namespace_id, reason) values "
        "(2, 1234, 'a reason to exclude the Namespace'), "
        "(3, 127, 'another reason to exclude the Namespace')"
    );
    const std::string both =
        R"([{"id":2,"namespace_id":1234,"namespace_name":"A Namespace Name",)"
        R"("reason":"a reason to exclude the Namespace"},)"
        R"({"id":3,"namespace_id":127,"namespace_name":"Reconciled Group 127",)"
        R"("reason":"another reason to exclude the Namespace"}])";
    check(exclusions.list(), 200, both);
    check(exclusions.send(http::Method::get, "/v4/namespaces/storage/limit_exclusions"), 200, both);
}

BOOST_DATA_TEST_CASE(head_is_answered_like_get, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    add_exclusions(exclusions, 1);
    for (const std::string prefix : {"/api", ""}) {
        const http::Response response =
            exclusions.send(http::Method::head, prefix + "/v4/namespaces/storage/limit_exclusions");
        BOOST_TEST(response.status == 200);
        BOOST_TEST(response.content_type == "application/json");
        BOOST_TEST(field(response, "X-Total") == "1");
    }
}

BOOST_DATA_TEST_CASE(comes_in_pages, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    BOOST_TEST(pages(exclusions.list()) == "20 1 [] [] 0 1");
    add_exclusions(exclusions, 102);
    BOOST_TEST(pages(exclusions.list()) == "20 1 [2] [] 102 6");
    BOOST_TEST(ids_of(exclusions.list("?per_page=3").body) == "1 2 3");
    const http::Response second = exclusions.list("?per_page=3&page=2");
    BOOST_TEST(ids_of(second.body) == "4 5 6");
    BOOST_TEST(pages(second) == "3 2 [3] [1] 102 34");
    BOOST_TEST(
        field(second, "Link") ==
        fmt::format(
            R"(<{0}{1}?page=1&per_page=3>; rel="prev", <{0}{1}?page=3&per_page=3>; rel="next", )"
            R"(<{0}{1}?page=1&per_page=3>; rel="first", <{0}{1}?page=34&per_page=3>; rel="last")",
            kUrl,
            kExclusions
        )
    );
    const http::Response last = exclusions.list("?per_page=100&page=2");
    BOOST_TEST(ids_of(last.body) == "101 102");
    BOOST_TEST(pages(last) == "100 2 [] [1] 102 2");
    BOOST_TEST(pages(exclusions.list("?per_page=1000")) == "100 1 [2] [] 102 2");
    BOOST_TEST(pages(exclusions.list("?page=0")) == "20 1 [2] [] 102 6");
    BOOST_TEST(pages(exclusions.list("?page=-7&per_page=-7")) == "20 1 [2] [] 102 6");
    const http::Response beyond = exclusions.list("?page=2147483647&per_page=100");
    check(beyond, 200, "[]");
    BOOST_TEST(field(beyond, "X-Total") == "102");
}

BOOST_DATA_TEST_CASE(pages_that_are_none, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    const auto fault = [&exclusions](const std::string& query) {
        const http::Response response = exclusions.list(query);
        BOOST_TEST(response.status == 400);
        return response.body;
    };
    BOOST_TEST(fault("?page=x") == R"({"error":"page is invalid"})");
    BOOST_TEST(fault("?per_page=1.5") == R"({"error":"per_page is invalid"})");
    BOOST_TEST(
        fault("?page=[]&per_page=x") == R"({"error":"page is invalid, per_page is invalid"})"
    );
    BOOST_TEST(fault("?page=99999999999") == R"({"error":"page is invalid"})");
    BOOST_TEST(fault("?per_page=0") == R"({"error":"per_page has a value not allowed"})");
    check(exclusions.list("?page=&per_page="), 200, "[]");
}

BOOST_DATA_TEST_CASE(refusals_in_their_order, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    exclusions.server.settings.billing.saas = false;
    exclusions.no_longer_an_administrator();
    check(exclusions.server.get(kExclusions), 401, R"({"message":"401 Unauthorized"})");
    check(exclusions.list("?page=x"), 400, R"({"error":"page is invalid"})");
    check(exclusions.list(), 403, kForbidden);
    exclusions.sql("update users set admin = true where id = 1");
    check(exclusions.list(), 403, kNotSold);
    check(
        exclusions.send(http::Method::get, "/v4/namespaces/storage/limit_exclusions"), 403, kNotSold
    );
    exclusions.server.settings.billing.saas = true;
    check(exclusions.list(), 200, "[]");
    exclusions.sql("update application_settings set admin_mode = true");
    check(exclusions.list(), 403, kForbidden);
    exclusions.sql("update personal_access_tokens set scopes = '[\"read_api\",\"admin_mode\"]'");
    check(exclusions.list(), 200, "[]");
}

BOOST_DATA_TEST_CASE(other_methods, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    const http::Response response = exclusions.send(http::Method::post, kExclusions);
    check(response, 405, R"({"error":"405 Not Allowed"})");
    BOOST_TEST(field(response, "Allow") == "GET, HEAD");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test::storage

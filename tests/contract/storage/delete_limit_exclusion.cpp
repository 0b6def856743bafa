#include <fmt/format.h>

#include "tests/contract/storage/exclusions.hpp"

namespace innergate::test::storage {
namespace {

namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(delete_limit_exclusion)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    const std::string documented = "/v4/namespaces/123/storage/limit_exclusion";
    BOOST_TEST(exclusions.create("123").status == 201);
    BOOST_TEST(exclusions.create("1234").status == 201);
    check_no_content(exclusions.send(http::Method::delete_, documented));
    BOOST_TEST(
        exclusions.look("select namespace_id from namespaces_storage_limit_exclusions") == "1234"
    );
    check(exclusions.send(http::Method::delete_, documented), 400, kNotExcluded);
    check(exclusions.remove("123"), 400, kNotExcluded);
    check_no_content(exclusions.remove("a-namespace-name"));
}

BOOST_DATA_TEST_CASE(ids_are_never_reused, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    for (const std::string id : {"1", "2", "3"}) {
        const http::Response response = exclusions.create("123");
        BOOST_TEST(response.body.starts_with(R"({"id":)" + id + ","), response.body);
        check_no_content(exclusions.remove("123"));
    }
}

BOOST_DATA_TEST_CASE(refusals_in_their_order, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    exclusions.server.settings.billing.saas = false;
    exclusions.no_longer_an_administrator();
    exclusions.add_subgroup(5002, 123);
    Call anonymous = administrators_call(http::Method::delete_, exclusion_of("999"));
    anonymous.headers.clear();
    check(exclusions.server.answer(anonymous), 401, R"({"message":"401 Unauthorized"})");
    check(exclusions.remove("999"), 403, kForbidden);
    exclusions.sql("update users set admin = true where id = 1");
    check(exclusions.remove("999"), 403, kNotSold);
    exclusions.server.settings.billing.saas = true;
    check(exclusions.remove("999"), 404, kNoNamespace);
    check(exclusions.remove("5002"), 400, kNoRoot);
    check(exclusions.remove("123"), 400, kNotExcluded);
}

BOOST_DATA_TEST_CASE(other_methods, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    const http::Response response = exclusions.send(http::Method::put, exclusion_of("123"));
    check(response, 405, R"({"error":"405 Not Allowed"})");
    BOOST_TEST(field(response, "Allow") == "DELETE, POST");
}

BOOST_DATA_TEST_CASE(one_of_many_at_once_removes_it, data::make(dialects()), dialect) {
    constexpr std::size_t kClients = 32;
    Exclusions exclusions{dialect};
    BOOST_TEST(exclusions.create("123").status == 201);
    const std::vector<Call> calls(
        kClients, administrators_call(http::Method::delete_, exclusion_of("123"))
    );
    std::size_t removed = 0;
    for (const http::Response& response :
         send_at_once(exclusions.database, settings::PoolName::public_, calls)) {
        if (response.status == 204) {
            ++removed;
        } else {
            check(response, 400, kNotExcluded);
        }
    }
    BOOST_TEST(removed == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test::storage

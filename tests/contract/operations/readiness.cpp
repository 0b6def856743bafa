#include "tests/contract/contract_suite.hpp"

namespace innergate::test {

namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(operations)

BOOST_DATA_TEST_CASE(ready_with_a_database_of_our_schema, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    InProcessServer server{settings::PoolName::internal, database};
    server.probe();
    check(server.get("/-/readiness"), 200, R"({"status":"ok"})");
    database.session().execute_once(
        "insert into schema_migrations (version, name) values (9999, 'later')"
    );
    server.probe();
    const http::Response response = server.get("/-/readiness");
    BOOST_TEST(response.status == 503);
    BOOST_TEST(response.body.find("newer program") != std::string::npos, response.body);
}

BOOST_AUTO_TEST_CASE(not_ready_without_a_database_but_alive) {
    TestDatabase database{db::Dialect::sqlite};
    InProcessServer server{settings::PoolName::internal, database};
    database.destroy();
    server.probe();
    const http::Response response = server.get("/-/readiness");
    BOOST_TEST(response.status == 503);
    BOOST_TEST(response.body.starts_with(R"({"status":"failed","message":")"));
    check(server.get("/-/liveness"), 200, R"({"status":"ok"})");
}

BOOST_AUTO_TEST_CASE(metrics_are_text) {
    InProcessServer server{settings::PoolName::internal, demo_database(db::Dialect::sqlite)};
    const http::Response response = server.get("/-/metrics");
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.content_type == "text/plain; version=0.0.4; charset=utf-8");
    BOOST_TEST(response.body.find("innergate_build_info") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

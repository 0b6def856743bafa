#include "tests/contract/contract_suite.hpp"

namespace innergate::test {

namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(shell_check)

BOOST_DATA_TEST_CASE(documented_answer, data::make(dialects()), dialect) {
    InProcessServer server{settings::PoolName::internal, demo_database(dialect)};
    check(
        server.shell_get("/api/v4/internal/check"),
        200,
        R"({"api_version":"v4","gitlab_version":"17.11.0","gitlab_rev":"innergate","redis":true})"
    );
}

BOOST_AUTO_TEST_CASE(answers_while_the_database_is_gone) {
    TestDatabase database{db::Dialect::sqlite};
    InProcessServer server{settings::PoolName::internal, database};
    database.destroy();
    server.health.was_asked("cannot open the database");
    const http::Response response = server.shell_get("/api/v4/internal/check");
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body.find(R"("redis":false)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

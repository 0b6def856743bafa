#include "tests/contract/contract_suite.hpp"
#include "tests/support/write_lock.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kIncreased = R"({"reference_counter_increased":true})";
constexpr const char* kNotIncreased = R"({"reference_counter_increased":false})";
constexpr const char* kCounters =
    "select gl_repository || '=' || value from reference_counters order by gl_repository";

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_pre_receive)

BOOST_DATA_TEST_CASE(pushes_are_counted_by_any_name, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    InProcessServer server{settings::PoolName::internal, database};
    check(server.shell_post("pre_receive", "gl_repository=project-7"), 200, kIncreased);
    check(server.shell_post("pre_receive", R"({"gl_repository":"project-7"})"), 200, kIncreased);
    check(server.shell_post("pre_receive", "gl_repository=project-7&user_id=1"), 200, kIncreased);
    check(server.shell_post("pre_receive", "gl_repository=any name"), 200, kIncreased);
    check(server.shell_post("pre_receive", R"({"gl_repository":42})"), 200, kIncreased);
    BOOST_TEST(database.look(kCounters) == "42=1 any name=1 project-7=3");
    BOOST_TEST(server.log_detail() == "");
}

BOOST_DATA_TEST_CASE(repository_must_be_named, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    InProcessServer server{settings::PoolName::internal, database};
    for (const std::string& body :
         {std::string{},
          std::string{"gl_repository="},
          std::string{"gl_repository=+%09%0A"},
          std::string{R"({"gl_repository":null})"},
          std::string{R"({"gl_repository":" "})"},
          std::string{"{}"}}) {
        check(
            server.shell_post("pre_receive", body), 400, R"({"error":"gl_repository is missing"})"
        );
    }
    for (const std::string& body :
         {std::string{"gl_repository[]=project-7"},
          std::string{R"({"gl_repository":{}})"},
          "gl_repository=" + std::string(1025, 'x')}) {
        check(
            server.shell_post("pre_receive", body), 400, R"({"error":"gl_repository is invalid"})"
        );
    }
    // NUL and bytes that are no UTF-8 fit into no text column.
    for (const char* const body : {"gl_repository=a%00b", "gl_repository=a%FFb"}) {
        check(server.shell_post("pre_receive", body), 400, R"({"error":"Invalid parameters"})");
    }
    for (const char* const body :
         {R"({"gl_repository":"a\u0000b"})",
          "{\"gl_repository\":\"a\xff"
          "b\"}"}) {
        check(
            server.shell_post("pre_receive", body),
            400,
            R"({"error":"message body does not match declared format"})"
        );
    }
    BOOST_TEST(database.look(kCounters) == "");
}

// Gitaly asks twice more, and then tells the person.
BOOST_DATA_TEST_CASE(counter_that_somebody_locks_is_unavailable, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    InProcessServer server{settings::PoolName::internal, database, kImpatient};
    check(server.shell_post("pre_receive", "gl_repository=project-7"), 200, kIncreased);
    {
        const WriteLock lock{database, "select id from reference_counters"};
        check(
            server.shell_post("pre_receive", "gl_repository=project-7"),
            503,
            R"({"message":"503 Service Unavailable"})"
        );
        BOOST_TEST(server.log_detail().starts_with("reference_counters.begin: "));
        BOOST_TEST(server.log_detail().find("project-7") == std::string::npos);
    }
    BOOST_TEST(database.look(kCounters) == "project-7=1");
}

// Gitaly fails the push then, without a word.
BOOST_DATA_TEST_CASE(counter_that_cannot_be_kept_is_no_error, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    InProcessServer server{settings::PoolName::internal, database};
    database.session().execute_once("drop table reference_counters");
    check(server.shell_post("pre_receive", "gl_repository=project-7"), 200, kNotIncreased);
    BOOST_TEST(server.log_detail() != "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kRubi = R"({"id":7,"name":"Dede Eichmann","username":"rubi"})";

const Example kExamples[]{
    {"documented example", "?key_id=7", 200, kRubi},
    {"user_id", "?user_id=7", 200, kRubi},
    {"username in any case", "?username=RuBi", 200, kRubi},
    {"identifier of a user", "?identifier=user-7", 200, kRubi},
    {"identifier of a key", "?identifier=key-7", 200, kRubi},
    {"no parameter", "", 200, "null"},
    {"unknown key", "?key_id=424242", 200, "null"},
    {"unknown user", "?user_id=424242", 200, "null"},
    {"unknown username", "?username=nobody", 200, "null"},
    {"malformed identifier", "?identifier=rubi", 200, "null"},
    {"identifier with a bad id", "?identifier=key-07", 200, "null"},
    {"key_id that is no id", "?key_id=7x", 200, "null"},
    {"empty key_id", "?key_id=", 200, "null"},
    {"negative key_id", "?key_id=-7", 200, "null"},
    {"overflowing key_id", "?key_id=99999999999999999999", 200, "null"},
    {"unknown key does not fall through", "?key_id=424242&username=rubi", 200, "null"},
    {"key_id goes before username", "?username=nobody&key_id=7", 200, kRubi},
    {"user_id goes before identifier", "?identifier=user-1&user_id=7", 200, kRubi},
    {"last of repeated parameters counts", "?key_id=424242&key_id=7", 200, kRubi},
    {"unknown parameters are ignored", "?key_id=7&secret_token=x", 200, kRubi},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_discover)

BOOST_DATA_TEST_CASE(answers, data::make(dialects()) * data::make(kExamples), dialect, example) {
    InProcessServer server{settings::PoolName::internal, demo_database(dialect)};
    check(
        server.shell_get("/api/v4/internal/discover" + example.target), example.status, example.body
    );
}

BOOST_DATA_TEST_CASE(kinds_of_keys_and_users, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    import_demo(database);
    database.session().execute_once("update keys set usage_type = 2 where id = 7");
    database.session().execute_once("update keys set type = 'DeployKey' where id = 11");
    database.session().execute_once("update users set state = 'blocked' where id = 7");
    InProcessServer server{settings::PoolName::internal, database};
    // A signing-only key is invisible.
    check(server.shell_get("/api/v4/internal/discover?key_id=7"), 200, "null");
    // A blocked user is found.
    check(server.shell_get("/api/v4/internal/discover?user_id=7"), 200, kRubi);
    // A deploy key stands for its owner.
    BOOST_TEST(
        server.shell_get("/api/v4/internal/discover?key_id=11").body.find(R"("username":"root")") !=
        std::string::npos
    );
    // A key without an owner stands for nobody.
    database.session().execute_once("update keys set user_id = null where id = 11");
    check(server.shell_get("/api/v4/internal/discover?key_id=11"), 200, "null");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

#include "app/http/url.hpp"
#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kNotFound = R"({"message":"404 Key Not Found"})";

std::string key_text(TestDatabase& database, long long id) {
    std::string key;
    database.session().fetch_one(
        db::Query{"test.key", "select key from keys where id = :id"},
        soci::use(id, "id"),
        soci::into(key)
    );
    return key;
}

/// The second word.
std::string blob_of(const std::string& key) {
    const std::size_t start = key.find(' ') + 1;
    return key.substr(start, key.find(' ', start) - start);
}

std::string target_for(const std::string& key) {
    return "/api/v4/internal/authorized_keys?key=" + http::percent_encoded(key);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_authorized_keys)

BOOST_DATA_TEST_CASE(known_key_is_answered_with_our_comment, data::make(dialects()), dialect) {
    TestDatabase& database = demo_database(dialect);
    InProcessServer server{settings::PoolName::internal, database};
    const std::string key = key_text(database, 11);
    const std::string blob = blob_of(key);
    const std::string line = key.substr(0, key.find(' ')) + " " + blob;
    const http::Response response = server.shell_get(target_for(blob));
    BOOST_TEST(response.status == 200);
    BOOST_TEST(
        response.body.starts_with(R"({"id":11,"title":"admin@example.com","key":")" + line + " "),
        response.body
    );
    BOOST_TEST(
        response.body.ends_with(
            R"json( (gitlab.example.com)","created_at":"2019-06-27T15:29:02.219Z","expires_at":null,)json"
            R"json("usage_type":"auth_and_signing"})json"
        ),
        response.body
    );
}

BOOST_DATA_TEST_CASE(spellings_of_a_known_key, data::make(dialects()), dialect) {
    TestDatabase& database = demo_database(dialect);
    InProcessServer server{settings::PoolName::internal, database};
    std::string blob = blob_of(key_text(database, 11));
    blob.resize(blob.find_last_not_of('=') + 1);
    BOOST_TEST(server.shell_get(target_for(blob)).status == 200, "gitlab-sshd sends no padding");
    // An unescaped + is decoded to a space.
    BOOST_TEST(server.shell_get("/api/v4/internal/authorized_keys?key=" + blob).status == 200);
}

BOOST_DATA_TEST_CASE(what_is_no_known_key, data::make(dialects()), dialect) {
    TestDatabase& database = demo_database(dialect);
    InProcessServer server{settings::PoolName::internal, database};
    const std::string key = key_text(database, 11);
    const std::string blob = blob_of(key);
    for (const std::string& text :
         {std::string{},
          std::string{"AAAA"},
          std::string{"not base64!"},
          key,
          blob.substr(0, blob.size() / 2)}) {
        check(server.shell_get(target_for(text)), 404, kNotFound);
    }
    check(
        server.shell_get("/api/v4/internal/authorized_keys"), 400, R"({"error":"key is missing"})"
    );
    check(
        server.shell_get("/api/v4/internal/authorized_keys?key[]=a"),
        400,
        R"({"error":"key is invalid"})"
    );
}

BOOST_DATA_TEST_CASE(inactive_keys_follow_the_setting, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    import_demo(database);
    InProcessServer server{settings::PoolName::internal, database};
    const std::string target = target_for(blob_of(key_text(database, 11)));
    database.session().execute_once(
        "update keys set expires_at = '2026-01-15T12:00:00.000Z' where id = 11"
    );
    BOOST_TEST(server.shell_get(target).status == 200);
    server.settings.access.authorized_keys_reject_inactive = true;
    check(server.shell_get(target), 404, kNotFound);
    database.session().execute_once(
        "update keys set expires_at = '2026-01-15T12:00:00.001Z' where id = 11"
    );
    BOOST_TEST(server.shell_get(target).status == 200);
    database.session().execute_once("update users set state = 'blocked' where id = 1");
    check(server.shell_get(target), 404, kNotFound);
}

BOOST_DATA_TEST_CASE(ownerless_and_signing_keys, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    import_demo(database);
    InProcessServer server{settings::PoolName::internal, database};
    const std::string target = target_for(blob_of(key_text(database, 11)));
    database.session().execute_once(
        "update keys set user_id = null, type = 'DeployKey' where id = 11"
    );
    BOOST_TEST(server.shell_get(target).body.find(" (gitlab.example.com)\"") != std::string::npos);
    database.session().execute_once("update keys set usage_type = 2 where id = 11");
    check(server.shell_get(target), 404, kNotFound);
}

BOOST_DATA_TEST_CASE(hostile_owner_name_stays_on_the_line, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    import_demo(database);
    database.session().execute_once("update users set name = 'x\nssh-rsa AAAA' where id = 1");
    InProcessServer server{settings::PoolName::internal, database};
    const http::Response response = server.shell_get(target_for(blob_of(key_text(database, 11))));
    BOOST_TEST(response.body.find("x ssh-rsa AAAA (gitlab.example.com)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

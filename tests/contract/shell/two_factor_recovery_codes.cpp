#include <set>

#include <fmt/format.h>

#include "app/auth/password_hash.hpp"
#include "app/json/reader.hpp"
#include "tests/contract/contract_suite.hpp"
#include "tests/support/write_lock.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

struct RecoveryCodes {
    explicit RecoveryCodes(db::Dialect dialect) : database(dialect, Content::demo) {}

    void run(const std::string& sql) { database.session().execute_once(sql); }
    [[nodiscard]] http::Response ask(const std::string& body) {
        return server.shell_post("two_factor_recovery_codes", body);
    }
    void refuses(const std::string& body, const std::string& message) {
        BOOST_TEST_CONTEXT(body) {
            check(ask(body), 200, R"({"success":false,"message":")" + message + "\"}");
        }
    }
    [[nodiscard]] std::string stored() {
        return database.look("select otp_backup_code_hashes from users where id = 7");
    }

    TestDatabase database;
    InProcessServer server{settings::PoolName::internal, database};
};

std::vector<std::string> strings(const json::Value& array) {
    std::vector<std::string> all;
    for (const json::Value& element : *array.array()) {
        all.push_back(*element.string());
    }
    return all;
}

std::vector<std::string> codes_of(const http::Response& response) {
    const auto answer = json::parse(response.body);
    BOOST_TEST_REQUIRE(*answer.value().find("success")->boolean());
    return strings(*answer.value().find("recovery_codes"));
}

constexpr const char* kNoUser = "Could not find the given user";
constexpr const char* kNoKey = "Could not find the given key";
constexpr const char* kTwoFactorOff = "Two-factor authentication is not enabled for this user";

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_two_factor_recovery_codes)

BOOST_DATA_TEST_CASE(ten_new_codes_of_which_only_hashes_are_kept, data::make(dialects()), dialect) {
    RecoveryCodes codes{dialect};
    const auto fresh = codes_of(codes.ask("key_id=7"));
    BOOST_TEST(fresh.size() == 10U);
    BOOST_TEST((std::set<std::string>{fresh.begin(), fresh.end()}.size()) == 10U);
    const auto document = json::parse(codes.stored());
    const auto hashes = strings(document.value());
    BOOST_TEST_REQUIRE(hashes.size() == 10U);
    for (std::size_t index = 0; index < fresh.size(); ++index) {
        BOOST_TEST(fresh[index].size() == 16U);
        BOOST_TEST(fresh[index].find_first_not_of("0123456789abcdef") == std::string::npos);
        BOOST_TEST(auth::matches_hash(fresh[index], hashes[index]));
        BOOST_TEST(codes.stored().find(fresh[index]) == std::string::npos);
    }
    BOOST_TEST(codes.server.log_detail() == "");
}

BOOST_DATA_TEST_CASE(repetition_replaces_them_all, data::make(dialects()), dialect) {
    RecoveryCodes codes{dialect};
    const auto first = codes_of(codes.ask("key_id=7"));
    const std::string before = codes.stored();
    const auto second = codes_of(codes.ask(R"({"key_id":"7"})"));
    BOOST_TEST((first != second));
    BOOST_TEST(codes.stored() != before);
    BOOST_TEST(strings(json::parse(codes.stored()).value()).size() == 10U);
}

BOOST_DATA_TEST_CASE(who_gets_none, data::make(dialects()), dialect) {
    RecoveryCodes codes{dialect};
    codes.refuses("user_id=424242", kNoUser);
    codes.refuses("user_id=7x", kNoUser);
    codes.refuses(R"({"user_id":-7})", kNoUser);
    codes.refuses(R"({"user_id":99999999999999999999})", kNoUser);
    codes.refuses("", kNoKey);
    codes.refuses("key_id=424242", kNoKey);
    codes.refuses("key_id=", kNoKey);
    codes.refuses(R"({"key_id":null})", kNoKey);
    codes.refuses(R"({"key_id":{"a":7}})", kNoKey);
    codes.refuses("key_id=11", kTwoFactorOff);
    codes.refuses("user_id=1", kTwoFactorOff);
    codes.run("update keys set type = 'DeployKey' where id = 7");
    codes.refuses("key_id=7", "Deploy keys cannot be used to retrieve recovery codes");
    codes.run("update keys set user_id = null where id = 7");
    codes.refuses("key_id=7", "Could not find a user for the given key");
    codes.run("update keys set usage_type = 2 where id = 7");
    codes.refuses("key_id=7", kNoKey);
    BOOST_TEST(codes.stored() == "[]", "nobody's codes were touched");
}

BOOST_DATA_TEST_CASE(blocked_user_gets_none, data::make(dialects()), dialect) {
    RecoveryCodes codes{dialect};
    for (const char* state : {"blocked", "ldap_blocked", "blocked_pending_approval", "banned"}) {
        codes.run(fmt::format("update users set state = '{}' where id = 7", state));
        codes.refuses("key_id=7", "Your account has been blocked.");
        codes.refuses("user_id=7", "Your account has been blocked.");
    }
    BOOST_TEST(codes.stored() == "[]");
    codes.run("update users set state = 'deactivated' where id = 7");
    BOOST_TEST(codes_of(codes.ask("key_id=7")).size() == 10U);
}

BOOST_DATA_TEST_CASE(user_id_alone_and_security_keys, data::make(dialects()), dialect) {
    RecoveryCodes codes{dialect};
    BOOST_TEST(codes_of(codes.ask(R"({"user_id":7})")).size() == 10U);
    codes.run(
        "insert into webauthn_registrations (user_id, name, credential_xid) "
        "values (1, 'name', 'xid')"
    );
    BOOST_TEST(codes_of(codes.ask("key_id=11")).size() == 10U);
}

BOOST_DATA_TEST_CASE(
    use_of_the_key_is_remembered_even_when_refused, data::make(dialects()), dialect
) {
    RecoveryCodes codes{dialect};
    codes.refuses("key_id=11", kTwoFactorOff);
    BOOST_TEST(
        codes.database.look("select count(*) from keys where id = 11 and last_used_at is not null"
        ) == "1"
    );
}

BOOST_AUTO_TEST_CASE(get_is_another_method) {
    RecoveryCodes codes{db::Dialect::sqlite};
    const http::Response response =
        codes.server.shell_get("/api/v4/internal/two_factor_recovery_codes?key_id=7");
    check(response, 405, R"({"error":"405 Not Allowed"})");
    BOOST_TEST(field(response, "Allow") == "POST");
}

// What cannot be stored is not shown: the person would write down codes that are none.
BOOST_DATA_TEST_CASE(failure_to_store_shows_no_codes, data::make(dialects()), dialect) {
    RecoveryCodes codes{dialect};
    InProcessServer impatient{settings::PoolName::internal, codes.database, kImpatient};
    BOOST_TEST(impatient.shell_post("two_factor_recovery_codes", "user_id=1").status == 200);
    {
        const WriteLock lock{codes.database, "select id from users where id = 7"};
        const http::Response response =
            impatient.shell_post("two_factor_recovery_codes", "user_id=7");
        check(response, 503, R"({"message":"503 Service Unavailable"})");
    }
    BOOST_TEST(codes.stored() == "[]");
    // That the key's use cannot be remembered fails nothing by itself.
    const WriteLock lock{codes.database, "select id from keys where id = 11"};
    check(
        impatient.shell_post("two_factor_recovery_codes", "key_id=11"),
        200,
        R"({"success":false,"message":"Two-factor authentication is not enabled for this user"})"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

#include "tests/contract/portal_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kInvalid = R"({"error":"id is invalid"})";
constexpr const char* kNotFound = R"({"message":"404 User Not Found"})";

std::string target_for(const std::string& id) {
    return "/api/v4/internal/gitlab_subscriptions/users/" + id;
}

struct Users : Portal {
    explicit Users(db::Dialect dialect) : Portal(dialect, settings::PoolName::internal) {
        server.settings.instance.external_url = "https://gitlab.example.com";
    }

    http::Response show(const std::string& id) { return send(http::Method::get, target_for(id)); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(show_user)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Users users{dialect};
    const std::string john = R"({"id":2,"username":"john_smith","name":"John Smith",)"
                             R"("web_url":"https://gitlab.example.com/john_smith"})";
    check(users.show("2"), 200, john);
    check(users.show("%32"), 200, john);
    check(users.show("%2B2"), 200, john);
    check(users.show("02"), 200, john);
    check(users.show("2?id=7"), 200, john);
    check(users.send(http::Method::head, target_for("2")), 200, john);
}

BOOST_DATA_TEST_CASE(every_kind_and_state_of_user_is_shown, data::make(dialects()), dialect) {
    Users users{dialect};
    users.sql("update users set state = 'blocked' where id = 2");
    BOOST_TEST(users.show("2").status == 200);
    users.sql("update users set state = 'active', user_type = 6 where id = 2");
    BOOST_TEST(users.show("2").status == 200);
}

BOOST_DATA_TEST_CASE(only_integers_are_ids, data::make(dialects()), dialect) {
    Users users{dialect};
    for (const std::string id :
         {"john_smith",
          "2a",
          "2.0",
          "1e1",
          "%202",
          "%22",
          "--2",
          "0x2",
          "9223372036854775808",
          "-99999999999999999999"}) {
        BOOST_TEST_CONTEXT(id) {
            check(users.show(id), 400, kInvalid);
        }
    }
    for (const std::string id : {"0", "-2", "999999", "9223372036854775807"}) {
        BOOST_TEST_CONTEXT(id) {
            check(users.show(id), 404, kNotFound);
        }
    }
    check(users.show("2/x"), 404, R"({"error":"404 Not Found"})");
}

BOOST_DATA_TEST_CASE(token_is_judged_first, data::make(dialects()), dialect) {
    Users users{dialect};
    check(users.server.get(target_for("john_smith")), 401, R"({"message":"401 Unauthorized"})");
    users.sql(R"sql(update personal_access_tokens set scopes = '["read_api"]')sql");
    BOOST_TEST(users.show("2").status == 200);
    users.sql("update users set admin = false where id = 1");
    check(users.show("john_smith"), 403, R"({"message":"403 Forbidden"})");
}

BOOST_DATA_TEST_CASE(public_pool_does_not_know_it, data::make(dialects()), dialect) {
    Portal portal{dialect, settings::PoolName::public_};
    check(portal.send(http::Method::get, target_for("2")), 404, R"({"error":"404 Not Found"})");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

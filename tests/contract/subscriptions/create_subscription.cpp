#include <algorithm>
#include <array>

#include "tests/contract/subscriptions/subscription_server.hpp"
#include "tests/contract/vanishing_namespace.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kDocumented =
    R"({"plan":{"code":"premium","name":"premium","trial":false,"auto_renew":null,"upgradable":false,)"
    R"("exclude_guests":false},"usage":{"seats_in_subscription":10,"seats_in_use":1,"max_seats_used":0,)"
    R"("seats_owed":0},"billing":{"subscription_start_date":"2020-07-15","subscription_end_date":null,)"
    R"("trial_ends_on":null}})";
constexpr const char* kDocumentedRow = "premium 2020-07-15 - 10 0 0, no trial - - -, -";
constexpr const char* kTaken = R"({"message":{"namespace_id":["has already been taken"]}})";

/// A body for group 1, which has no subscription, and the fault it must get.
const std::array kRefused{
    Example{"nothing given", "{}", 400, R"({"error":"start_date is missing"})"},
    Example{
        "null is not missing",
        R"({"start_date":null})",
        400,
        R"({"message":{"start_date":["can't be blank"]}})"},
    Example{
        "empty text is null",
        "start_date=&seats=",
        400,
        R"({"message":{"seats":["can't be blank"],"start_date":["can't be blank"]}})"},
    Example{
        "number is no date",
        R"({"start_date":20200715})",
        400,
        R"({"error":"start_date is invalid"})"},
    Example{
        "day that does not exist",
        "start_date=2021-02-29",
        400,
        R"({"error":"start_date is invalid"})"},
    Example{
        "all faults in their order",
        R"({"plan":[],"trial_extension_type":3,"trial_ends_on":"x","trial_starts_on":1,"trial":"perhaps",)"
        R"("auto_renew":2,"max_seats_used":"2147483648","seats":1.5,"end_date":"2021-13-01"})",
        400,
        R"({"error":"start_date is missing, end_date is invalid, seats is invalid, max_seats_used is invalid, )"
        R"(auto_renew is invalid, trial is invalid, trial_starts_on is invalid, trial_ends_on is invalid, )"
        R"(trial_extension_type is invalid, plan is invalid"})"},
    Example{
        "plan that is no text",
        R"({"start_date":"2020-07-15","plan_code":{}})",
        400,
        R"({"error":"plan_code is invalid"})"},
    Example{
        "seats beyond 32 bits",
        R"({"start_date":"2020-07-15","seats":2147483648})",
        400,
        R"({"error":"seats is invalid"})"},
    Example{
        "kind of extension",
        "start_date=2020-07-15&trial_extension_type=0",
        400,
        R"({"error":"trial_extension_type is invalid"})"},
    Example{
        "kind of extension in words",
        "start_date=2020-07-15&trial_extension_type=extended",
        400,
        R"({"error":"trial_extension_type is invalid"})"},
    Example{
        "negative seats",
        R"({"start_date":"2020-07-15","seats":-1})",
        400,
        R"({"message":{"seats":["must be greater than or equal to 0"]}})"},
    Example{
        "no seats",
        R"({"start_date":"2020-07-15","seats":null})",
        400,
        R"({"message":{"seats":["can't be blank"]}})"},
    Example{
        "trial without a first day",
        R"({"start_date":null,"trial":true})",
        400,
        R"({"message":{"start_date":["can't be blank"],"trial_starts_on":["can't be blank"]}})"},
    Example{
        "trial ends on its first day",
        R"({"start_date":"2020-01-01","trial":true,"trial_starts_on":"2024-06-01","trial_ends_on":"2024-06-01"})",
        400,
        R"({"message":{"trial_ends_on":["must be greater than 2024-06-01"]}})"},
    Example{
        "trial ends before the subscription begins",
        R"({"start_date":"2024-06-01","trial":true,"trial_ends_on":"2024-05-01"})",
        400,
        R"({"message":{"trial_ends_on":["must be greater than 2024-06-01"]}})"},
    Example{
        "broken JSON",
        R"({"start_date":"2020-07-15",})",
        400,
        R"({"error":"message body does not match declared format"})"},
};

/// A body for group 1, and what must be stored.
const std::array kStored{
    Example{"least", "start_date=2020-07-15", 201, "- 2020-07-15 - 0 0 0, no trial - - -, -"},
    Example{
        "everything",
        R"({"start_date":"15/07/2020","end_date":"15 Jul 2021","plan_code":"ultimate","seats":"10",)"
        R"("max_seats_used":12,"auto_renew":"no","trial":"yes","trial_starts_on":"2020/07/16",)"
        R"("trial_ends_on":"20200816","trial_extension_type":2})",
        201,
        "ultimate 2020-07-15 2021-07-15 10 12 0, trial 2020-07-16 2020-08-16 2, no"},
    Example{
        "null",
        R"({"start_date":"2020-07-15","end_date":null,"plan_code":null,"max_seats_used":null,"auto_renew":null,)"
        R"("trial":null,"trial_starts_on":null,"trial_ends_on":null,"trial_extension_type":null})",
        201,
        "free 2020-07-15 - 0 - 0, no trial - - -, -"},
    Example{
        "empty text",
        "start_date=2020-07-15&end_date=&max_seats_used=&auto_renew=&trial=&trial_starts_on=&"
        "trial_ends_on=&trial_extension_type=",
        201,
        "- 2020-07-15 - 0 - 0, no trial - - -, -"},
    Example{
        "unknown plan",
        "start_date=2020-07-15&plan_code=Premium",
        201,
        "- 2020-07-15 - 0 0 0, no trial - - -, -"},
    Example{
        "empty plan",
        "start_date=2020-07-15&plan_code=",
        201,
        "- 2020-07-15 - 0 0 0, no trial - - -, -"},
    Example{
        "plan by its other name",
        "start_date=2020-07-15&plan=gold",
        201,
        "gold 2020-07-15 - 0 0 0, no trial - - -, -"},
    Example{
        "null by its other name",
        R"({"start_date":"2020-07-15","plan":null})",
        201,
        "free 2020-07-15 - 0 0 0, no trial - - -, -"},
    Example{
        "plan_code counts",
        "start_date=2020-07-15&plan=gold&plan_code=silver",
        201,
        "silver 2020-07-15 - 0 0 0, no trial - - -, -"},
    Example{
        "plan_code counts though it is null",
        R"({"start_date":"2020-07-15","plan":["gold"],"plan_code":null})",
        201,
        "free 2020-07-15 - 0 0 0, no trial - - -, -"},
    Example{
        "quotes of all kinds",
        "start_date='2020-07-15'&plan_code=%22premium%22&end_date=\"2021-07-15\"",
        201,
        "premium 2020-07-15 2021-07-15 0 0 0, no trial - - -, -"},
    Example{
        "trial begins with the subscription",
        "start_date=2020-07-15&trial=1&trial_ends_on=2020-07-16",
        201,
        "- 2020-07-15 - 0 0 0, trial 2020-07-15 2020-07-16 -, -"},
    Example{
        "trial without an end",
        R"({"start_date":"2020-07-15","trial":true,"trial_starts_on":null})",
        201,
        "- 2020-07-15 - 0 0 0, trial 2020-07-15 - -, -"},
    Example{
        "last day before the first one",
        "start_date=2020-07-15&end_date=2019-01-01",
        201,
        "- 2020-07-15 2019-01-01 0 0 0, no trial - - -, -"},
    Example{
        "trial days without a trial",
        "start_date=2020-07-15&trial=f&trial_starts_on=2021-01-01&trial_ends_on=2020-01-01",
        201,
        "- 2020-07-15 - 0 0 0, no trial 2021-01-01 2020-01-01 -, -"},
};

/// One member, no subscription: as the documentation's example has it.
void make_documented(SubscriptionServer& portal) {
    portal.sql("delete from gitlab_subscriptions");
    portal.sql(
        "delete from members where source_type = 'Namespace' and source_id = 1234 "
        "and user_id <> (select min(user_id) from members "
        "where source_type = 'Namespace' and source_id = 1234 and access_level = 50)"
    );
}

}  // namespace

BOOST_AUTO_TEST_SUITE(create_subscription)

BOOST_DATA_TEST_CASE(documented_curl_line, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    make_documented(portal);
    const std::string query = "?start_date=2020-07-15&plan=premium&seats=10";
    const Call call{
        .method = http::Method::post,
        .target = subscription_of("1234") + query,
        .headers = {{"TOKEN", kPortalToken}},
        .content_type = {},
        .body = {}};
    check(portal.server.answer(call), 201, kDocumented);
    BOOST_TEST(portal.row("1234") == kDocumentedRow);
    BOOST_TEST((portal.time("created_at") == portal.server.clock.now()));
    BOOST_TEST((portal.time("updated_at") == portal.server.clock.now()));
    BOOST_TEST(!portal.time("max_seats_used_changed_at").has_value());
}

BOOST_DATA_TEST_CASE(parameters_come_in_every_way, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    make_documented(portal);
    const auto sent = [&portal](const std::string& query, Call call) {
        portal.sql("delete from gitlab_subscriptions");
        call.target += query;
        check(portal.server.answer(call), 201, kDocumented);
        BOOST_TEST(portal.row("1234") == kDocumentedRow);
    };
    const auto call = [](const std::string& body) {
        return portal_call(http::Method::post, subscription_of("1234"), body);
    };
    sent("?start_date=%222020-07-15%22&plan=%22premium%22&seats=10", call(""));
    sent("?start_date=\"2020-07-15\"&plan=\"premium\"&seats=10", call(""));
    sent("?&start_date=2020-07-15&plan_code=premium&&seats=%2B10", call(""));
    sent("", call("start_date=2020-07-15&plan_code=premium&seats=10"));
    sent("", call(R"({"start_date":"2020-07-15","plan_code":"premium","seats":10})"));
    sent(
        "?seats=99&start_date=x", call(R"({"start_date":"2020-07-15","plan":"premium","seats":10})")
    );
    sent("?id=1", call(R"({"id":1,"start_date":"2020-07-15","plan":"premium","seats":10})"));
    Call without_type = call(R"({"start_date":"2020-07-15","plan":"premium","seats":10})");
    without_type.content_type = {};
    sent("", without_type);
    Call multipart = call(
        "--x\r\nContent-Disposition: form-data; name=\"start_date\"\r\n\r\n2020-07-15\r\n"
        "--x\r\nContent-Disposition: form-data; name=\"plan_code\"\r\n\r\npremium\r\n"
        "--x\r\nContent-Disposition: form-data; name=\"seats\"\r\n\r\n10\r\n--x--\r\n"
    );
    multipart.content_type = "multipart/form-data; boundary=x";
    sent("", multipart);
}

BOOST_DATA_TEST_CASE(stores_what_is_given, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    for (const Example& example : kStored) {
        BOOST_TEST_CONTEXT(example.name) {
            portal.sql("delete from gitlab_subscriptions");
            BOOST_TEST(portal.create("1", example.target).status == example.status);
            BOOST_TEST(portal.row("1") == example.body);
        }
    }
}

BOOST_DATA_TEST_CASE(refuses, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    for (const Example& example : kRefused) {
        BOOST_TEST_CONTEXT(example.name) {
            check(portal.create("1", example.target), example.status, example.body);
            BOOST_TEST(portal.row("1").empty());
        }
    }
}

BOOST_DATA_TEST_CASE(computes_nothing, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    portal.sql("delete from gitlab_subscriptions");
    const http::Response response =
        portal.create("1234", "start_date=2020-07-15&end_date=2026-01-15&plan_code=gold&seats=10");
    check(
        response,
        201,
        R"({"plan":{"code":"gold","name":"gold","trial":false,"auto_renew":null,"upgradable":false,)"
        R"("exclude_guests":true},"usage":{"seats_in_subscription":10,"seats_in_use":82,"max_seats_used":0,)"
        R"("seats_owed":0},"billing":{"subscription_start_date":"2020-07-15",)"
        R"("subscription_end_date":"2026-01-15","trial_ends_on":null}})"
    );
}

BOOST_DATA_TEST_CASE(personal_namespace_is_a_root, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    check(
        portal.create(
            "ROOT",
            R"({"start_date":"2025-01-01","end_date":"2026-01-15","plan_code":"ultimate_trial","seats":3,)"
            R"("auto_renew":true,"trial_ends_on":"2025-02-01"})"
        ),
        201,
        R"({"plan":{"code":"ultimate_trial","name":"ultimate_trial","trial":false,"auto_renew":true,)"
        R"("upgradable":true,"exclude_guests":false},"usage":{"seats_in_subscription":3,"seats_in_use":1,)"
        R"("max_seats_used":0,"seats_owed":0},"billing":{"subscription_start_date":"2025-01-01",)"
        R"("subscription_end_date":"2026-01-15","trial_ends_on":"2025-02-01"}})"
    );
    BOOST_TEST(portal.row("5").starts_with("ultimate_trial "));
}

BOOST_DATA_TEST_CASE(namespace_that_goes_meanwhile_is_not_found, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    let_namespaces_vanish(portal.database, "gitlab_subscriptions");
    check(
        portal.create("1", "start_date=2020-07-15"), 404, R"({"message":"404 Namespace Not Found"})"
    );
    BOOST_TEST(portal.row("1").empty());
}

BOOST_DATA_TEST_CASE(which_fault_wins, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    portal.add_subgroup();
    portal.sql(
        "insert into namespaces (id, type, name, path, parent_id) "
        "values (900002, 'Project', 'p', 'p', 1)"
    );
    for (const std::string unknown :
         {"999999", "-1234", "99999999999999999999", "nothing", "a%2Fb", "900002"}) {
        check(portal.create(unknown, "seats=x"), 404, SubscriptionServer::kNoNamespace);
    }
    check(portal.create("a/b", "seats=x"), 404, R"({"error":"404 Not Found"})");
    check(portal.create("900001", "seats=-1"), 400, R"({"error":"start_date is missing"})");
    check(
        portal.create("900001", "start_date=2020-07-15&seats=-1"),
        400,
        R"({"message":"400 Bad request - Namespace Below is not a root namespace"})"
    );
    const std::string row = portal.row("1234");
    check(portal.create("1234", "seats=-1"), 400, R"({"error":"start_date is missing"})");
    check(portal.create("1234", "start_date=&seats=-1"), 400, kTaken);
    check(portal.create("1234", "start_date=2020-07-15&seats=1"), 400, kTaken);
    BOOST_TEST(portal.row("1234") == row);
    BOOST_TEST(portal.row("900001").empty());
}

BOOST_DATA_TEST_CASE(who_may, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    const std::string body = "start_date=2020-07-15";
    portal.sql(R"sql(update personal_access_tokens set scopes = '["read_api"]')sql");
    BOOST_TEST(portal.create("1", body).status == 403);
    portal.sql(R"sql(update personal_access_tokens set scopes = '["api"]')sql");
    portal.sql("update users set admin = false where id = 1");
    // Not even an owner; and whether there is such a namespace is not told.
    for (const std::string id : {"5", "nothing"}) {
        check(portal.create(id, body), 403, R"({"message":"403 Forbidden"})");
    }
    check(
        portal.server.answer(
            {.method = http::Method::post,
             .target = subscription_of("1"),
             .headers = {},
             .content_type = {},
             .body = {}}
        ),
        401,
        R"({"message":"401 Unauthorized"})"
    );
    const http::Response unknown_method = portal.send(http::Method::delete_, subscription_of("1"));
    check(unknown_method, 405, R"({"error":"405 Not Allowed"})");
    BOOST_TEST(field(unknown_method, "Allow") == "GET, HEAD, POST, PUT");
    BOOST_TEST(portal.row("1").empty());
}

BOOST_DATA_TEST_CASE(of_many_at_once_one_is_created, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    std::vector<Call> calls;
    for (int seats = 1; seats <= 32; ++seats) {
        calls.push_back(portal_call(
            http::Method::post,
            subscription_of("1"),
            "start_date=2020-07-15&seats=" + std::to_string(seats)
        ));
    }
    std::string winner;
    for (std::size_t client = 0; const http::Response& response : portal.send_at_once(calls)) {
        ++client;
        if (response.status == 201) {
            BOOST_TEST(winner.empty(), "created twice");
            winner = std::to_string(client);
        } else {
            check(response, 400, kTaken);
        }
    }
    BOOST_TEST(portal.row("1") == "- 2020-07-15 - " + winner + " 0 0, no trial - - -, -");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

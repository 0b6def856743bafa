#include <array>
#include <utility>

#include "tests/contract/subscriptions/subscription_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kDocumented =
    R"({"plan":{"code":"premium","name":"premium","trial":false,"auto_renew":null,"upgradable":false,)"
    R"("exclude_guests":false},"usage":{"seats_in_subscription":80,"seats_in_use":82,"max_seats_used":0,)"
    R"("seats_owed":2},"billing":{"subscription_start_date":"2020-07-15",)"
    R"("subscription_end_date":"2021-07-15","trial_ends_on":null}})";
constexpr const char* kStoredRow = "premium 2020-07-15 2021-07-15 80 82 2, no trial - - -, -";
constexpr const char* kNoSubscription = R"({"message":"404 GitlabSubscription Not Found"})";
constexpr const char* kNoTrialStart = R"({"message":{"trial_starts_on":["can't be blank"]}})";

/// What the demo data's subscription becomes. Its 82 members are counted only where it says so.
const std::array kChanges{
    Example{"nothing", "", 200, kStoredRow},
    Example{"nothing in JSON", "{}", 200, kStoredRow},
    Example{"unknown names", R"({"price":1,"seats_owed":9,"namespace_id":1})", 200, kStoredRow},
    Example{
        "first day alone",
        "start_date=2021-07-15",
        200,
        "premium 2021-07-15 2021-07-15 80 82 2, no trial - - -, -"},
    Example{
        "last day alone",
        "end_date=2030-01-01",
        200,
        "premium 2020-07-15 2030-01-01 80 82 2, no trial - - -, -"},
    Example{
        "no last day",
        R"({"end_date":null})",
        200,
        "premium 2020-07-15 - 80 82 2, no trial - - -, -"},
    Example{
        "plan", "plan_code=silver", 200, "silver 2020-07-15 2021-07-15 80 82 2, no trial - - -, -"},
    Example{
        "plan in quotes",
        "plan_code=%22gold%22",
        200,
        "gold 2020-07-15 2021-07-15 80 82 2, no trial - - -, -"},
    Example{
        "plan by its other name",
        "plan='gold'",
        200,
        "gold 2020-07-15 2021-07-15 80 82 2, no trial - - -, -"},
    Example{
        "plan by both names",
        "plan=gold&plan_code=bronze",
        200,
        "bronze 2020-07-15 2021-07-15 80 82 2, no trial - - -, -"},
    Example{
        "null is the plan free",
        R"({"plan_code":null})",
        200,
        "free 2020-07-15 2021-07-15 80 82 2, no trial - - -, -"},
    Example{
        "unknown plan is none",
        "plan_code=platinum",
        200,
        "- 2020-07-15 2021-07-15 80 82 2, no trial - - -, -"},
    Example{
        "seats alone owe nothing else",
        "seats=100",
        200,
        "premium 2020-07-15 2021-07-15 100 82 2, no trial - - -, -"},
    Example{"no seats", "seats=0", 200, "premium 2020-07-15 2021-07-15 0 82 2, no trial - - -, -"},
    Example{
        "maximum",
        R"({"max_seats_used":"90"})",
        200,
        "premium 2020-07-15 2021-07-15 80 90 2, no trial - - -, -"},
    Example{
        "no maximum",
        "max_seats_used=",
        200,
        "premium 2020-07-15 2021-07-15 80 - 2, no trial - - -, -"},
    Example{
        "renewal",
        R"({"auto_renew":true})",
        200,
        "premium 2020-07-15 2021-07-15 80 82 2, no trial - - -, yes"},
    Example{
        "trial",
        "trial=true&start_date=2020-08-01&trial_ends_on=2020-09-01",
        200,
        "premium 2020-08-01 2021-07-15 80 82 2, trial 2020-08-01 2020-09-01 -, -"},
    Example{
        "trial with its own first day",
        R"({"trial":"on","trial_starts_on":"2020-08-01"})",
        200,
        "premium 2020-07-15 2021-07-15 80 82 2, trial 2020-08-01 - -, -"},
    Example{"null is no trial", R"({"trial":null})", 200, kStoredRow},
    Example{
        "days of a trial that is none",
        "trial_starts_on=2021-01-01&trial_ends_on=2020-01-01&trial_extension_type=1",
        200,
        "premium 2020-07-15 2021-07-15 80 82 2, no trial 2021-01-01 2020-01-01 1, -"},
    Example{
        "new term counts anew",
        "start_date=2021-07-15&end_date=2022-07-15&max_seats_used=7&seats=81",
        200,
        "premium 2021-07-15 2022-07-15 81 82 1, no trial - - -, -"},
    Example{
        "new term with more seats than members",
        "start_date=2021-07-15&end_date=2022-07-15&seats=100",
        200,
        "premium 2021-07-15 2022-07-15 100 82 0, no trial - - -, -"},
    Example{
        "new term that is not paid counts nothing",
        "start_date=2021-07-15&end_date=2022-07-15&max_seats_used=7&plan_code=free",
        200,
        "free 2021-07-15 2022-07-15 80 7 2, no trial - - -, -"},
    Example{
        "term that begins before the last one ends",
        "start_date=2021-07-14&end_date=2022-07-15&max_seats_used=7",
        200,
        "premium 2021-07-14 2022-07-15 80 7 2, no trial - - -, -"},
    Example{
        "maximum of today for a term of tomorrow",
        "start_date=2026-01-16&max_seats_used=7",
        200,
        "premium 2026-01-16 2021-07-15 80 82 2, no trial - - -, -"},
};

const std::array kRefused{
    Example{
        "all faults in their order",
        R"({"plan_code":[],"seats":"x","start_date":true,"trial_extension_type":3,"end_date":5})",
        400,
        R"({"error":"start_date is invalid, end_date is invalid, plan_code is invalid, seats is invalid, )"
        R"(trial_extension_type is invalid"})"},
    Example{"other name of the plan", R"({"plan":{}})", 400, R"({"error":"plan is invalid"})"},
    Example{
        "null where something must be",
        R"({"start_date":null,"seats":null,"max_seats_used":5})",
        400,
        R"({"message":{"seats":["can't be blank"],"start_date":["can't be blank"]}})"},
    Example{
        "negative seats",
        "seats=-1&max_seats_used=5",
        400,
        R"({"message":{"seats":["must be greater than or equal to 0"]}})"},
    Example{"trial without a first day", "trial=true&max_seats_used=5", 400, kNoTrialStart},
    Example{
        "trial of which the first day is null",
        R"({"trial":true,"trial_starts_on":null})",
        400,
        kNoTrialStart},
    Example{
        "trial ends on its first day",
        "trial=true&trial_starts_on=2024-06-01&trial_ends_on=2024-06-01",
        400,
        R"({"message":{"trial_ends_on":["must be greater than 2024-06-01"]}})"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(update_subscription)

BOOST_DATA_TEST_CASE(documented_curl_line, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    const Call call{
        .method = http::Method::put,
        .target = subscription_of("1234") + "?max_seats_used=0",
        .headers = {{"TOKEN", kPortalToken}},
        .content_type = {},
        .body = {}};
    check(portal.server.answer(call), 200, kDocumented);
    BOOST_TEST((portal.time("max_seats_used_changed_at") == portal.server.clock.now()));
}

BOOST_DATA_TEST_CASE(changes_what_is_given, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    portal.sql("create table kept as select * from gitlab_subscriptions");
    for (const Example& example : kChanges) {
        BOOST_TEST_CONTEXT(example.name) {
            portal.sql("delete from gitlab_subscriptions");
            portal.sql("insert into gitlab_subscriptions select * from kept");
            const http::Response response = portal.update("1234", example.target);
            BOOST_TEST(response.status == example.status);
            BOOST_TEST(portal.row("1234") == example.body);
            BOOST_TEST(
                portal.send(http::Method::get, subscription_of("1234")).body == response.body
            );
        }
    }
}

BOOST_DATA_TEST_CASE(refused_changes_write_nothing, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    // A day that is stored does not stand in for one that the request should tell.
    portal.sql("update gitlab_subscriptions set trial_starts_on = '2020-07-15'");
    const std::string row = portal.row("1234");
    const auto updated_at = portal.time("updated_at");
    for (const Example& example : kRefused) {
        BOOST_TEST_CONTEXT(example.name) {
            check(portal.update("1234", example.target), example.status, example.body);
            BOOST_TEST(portal.row("1234") == row);
            BOOST_TEST((portal.time("updated_at") == updated_at));
        }
    }
}

BOOST_DATA_TEST_CASE(query_and_body_are_read_alike, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    const auto seats_after = [&portal](const std::string& query, const std::string& body) {
        const http::Response response =
            portal.send(http::Method::put, subscription_of("1234") + query, body);
        BOOST_TEST(response.status == 200);
        return portal.database.look("select seats from gitlab_subscriptions");
    };
    BOOST_TEST(seats_after("?seats=1", "") == "1");
    BOOST_TEST(seats_after("", "seats=2") == "2");
    BOOST_TEST(seats_after("", R"({"seats":3})") == "3");
    BOOST_TEST(seats_after("?seats=9", "seats=4") == "4");
    BOOST_TEST(seats_after("?seats=5", "[1]") == "5");
}

BOOST_DATA_TEST_CASE(time_of_the_change_always_moves, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    const auto created_at = portal.time("created_at");
    for (const int minute : {1, 2}) {
        const Timestamp now = portal.server.clock.now() + std::chrono::minutes{minute};
        portal.server.clock.set(now);
        BOOST_TEST(portal.update("1234", "").status == 200);
        BOOST_TEST((portal.time("updated_at") == now));
    }
    BOOST_TEST((portal.time("created_at") == created_at));
    BOOST_TEST(!portal.time("max_seats_used_changed_at").has_value());
}

BOOST_DATA_TEST_CASE(end_of_a_trial_counts_anew, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    portal.sql(
        "update gitlab_subscriptions set trial = true, trial_starts_on = '2020-07-15', "
        "max_seats_used = 5, seats_owed = 0"
    );
    BOOST_TEST(portal.update("1234", "trial=false").status == 200);
    BOOST_TEST(
        portal.row("1234") == "premium 2020-07-15 2021-07-15 80 82 2, no trial 2020-07-15 - -, -"
    );
    BOOST_TEST((portal.time("max_seats_used_changed_at") == portal.server.clock.now()));
}

BOOST_DATA_TEST_CASE(maximum_of_an_earlier_term_is_counted_anew, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    portal.sql(
        "update gitlab_subscriptions set max_seats_used = 5, "
        "max_seats_used_changed_at = '2020-07-14T23:59:59.999Z'"
    );
    BOOST_TEST(portal.update("1234", "").status == 200);
    BOOST_TEST(portal.row("1234") == kStoredRow);
    BOOST_TEST((portal.time("max_seats_used_changed_at") == portal.server.clock.now()));
}

BOOST_DATA_TEST_CASE(trial_of_a_paying_customer, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    const std::string plan = "ultimate_trial_paid_customer";
    const std::string dates = " 2020-07-15 2021-07-15 80 ";
    portal.sql(
        "update gitlab_subscriptions set max_seats_used = 5, seats_owed = 1, "
        "max_seats_used_changed_at = '2020-01-01T00:00:00.000Z'"
    );
    BOOST_TEST(portal.update("1234", "plan_code=" + plan).status == 200);
    BOOST_TEST(portal.row("1234") == plan + dates + "5 1, no trial - - -, -");
    BOOST_TEST(portal.update("1234", "plan_code=premium").status == 200);
    BOOST_TEST(portal.row("1234") == "premium" + dates + "5 1, no trial - - -, -");
    portal.sql(
        "update gitlab_subscriptions set hosted_plan_id = "
        "(select id from plans where name = 'ultimate_trial_paid_customer')"
    );
    BOOST_TEST(portal.update("1234", "plan_code=opensource").status == 200);
    BOOST_TEST(portal.row("1234") == "opensource" + dates + "82 2, no trial - - -, -");
}

BOOST_DATA_TEST_CASE(new_plan_says_whether_guests_count, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    portal.sql(
        "update members set access_level = 10 where source_type = 'Namespace' "
        "and source_id = 1234 and access_level < 50"
    );
    const std::string owners = portal.database.look(
        "select count(*) from members where source_type = 'Namespace' and source_id = 1234 "
        "and access_level = 50"
    );
    const http::Response response =
        portal.update("1234", "start_date=2021-07-15&end_date=2026-01-15&plan_code=ultimate");
    check(
        response,
        200,
        R"({"plan":{"code":"ultimate","name":"ultimate","trial":false,"auto_renew":null,"upgradable":false,)"
        R"("exclude_guests":true},"usage":{"seats_in_subscription":80,"seats_in_use":)" +
            owners + R"(,"max_seats_used":)" + owners +
            R"(,"seats_owed":0},"billing":{"subscription_start_date":"2021-07-15",)"
            R"("subscription_end_date":"2026-01-15","trial_ends_on":null}})"
    );
}

BOOST_DATA_TEST_CASE(personal_namespace_has_one_seat, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    portal.sql(
        "insert into gitlab_subscriptions (namespace_id, hosted_plan_id, start_date, seats, "
        "max_seats_used) values (5, 5, '2025-01-01', 3, 9)"
    );
    check(
        portal.update("root", "start_date=2025-02-01&end_date=2026-02-01&plan_code=gold"),
        200,
        R"({"plan":{"code":"gold","name":"gold","trial":false,"auto_renew":null,"upgradable":false,)"
        R"("exclude_guests":false},"usage":{"seats_in_subscription":3,"seats_in_use":1,"max_seats_used":1,)"
        R"("seats_owed":0},"billing":{"subscription_start_date":"2025-02-01",)"
        R"("subscription_end_date":"2026-02-01","trial_ends_on":null}})"
    );
}

BOOST_DATA_TEST_CASE(which_fault_wins, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    portal.add_subgroup();
    for (const std::string unknown :
         {"999999", "-1234", "99999999999999999999", "nothing", "a%2Fb"}) {
        check(portal.update(unknown, "seats=x"), 404, SubscriptionServer::kNoNamespace);
    }
    for (const std::string without : {"1", "900001", "5"}) {
        check(portal.update(without, "seats=x"), 400, R"({"error":"seats is invalid"})");
        check(portal.update(without, "seats=-1"), 404, kNoSubscription);
        BOOST_TEST(portal.row(without).empty());
    }
    portal.sql("update users set admin = false where id = 1");
    check(portal.update("nothing", "seats=x"), 403, R"({"message":"403 Forbidden"})");
    check(portal.update("1234", "seats=1"), 403, R"({"message":"403 Forbidden"})");
    BOOST_TEST(portal.row("1234") == kStoredRow);
}

BOOST_DATA_TEST_CASE(changes_at_once_lose_nothing, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    std::vector<Call> calls;
    for (const char* const change :
         {"seats=90",
          "max_seats_used=70",
          "end_date=2030-01-01",
          "plan_code=silver",
          "auto_renew=true",
          "trial_starts_on=2021-01-01",
          "trial_ends_on=2021-02-01",
          "trial_extension_type=2"}) {
        for (int time = 0; time < 4; ++time) {
            calls.push_back(portal_call(http::Method::put, subscription_of("1234"), change));
        }
    }
    for (const http::Response& response : portal.send_at_once(calls)) {
        BOOST_TEST(response.status == 200, response.body);
    }
    BOOST_TEST(
        portal.row("1234") ==
        "silver 2020-07-15 2030-01-01 90 70 2, no trial 2021-01-01 2021-02-01 2, yes"
    );
}

BOOST_DATA_TEST_CASE(answers_show_their_own_change, data::make(dialects()), dialect) {
    SubscriptionServer portal{dialect};
    std::vector<Call> calls;
    for (int seats = 1; seats <= 16; ++seats) {
        calls.push_back(portal_call(
            http::Method::put, subscription_of("1234"), "seats=" + std::to_string(seats)
        ));
    }
    for (std::size_t seats = 1; const http::Response& response : portal.send_at_once(calls)) {
        const std::string own = "\"seats_in_subscription\":" + std::to_string(seats) + ",";
        BOOST_TEST(response.body.find(own) != std::string::npos, response.body);
        ++seats;
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

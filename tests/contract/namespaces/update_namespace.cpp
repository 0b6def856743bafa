#include <string>
#include <vector>

#include "tests/contract/namespaces/namespace_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

using namespace std::string_literals;

constexpr const char* kNotFound = R"({"message":"404 Namespace Not Found"})";
constexpr const char* kForm = "application/x-www-form-urlencoded";
constexpr const char* kJson = "application/json";

constexpr const char* kDocumented =
    R"({"id":1,"name":"group1","path":"group1","kind":"group","full_path":"group1",)"
    R"("parent_id":null,"avatar_url":null,"web_url":"https://gitlab.example.com/groups/group1",)"
    R"("members_count_with_descendants":2,"billable_members_count":2,"max_seats_used":0,)"
    R"("seats_in_use":0,"plan":"default","end_date":null,"trial_ends_on":null,"trial":false,)"
    R"("root_repository_size":100,"projects_count":3,"shared_runners_minutes_limit":1000,)"
    R"("extra_shared_runners_minutes_limit":null,"additional_purchased_storage_size":0,)"
    R"("additional_purchased_storage_ends_on":null,"max_seats_used_changed_at":null})";

}  // namespace

BOOST_AUTO_TEST_SUITE(update_namespace)

BOOST_DATA_TEST_CASE(answers_as_documented, data::make(dialects()), dialect) {
    // As curl sends --data without a header, and as it was meant.
    for (const std::string content_type : {"", kForm, kJson}) {
        NamespaceServer fresh{dialect};
        check(
            fresh.put("1", R"({"shared_runners_minutes_limit":1000})", content_type),
            200,
            kDocumented
        );
        BOOST_TEST(fresh.quotas() == "1000 - 0 -");
    }
    NamespaceServer fresh{dialect};
    check(fresh.put("GROUP1", "shared_runners_minutes_limit=1000", kForm), 200, kDocumented);
    check(fresh.put("1?shared_runners_minutes_limit=1000", "", ""), 200, kDocumented);
}

BOOST_DATA_TEST_CASE(all_quotas_change_and_clear, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    BOOST_TEST(fresh.puts(
        "1",
        R"({"shared_runners_minutes_limit":1,"extra_shared_runners_minutes_limit":"2",)"
        R"("additional_purchased_storage_size":3,)"
        R"("additional_purchased_storage_ends_on":"13 Jun 2026"})",
        R"("shared_runners_minutes_limit":1,"extra_shared_runners_minutes_limit":2,)"
        R"("additional_purchased_storage_size":3,)"
        R"("additional_purchased_storage_ends_on":"2026-06-13")"
    ));
    BOOST_TEST(fresh.quotas() == "1 2 3 2026-06-13");
    BOOST_TEST(fresh.put("1", R"({"extra_shared_runners_minutes_limit":2})").status == 200);
    BOOST_TEST(fresh.quotas() == "1 2 3 2026-06-13", "absolute, not added");
    const std::string cleared =
        "shared_runners_minutes_limit=&extra_shared_runners_minutes_limit=&"
        "additional_purchased_storage_size=0&additional_purchased_storage_ends_on=";
    BOOST_TEST(fresh.put("1", cleared, kForm).status == 200);
    BOOST_TEST(fresh.quotas() == "- - 0 -");
}

BOOST_DATA_TEST_CASE(personal_namespaces_have_quotas_too, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    BOOST_TEST(fresh.puts(
        "john_smith",
        R"({"shared_runners_minutes_limit":7,"gitlab_subscription_attributes":)"
        R"({"plan_code":"premium","seats":1}})",
        R"("billable_members_count":1,"max_seats_used":0,"seats_in_use":1,"plan":"premium")"
    ));
    BOOST_TEST(fresh.quotas(6) == "7 - 0 -");
}

BOOST_DATA_TEST_CASE(subgroups_have_some_quotas, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    // What it is already it may be called.
    BOOST_TEST(fresh.put("900001", R"({"shared_runners_minutes_limit":5})").status == 200);
    BOOST_TEST(
        fresh
            .put(
                "900001",
                R"({"extra_shared_runners_minutes_limit":6,)"
                R"("additional_purchased_storage_size":7,)"
                R"("gitlab_subscription_attributes":{}})"
            )
            .status == 200
    );
    BOOST_TEST(fresh.quotas(900001) == "5 6 7 -");
}

BOOST_DATA_TEST_CASE(an_empty_request_changes_the_time_only, data::make(dialects()), dialect) {
    for (const std::string body :
         {"",
          "{}",
          "[]",
          R"({"nothing":1})",
          R"({"gitlab_subscription_attributes":{}})",
          R"({"gitlab_subscription_attributes":{"plan":"gold"}})",
          R"({"gitlab_subscription_attributes":null})"}) {
        NamespaceServer fresh{dialect};
        fresh.sql("update namespaces set updated_at = '2020-01-01T00:00:00.000Z'");
        fresh.sql("update gitlab_subscriptions set updated_at = '2020-01-01T00:00:00.000Z'");
        const http::Response response = fresh.put("1234", body);
        BOOST_TEST(response.status == 200, body);
        BOOST_TEST(response.body.find(R"("plan":"premium")") != std::string::npos);
        BOOST_TEST(fresh.look("select cast(updated_at as text) from namespaces where id = 1234")
                       .starts_with("2026-01-15"));
        BOOST_TEST(
            fresh.look("select count(*) from namespaces where updated_at < '2021-01-01'") == "16"
        );
        BOOST_TEST(
            fresh.subscription("cast(gitlab_subscriptions.updated_at as text)", 1234)
                .starts_with("2020-01-01"),
            body
        );
    }
}

BOOST_DATA_TEST_CASE(a_subscription_is_added, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    BOOST_TEST(fresh.puts(
        "1",
        R"({"gitlab_subscription_attributes":{"plan_code":"ultimate","seats":10}})",
        R"("billable_members_count":2,"max_seats_used":0,"seats_in_use":2,"plan":"ultimate",)"
        R"("end_date":null,"trial_ends_on":null,"trial":false)"
    ));
    BOOST_TEST(fresh.subscription("cast(start_date as text)") == "2026-01-15");
    BOOST_TEST(fresh.subscription("seats") == "10");
    BOOST_TEST(fresh.subscription("seats_owed") == "0");
    BOOST_TEST(fresh.subscription("plans.name") == "ultimate");
}

BOOST_DATA_TEST_CASE(a_form_adds_a_subscription, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    const std::string form =
        "gitlab_subscription_attributes[plan_code]=premium&"
        "gitlab_subscription_attributes[start_date]=2026-01-01&"
        "gitlab_subscription_attributes[end_date]=2027-01-01&"
        "gitlab_subscription_attributes[trial]=true&"
        "gitlab_subscription_attributes[trial_starts_on]=2026-01-01&"
        "gitlab_subscription_attributes[trial_ends_on]=2026-02-01&shared_runners_minutes_limit=9";
    const http::Response response = fresh.put("1", form, kForm);
    BOOST_TEST(response.status == 200, response.body);
    BOOST_TEST(
        response.body.find(
            R"("plan":"premium","end_date":"2027-01-01","trial_ends_on":"2026-02-01","trial":true)"
        ) != std::string::npos
    );
    BOOST_TEST(fresh.quotas() == "9 - 0 -");
}

BOOST_DATA_TEST_CASE(a_subscription_changes, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    BOOST_TEST(fresh.puts(
        "1234",
        R"({"gitlab_subscription_attributes":{"max_seats_used":90}})",
        R"("max_seats_used":90,"seats_in_use":82,"plan":"premium","end_date":"2021-07-15")"
    ));
    BOOST_TEST(fresh.subscription("seats_owed", 1234) == "2");
    BOOST_TEST(fresh.subscription("seats", 1234) == "80");
    // A new term counts the seats anew.
    BOOST_TEST(fresh.puts(
        "1234",
        R"({"gitlab_subscription_attributes":{"start_date":"2021-07-15","end_date":"2022-07-15",)"
        R"("max_seats_used":1,"seats":70}})",
        R"("max_seats_used":82,"seats_in_use":82,"plan":"premium","end_date":"2022-07-15")"
    ));
    BOOST_TEST(fresh.subscription("seats_owed", 1234) == "12");
    BOOST_TEST(fresh.puts(
        "1234", R"({"gitlab_subscription_attributes":{"plan_code":null}})", R"("plan":"free")"
    ));
    BOOST_TEST(fresh.puts(
        "1234",
        R"({"gitlab_subscription_attributes":{"plan_code":"nothing"}})",
        R"("plan":"default")"
    ));
}

BOOST_DATA_TEST_CASE(what_is_not_found, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    for (const std::string unknown : {"999999", "-1", "99999999999999999999", "nothing"}) {
        check(fresh.put(unknown, "{}"), 404, kNotFound);
        check(fresh.put(unknown, R"({"additional_purchased_storage_size":null})"), 404, kNotFound);
    }
}

BOOST_DATA_TEST_CASE(only_administrators_change, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    Call call;
    call.method = http::Method::put;
    call.target = NamespaceServer::kTarget + "1"s;
    call.body = "shared_runners_minutes_limit=x";
    check(fresh.server.answer(call), 401, R"({"message":"401 Unauthorized"})");
    fresh.sql("update personal_access_tokens set scopes = '[\"read_api\"]'");
    BOOST_TEST(fresh.put("1", "{}").status == 403);
    fresh.sql("update personal_access_tokens set scopes = '[\"api\"]'");
    fresh.sql("update users set admin = false");
    check(
        fresh.put("1", R"({"shared_runners_minutes_limit":"x"})"),
        403,
        R"({"message":"403 Forbidden"})"
    );
    BOOST_TEST(fresh.quotas() == "- - 0 -");
}

BOOST_DATA_TEST_CASE(broken_bodies_are_told, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    check(
        fresh.put("1", R"({"shared_runners_minutes_limit":1,})"),
        400,
        R"({"error":"message body does not match declared format"})"
    );
    BOOST_TEST(fresh.put("1", "<a/>", "application/xml").status == 415);
}

// Each client changes one field, and all fields are changed in the end.
BOOST_DATA_TEST_CASE(changes_at_once_lose_nothing, data::make(dialects()), dialect) {
    NamespaceServer fresh{dialect};
    const std::vector<std::string> bodies{
        R"({"shared_runners_minutes_limit":11})",
        R"({"extra_shared_runners_minutes_limit":12})",
        R"({"additional_purchased_storage_size":13})",
        R"({"additional_purchased_storage_ends_on":"2026-06-14"})",
        R"({"gitlab_subscription_attributes":{"seats":15}})",
        R"({"gitlab_subscription_attributes":{"auto_renew":true}})",
        R"({"gitlab_subscription_attributes":{"end_date":"2026-06-17"}})",
        R"({"gitlab_subscription_attributes":{"plan_code":"gold"}})",
    };
    std::vector<Call> calls;
    for (std::size_t client = 0; client < 32; ++client) {
        calls.push_back(portal_call(
            http::Method::put, NamespaceServer::kTarget + "1"s, bodies[client % bodies.size()]
        ));
    }
    const auto answers = fresh.send_at_once(calls);
    for (const http::Response& answer : answers) {
        BOOST_TEST(answer.status == 200, answer.body);
    }
    BOOST_TEST(fresh.quotas() == "11 12 13 2026-06-14");
    BOOST_TEST(
        fresh.look("select count(*) from gitlab_subscriptions where namespace_id = 1") == "1"
    );
    BOOST_TEST(fresh.subscription("seats") == "15");
    BOOST_TEST(fresh.subscription("case when auto_renew then 1 else 0 end") == "1");
    BOOST_TEST(fresh.subscription("cast(end_date as text)") == "2026-06-17");
    BOOST_TEST(fresh.subscription("plans.name") == "gold");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

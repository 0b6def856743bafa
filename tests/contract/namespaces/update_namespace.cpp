#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/contract/subscriptions/subscription_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

using namespace std::string_literals;

constexpr const char* kNotFound = R"({"message":"404 Namespace Not Found"})";
constexpr const char* kTarget = "/api/v4/internal/gitlab_subscriptions/namespaces/";
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

/// The namespace 1 of the demo data has no subscription, 1234 has one, 900001 is a subgroup of it.
struct Fresh : SubscriptionServer {
    explicit Fresh(db::Dialect dialect)
        : SubscriptionServer(dialect, settings::PoolName::internal) {
        server.settings.instance.external_url = "https://gitlab.example.com";
        sql("insert into namespaces (id, type, name, path, parent_id, "
            "shared_runners_minutes_limit) values (900001, 'Group', 'Below', 'sub', 1234, 5)");
    }

    std::string look(const std::string& statement) { return database.look(statement); }

    http::Response put(
        const std::string& id, const std::string& body, const std::string& content_type = kJson
    ) {
        Call request = call(http::Method::put, kTarget + id, body);
        request.content_type = content_type;
        return server.answer(request);
    }
    bool puts(const std::string& id, const std::string& body, const std::string& part) {
        const http::Response response = put(id, body);
        BOOST_TEST(response.status == 200, response.body);
        return response.body.find(part) != std::string::npos;
    }

    /// Quotas of the namespace, from the first to the last.
    std::string quotas(int id = 1) {
        return look(fmt::format(
            "select coalesce(cast(shared_runners_minutes_limit as text), '-') || ' ' || "
            "coalesce(cast(extra_shared_runners_minutes_limit as text), '-') || ' ' || "
            "cast(additional_purchased_storage_size as text) || ' ' || "
            "coalesce(cast(additional_purchased_storage_ends_on as text), '-') "
            "from namespaces where id = {}",
            id
        ));
    }
    std::string subscription(const std::string& columns, int id = 1) {
        return look(fmt::format(
            "select {} from gitlab_subscriptions left join plans on plans.id = hosted_plan_id "
            "where namespace_id = {}",
            columns,
            id
        ));
    }
};

struct Refusal {
    std::string name;
    std::string id;
    std::string body;
    std::string answer;

    friend std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
        return out << refusal.name;
    }
};

const std::vector<Refusal> kRefusals{
    {"no number",
     "1",
     R"({"shared_runners_minutes_limit":"x"})",
     R"({"error":"shared_runners_minutes_limit is invalid"})"},
    {"a fraction",
     "1",
     R"({"additional_purchased_storage_size":1.5})",
     R"({"error":"additional_purchased_storage_size is invalid"})"},
    {"a number too large",
     "1",
     R"({"extra_shared_runners_minutes_limit":2147483648})",
     R"({"error":"extra_shared_runners_minutes_limit is invalid"})"},
    {"no date",
     "1",
     R"({"additional_purchased_storage_ends_on":"2026-02-30"})",
     R"({"error":"additional_purchased_storage_ends_on is invalid"})"},
    {"no hash",
     "1",
     R"({"gitlab_subscription_attributes":"x"})",
     R"({"error":"gitlab_subscription_attributes is invalid"})"},
    {"a list",
     "1",
     R"({"gitlab_subscription_attributes":[{"seats":1}]})",
     R"({"error":"gitlab_subscription_attributes is invalid"})"},
    {"an attribute of another type",
     "1",
     R"({"gitlab_subscription_attributes":{"seats":"x"}})",
     R"({"error":"gitlab_subscription_attributes[seats] is invalid"})"},
    {"all faults, in the order declared",
     "1",
     R"({"gitlab_subscription_attributes":{"trial_extension_type":3,"end_date":1},)"
     R"("additional_purchased_storage_ends_on":"x","shared_runners_minutes_limit":[]})",
     R"({"error":"shared_runners_minutes_limit is invalid, )"
     R"(additional_purchased_storage_ends_on is invalid, )"
     R"(gitlab_subscription_attributes[end_date] is invalid, )"
     R"(gitlab_subscription_attributes[trial_extension_type] is invalid"})"},
    {"a namespace that nobody knows, with a fault of parameters",
     "999999",
     R"({"shared_runners_minutes_limit":"x"})",
     R"({"error":"shared_runners_minutes_limit is invalid"})"},
    {"negative numbers",
     "1",
     R"({"shared_runners_minutes_limit":-1,"extra_shared_runners_minutes_limit":-1,)"
     R"("additional_purchased_storage_size":-1})",
     R"({"message":{"shared_runners_minutes_limit":["must be greater than or equal to 0"],)"
     R"("extra_shared_runners_minutes_limit":["must be greater than or equal to 0"],)"
     R"("additional_purchased_storage_size":["must be greater than or equal to 0"]}})"},
    {"no size",
     "1",
     R"({"additional_purchased_storage_size":null})",
     R"({"message":{"additional_purchased_storage_size":["can't be blank"]}})"},
    {"minutes of a subgroup",
     "900001",
     R"({"shared_runners_minutes_limit":6})",
     R"({"message":{"shared_runners_minutes_limit":["is not supported for this namespace"]}})"},
    {"no minutes of a subgroup",
     "900001",
     R"({"shared_runners_minutes_limit":null})",
     R"({"message":{"shared_runners_minutes_limit":["is not supported for this namespace"]}})"},
    {"a subscription of a subgroup",
     "900001",
     R"({"gitlab_subscription_attributes":{"seats":5}})",
     R"({"message":"400 Bad request - Namespace Below is not a root namespace"})"},
    {"a subscription of a subgroup, with a fault of the namespace",
     "900001",
     R"({"additional_purchased_storage_size":null,"gitlab_subscription_attributes":{"seats":5}})",
     R"({"message":"400 Bad request - Namespace Below is not a root namespace"})"},
    {"a new subscription without what it needs",
     "1",
     R"({"gitlab_subscription_attributes":{"seats":null,"start_date":null}})",
     R"({"message":{"gitlab_subscription.seats":["can't be blank"],)"
     R"("gitlab_subscription.start_date":["can't be blank"]}})"},
    {"a known subscription without what it needs",
     "1234",
     R"({"gitlab_subscription_attributes":{"seats":"","start_date":""}})",
     R"({"message":{"gitlab_subscription.seats":["can't be blank"],)"
     R"("gitlab_subscription.start_date":["can't be blank"]}})"},
    {"faults of the namespace come first",
     "1234",
     R"({"gitlab_subscription_attributes":{"seats":-1,"trial":true},)"
     R"("additional_purchased_storage_size":null})",
     R"({"message":{"additional_purchased_storage_size":["can't be blank"],)"
     R"("gitlab_subscription.seats":["must be greater than or equal to 0"],)"
     R"("gitlab_subscription.trial_starts_on":["can't be blank"]}})"},
    {"a trial's start is not taken from the subscription's",
     "1234",
     R"({"gitlab_subscription_attributes":{"trial":true,"start_date":"2024-01-01"}})",
     R"({"message":{"gitlab_subscription.trial_starts_on":["can't be blank"]}})"},
    {"a trial that ends before it starts",
     "1234",
     R"({"gitlab_subscription_attributes":{"trial":true,"trial_starts_on":"2024-06-01",)"
     R"("trial_ends_on":"2024-06-01"}})",
     R"({"message":{"gitlab_subscription.trial_ends_on":["must be greater than 2024-06-01"]}})"},
    {"good quotas with a bad subscription",
     "1",
     R"({"shared_runners_minutes_limit":7,"gitlab_subscription_attributes":{"seats":-1}})",
     R"({"message":{"gitlab_subscription.seats":["must be greater than or equal to 0"]}})"},
    {"a good subscription with bad quotas",
     "1",
     R"({"shared_runners_minutes_limit":-7,"gitlab_subscription_attributes":{"seats":1}})",
     R"({"message":{"shared_runners_minutes_limit":["must be greater than or equal to 0"]}})"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(update_namespace)

BOOST_DATA_TEST_CASE(answers_as_documented, data::make(dialects()), dialect) {
    // As curl sends --data without a header, and as it was meant.
    for (const std::string content_type : {"", kForm, kJson}) {
        Fresh fresh{dialect};
        check(
            fresh.put("1", R"({"shared_runners_minutes_limit":1000})", content_type),
            200,
            kDocumented
        );
        BOOST_TEST(fresh.quotas() == "1000 - 0 -");
    }
    Fresh fresh{dialect};
    check(fresh.put("GROUP1", "shared_runners_minutes_limit=1000", kForm), 200, kDocumented);
    check(fresh.put("1?shared_runners_minutes_limit=1000", "", ""), 200, kDocumented);
}

BOOST_DATA_TEST_CASE(all_quotas_change_and_clear, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
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
    Fresh fresh{dialect};
    BOOST_TEST(fresh.puts(
        "john_smith",
        R"({"shared_runners_minutes_limit":7,"gitlab_subscription_attributes":)"
        R"({"plan_code":"premium","seats":1}})",
        R"("billable_members_count":1,"max_seats_used":0,"seats_in_use":1,"plan":"premium")"
    ));
    BOOST_TEST(fresh.quotas(6) == "7 - 0 -");
}

BOOST_DATA_TEST_CASE(subgroups_have_some_quotas, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
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
        Fresh fresh{dialect};
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
    Fresh fresh{dialect};
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
    Fresh fresh{dialect};
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
    Fresh fresh{dialect};
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

BOOST_DATA_TEST_CASE(
    what_is_refused_changes_nothing,
    data::make(dialects()) * data::make(kRefusals),
    dialect,
    refusal
) {
    Fresh fresh{dialect};
    const std::string all =
        "select cast(updated_at as text) || coalesce(cast(shared_runners_minutes_limit as text), "
        "'') from namespaces order by id";
    const std::string before = fresh.look(all);
    check(fresh.put(refusal.id, refusal.body), 400, refusal.answer);
    BOOST_TEST(fresh.look(all) == before);
    BOOST_TEST(fresh.look("select count(*) from gitlab_subscriptions") == "1");
    BOOST_TEST(fresh.subscription("seats", 1234) == "80");
}

BOOST_DATA_TEST_CASE(what_is_not_found, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    for (const std::string unknown : {"999999", "-1", "99999999999999999999", "nothing"}) {
        check(fresh.put(unknown, "{}"), 404, kNotFound);
        check(fresh.put(unknown, R"({"additional_purchased_storage_size":null})"), 404, kNotFound);
    }
}

BOOST_DATA_TEST_CASE(only_administrators_change, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    Call call;
    call.method = http::Method::put;
    call.target = kTarget + "1"s;
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
    Fresh fresh{dialect};
    check(
        fresh.put("1", R"({"shared_runners_minutes_limit":1,})"),
        400,
        R"({"error":"message body does not match declared format"})"
    );
    BOOST_TEST(fresh.put("1", "<a/>", "application/xml").status == 415);
}

// Each client changes one field, and all fields are changed in the end.
BOOST_DATA_TEST_CASE(changes_at_once_lose_nothing, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
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
        calls.push_back(
            Fresh::call(http::Method::put, kTarget + "1"s, bodies[client % bodies.size()])
        );
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

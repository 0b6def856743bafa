// POST /internal/kubernetes/usage_metrics.
#include <fmt/format.h>

#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kUsageMetrics = "/api/v4/internal/kubernetes/usage_metrics";

/// A database of its own, and what it holds.
struct Usage {
    explicit Usage(db::Dialect dialect) : database(dialect, Content::demo) {}

    [[nodiscard]] http::Response report(const std::string& body) {
        return server.send(http::Method::post, kUsageMetrics, body);
    }
    void taken(const std::string& body) {
        const http::Response response = report(body);
        BOOST_TEST(response.status == 204, body << " got " << response.body);
        BOOST_TEST(response.body.empty());
        BOOST_TEST(response.content_type.empty());
    }
    [[nodiscard]] std::string totals() {
        return database.look("select name || '=' || value from kas_counters order by name");
    }
    [[nodiscard]] std::string seen() {
        return database.look(
            "select event_name || '/' || iso_week || '/' || entity_id from kas_unique_events "
            "order by event_name, iso_week, entity_id"
        );
    }

    TestDatabase database;
    AgentServer server{database};
};

const std::string kMessage = R"({"message":"400 Bad request - )";

const Example kRefusals[]{
    {"negative",
     R"({"counters":{"flux_git_push_notifications_total":-1,"k8s_api_proxy_request":-1,)"
     R"("k8s_api_proxy_requests_via_ci_access":2},)"
     R"("unique_counters":{"k8s_api_proxy_requests_unique_agents_via_ci_access":[1]}})",
     400,
     kMessage + R"(k8s_api_proxy_request count must be greater than or equal to zero"})"},
    {"negative of an old one",
     R"({"counters":{"k8s_api_proxy_request":-1,"gitops_sync":"-7"}})",
     400,
     kMessage + R"(gitops_sync count must be greater than or equal to zero"})"},
    {"text",
     R"({"counters":{"k8s_api_proxy_request":"string"}})",
     400,
     R"({"error":"counters[k8s_api_proxy_request] is invalid"})"},
    {"beyond 64 bits",
     R"({"counters":{"k8s_api_proxy_request":9223372036854775808}})",
     400,
     R"({"error":"counters[k8s_api_proxy_request] is invalid"})"},
    {"several",
     R"({"counters":{"k8s_api_proxy_request":true},"unique_counters":)"
     R"({"flux_git_push_notified_unique_projects":"1,2",)"
     R"("k8s_api_proxy_requests_unique_users_via_ci_access":[1,"x"],)"
     R"("k8s_api_proxy_requests_unique_agents_via_ci_access":1,)"
     R"("k8s_api_proxy_requests_unique_agents_via_pat_access":[null]}})",
     400,
     R"({"error":"counters[k8s_api_proxy_request] is invalid, )"
     R"(unique_counters[k8s_api_proxy_requests_unique_users_via_ci_access] is invalid, )"
     R"(unique_counters[k8s_api_proxy_requests_unique_agents_via_ci_access] is invalid, )"
     R"(unique_counters[k8s_api_proxy_requests_unique_agents_via_pat_access] is invalid, )"
     R"(unique_counters[flux_git_push_notified_unique_projects] is invalid"})"},
    {"no hashes",
     R"({"counters":[],"unique_counters":"x"})",
     400,
     R"({"error":"counters is invalid, unique_counters is invalid"})"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(usage_metrics)

BOOST_DATA_TEST_CASE(documented_example_counts, data::make(dialects()), dialect) {
    Usage usage{dialect};
    usage.taken(R"({"counters": {"k8s_api_proxy_request":1}})");
    BOOST_TEST(usage.totals() == "k8s_api_proxy_request=1");
    usage.taken(R"({"counters": {"k8s_api_proxy_request":"4"}})");
    BOOST_TEST(usage.totals() == "k8s_api_proxy_request=5");
    BOOST_TEST(usage.seen().empty());
}

BOOST_DATA_TEST_CASE(all_counters, data::make(dialects()), dialect) {
    Usage usage{dialect};
    usage.taken(
        R"({"counters":{"gitops_sync":1,"k8s_api_proxy_request":2.9,"flux_git_push_notifications_total":" 3 ",)"
        R"("k8s_api_proxy_requests_via_ci_access":4,"k8s_api_proxy_requests_via_user_access":5,)"
        R"("k8s_api_proxy_requests_via_pat_access":6,"another":7},"something":1})"
    );
    BOOST_TEST(
        usage.totals() ==
        "flux_git_push_notifications_total=3 gitops_sync=1 k8s_api_proxy_request=2 "
        "k8s_api_proxy_requests_via_ci_access=4 k8s_api_proxy_requests_via_pat_access=6 "
        "k8s_api_proxy_requests_via_user_access=5"
    );
}

BOOST_DATA_TEST_CASE(nothing_to_count_changes_nothing, data::make(dialects()), dialect) {
    Usage usage{dialect};
    for (const char* const body :
         {"{}",
          "",
          "[]",
          R"("x")",
          R"({"counters":{},"unique_counters":{}})",
          R"({"counters":null,"unique_counters":null})",
          R"({"counters":{"k8s_api_proxy_request":0,"gitops_sync":null},)"
          R"("unique_counters":{"flux_git_push_notified_unique_projects":[]}})",
          R"({"counters":{"k8s_api_proxy_request":""},)"
          R"("unique_counters":{"flux_git_push_notified_unique_projects":null}})"}) {
        usage.taken(body);
    }
    BOOST_TEST(usage.totals().empty());
    BOOST_TEST(usage.seen().empty());
}

BOOST_DATA_TEST_CASE(
    refused_reports_count_nothing, data::make(dialects()) * data::make(kRefusals), dialect, example
) {
    Usage usage{dialect};
    check(usage.report(example.target), example.status, example.body);
    BOOST_TEST(usage.totals().empty());
    BOOST_TEST(usage.seen().empty());
}

BOOST_DATA_TEST_CASE(who_is_seen_counts_once_a_week, data::make(dialects()), dialect) {
    Usage usage{dialect};
    // Of these users, only 1 and 7 exist; agents and projects are taken as they are.
    const std::string body =
        R"({"unique_counters":{"k8s_api_proxy_requests_unique_users_via_ci_access":[7,"1",99999,7],)"
        R"("k8s_api_proxy_requests_unique_agents_via_user_access":[5,99999],)"
        R"("flux_git_push_notified_unique_projects":[3]}})";
    usage.taken(body);
    usage.taken(body);
    const std::string of_one_week =
        "flux_git_push_notified_unique_projects/2026-03/3 "
        "k8s_api_proxy_requests_unique_agents_via_user_access/2026-03/5 "
        "k8s_api_proxy_requests_unique_agents_via_user_access/2026-03/99999 "
        "k8s_api_proxy_requests_unique_users_via_ci_access/2026-03/1 "
        "k8s_api_proxy_requests_unique_users_via_ci_access/2026-03/7";
    BOOST_TEST(usage.seen() == of_one_week);
    usage.server.clock.set(usage.server.clock.now() + std::chrono::weeks{1});
    usage.taken(R"({"unique_counters":{"flux_git_push_notified_unique_projects":[3]}})");
    BOOST_TEST(usage.database.look("select count(*) from kas_unique_events") == "6");
    BOOST_TEST(
        usage.database.look(
            "select iso_week from kas_unique_events where entity_id = 3 order by iso_week"
        ) == "2026-03 2026-04"
    );
}

BOOST_DATA_TEST_CASE(ten_thousand_ids, data::make(dialects()), dialect) {
    Usage usage{dialect};
    std::string ids = "1";
    for (int id = 2; id <= 10'000; ++id) {
        ids += fmt::format(",\"{}\"", id);
    }
    usage.taken(fmt::format(
        R"({{"unique_counters":{{"k8s_api_proxy_requests_unique_agents_via_ci_access":[{0}],)"
        R"("k8s_api_proxy_requests_unique_users_via_ci_access":[{0}]}}}})",
        ids
    ));
    BOOST_TEST(
        usage.database.look(
            "select count(*) from kas_unique_events where event_name like '%agents%'"
        ) == "10000"
    );
    BOOST_TEST(
        usage.database.look("select count(*) - (select count(*) from users where id <= 10000) "
                            "from kas_unique_events where event_name like '%users%'") == "0"
    );
}

BOOST_DATA_TEST_CASE(a_total_stays_at_its_end, data::make(dialects()), dialect) {
    Usage usage{dialect};
    for (int time = 0; time < 2; ++time) {
        usage.taken(R"({"counters":{"k8s_api_proxy_request":9223372036854775807}})");
    }
    BOOST_TEST(usage.totals() == "k8s_api_proxy_request=9223372036854775807");
}

BOOST_DATA_TEST_CASE(forms_and_trailing_slashes, data::make(dialects()), dialect) {
    Usage usage{dialect};
    Call call;
    call.method = http::Method::post;
    call.target = kUsageMetrics + std::string{"/?counters[gitops_sync]=2"};
    call.headers = {{"Gitlab-Kas-Api-Request", usage.server.kas_jwt()}};
    call.content_type = "application/x-www-form-urlencoded";
    call.body = "unique_counters[flux_git_push_notified_unique_projects][]=3";
    BOOST_TEST(usage.server.answer(call).status == 204);
    BOOST_TEST(usage.totals() == "gitops_sync=2");
    BOOST_TEST(usage.seen() == "flux_git_push_notified_unique_projects/2026-03/3");
}

BOOST_DATA_TEST_CASE(the_agent_is_not_asked_for, data::make(dialects()), dialect) {
    Usage usage{dialect};
    Call call;
    call.method = http::Method::post;
    call.target = kUsageMetrics;
    call.content_type = "application/json";
    call.body = "{";
    // A stranger's body is not read.
    check(usage.server.answer(call), 401, R"({"message":"KAS JWT authentication invalid"})");
    BOOST_TEST(!usage.server.body_was_read());
    call.headers = {
        {"Gitlab-Kas-Api-Request", usage.server.kas_jwt()}, {"Authorization", "Bearer wrong"}};
    check(
        usage.server.answer(call), 400, R"({"error":"message body does not match declared format"})"
    );
    call.content_type = "text/plain";
    call.body = "x";
    check(
        usage.server.answer(call),
        415,
        R"({"error":"The provided content-type 'text/plain' is not supported."})"
    );
    call.content_type = "application/json";
    call.body = "{}";
    BOOST_TEST(usage.server.answer(call).status == 204);
}

BOOST_DATA_TEST_CASE(reports_at_once_all_count, data::make(dialects()), dialect) {
    Usage usage{dialect};
    const auto answers = send_at_once(
        usage.database,
        8,
        10,
        http::Method::post,
        kUsageMetrics,
        R"({"counters":{"k8s_api_proxy_request":1,"gitops_sync":2},)"
        R"("unique_counters":{"flux_git_push_notified_unique_projects":[9,3,5],)"
        R"("k8s_api_proxy_requests_unique_users_via_ci_access":[7,1]}})"
    );
    for (const http::Response& response : answers) {
        BOOST_TEST(response.status == 204);
    }
    BOOST_TEST(usage.totals() == "gitops_sync=160 k8s_api_proxy_request=80");
    BOOST_TEST(usage.database.look("select count(*) from kas_unique_events") == "5");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

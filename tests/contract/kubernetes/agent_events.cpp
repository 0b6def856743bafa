// POST /internal/kubernetes/agent_events.
#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kAgentEvents = "/api/v4/internal/kubernetes/agent_events";

struct Events {
    explicit Events(db::Dialect dialect) : database(dialect, Content::demo) {}

    [[nodiscard]] http::Response send(const std::string& body) {
        return server.send(http::Method::post, kAgentEvents, body);
    }
    void taken(const std::string& body) {
        const http::Response response = send(body);
        BOOST_TEST(response.status == 204, body << " got " << response.body);
        BOOST_TEST(response.body.empty());
    }
    [[nodiscard]] std::string recorded() {
        return database.look(
            "select name || '/' || coalesce(cast(user_id as text), '-') || '/' || project_id "
            "from kas_events order by id"
        );
    }
    [[nodiscard]] std::string seen() {
        return database.look(
            "select event_name || '/' || entity_id from kas_unique_events order by 1"
        );
    }

    TestDatabase database;
    AgentServer server{database};
};

const Example kRefusals[]{
    {"a user that is no number",
     R"({"events":{"k8s_api_proxy_requests_unique_users_via_ci_access":[{"user_id":"x","project_id":1}],)"
     R"("k8s_api_proxy_requests_unique_users_via_pat_access":[{"user_id":1,"project_id":1}]}})",
     400,
     R"({"error":"events[k8s_api_proxy_requests_unique_users_via_ci_access][0][user_id] is invalid"})"},
    {"no list",
     R"({"events":{"k8s_api_proxy_requests_unique_users_via_user_access":{}}})",
     400,
     R"({"error":"events[k8s_api_proxy_requests_unique_users_via_user_access] is invalid"})"},
    {"text for a list",
     R"({"events":{"register_agent_at_kas":"x"}})",
     400,
     R"({"error":"events[register_agent_at_kas] is invalid"})"},
    {"no hash", R"({"events":[]})", 400, R"({"error":"events is invalid"})"},
    {"deep within",
     R"({"events":{"register_agent_at_kas":[{"project_id":1},{"project_id":[],"extra_telemetry_data":)"
     R"({"helm_chart_version":{}}}]}})",
     400,
     R"({"error":"events[register_agent_at_kas][1][project_id] is invalid, )"
     R"(events[register_agent_at_kas][1][extra_telemetry_data][helm_chart_version] is invalid"})"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(agent_events)

BOOST_DATA_TEST_CASE(documented_example_is_recorded_twice, data::make(dialects()), dialect) {
    Events events{dialect};
    const std::string body =
        R"({"events":{"k8s_api_proxy_requests_unique_users_via_ci_access":[{"user_id":1,"project_id":1}]}})";
    events.taken(body);
    const std::string once =
        "k8s_api_proxy_requests_unique_users_via_ci_access/1/1 agent_users_using_ci_tunnel/1/1";
    BOOST_TEST(events.recorded() == once);
    const std::string seen =
        "agent_users_using_ci_tunnel/1 k8s_api_proxy_requests_unique_users_via_ci_access/1";
    BOOST_TEST(events.seen() == seen);
    // Rows add up, sets do not.
    events.taken(body);
    BOOST_TEST(events.recorded() == once + " " + once);
    BOOST_TEST(events.seen() == seen);
    BOOST_TEST(events.database.look("select name from kas_counters").empty());
}

BOOST_DATA_TEST_CASE(what_names_nobody_is_left_out, data::make(dialects()), dialect) {
    Events events{dialect};
    events.taken(
        R"({"events":{"k8s_api_proxy_requests_unique_users_via_ci_access":[null,{},7,"x",[],)"
        R"({"user_id":99999,"project_id":1},{"user_id":1,"project_id":99999},{"user_id":1},)"
        R"({"project_id":1},{"user_id":null,"project_id":1},{"user_id":"","project_id":1}],)"
        R"("k8s_api_proxy_requests_unique_users_via_pat_access":[{"user_id":"7","project_id":"3","x":1}],)"
        R"("register_agent_at_kas":[{"project_id":99999},{}],"another":[{"user_id":1}]}})"
    );
    BOOST_TEST(
        events.recorded() ==
        "k8s_api_proxy_requests_unique_users_via_pat_access/7/3 agent_users_using_ci_tunnel/7/3"
    );
    BOOST_TEST(events.database.look("select name from kas_counters").empty());
}

BOOST_DATA_TEST_CASE(nothing_to_record, data::make(dialects()), dialect) {
    Events events{dialect};
    for (const char* const body :
         {"{}",
          "",
          R"({"events":null})",
          R"({"events":{}})",
          R"({"events":{"register_agent_at_kas":[]}})",
          R"({"events":{"k8s_api_proxy_requests_unique_users_via_ci_access":null}})"}) {
        events.taken(body);
    }
    BOOST_TEST(events.recorded().empty());
}

BOOST_DATA_TEST_CASE(
    refused_events_leave_nothing, data::make(dialects()) * data::make(kRefusals), dialect, example
) {
    Events events{dialect};
    check(events.send(example.target), example.status, example.body);
    BOOST_TEST(events.recorded().empty());
}

BOOST_DATA_TEST_CASE(registrations, data::make(dialects()), dialect) {
    Events events{dialect};
    events.taken(
        R"({"events":{"register_agent_at_kas":[{"project_id":"5","agent_version":"v17.1.0",)"
        R"("architecture":"arm64","agent_id":"1","kubernetes_version":"1.29","extra_telemetry_data":)"
        R"({"installation_method":"Helm","helm_chart_version":"2.1","x":"y"}},)"
        R"({"project_id":5,"agent_version":"","kubernetes_version":" "}]}})"
    );
    BOOST_TEST(events.recorded() == "register_agent_at_kas/-/5 register_agent_at_kas/-/5");
    BOOST_TEST(
        events.database.look("select properties from kas_events order by id") ==
        R"({"label":"v17.1.0","property":"arm64","value":1,"kubernetes_version":"1.29",)"
        R"("installation_method":"Helm","helm_chart_version":"2.1"} )"
        R"({"label":"","property":null})"
    );
    BOOST_TEST(events.database.look("select agent_id from kas_events order by id") == "1 null");
    BOOST_TEST(
        events.database.look("select name || '=' || value from kas_counters") ==
        "register_agent_at_kas=2"
    );
    BOOST_TEST(events.seen() == "register_agent_at_kas/5");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

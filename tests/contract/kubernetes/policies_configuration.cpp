#include <fmt/format.h>

#include "tests/contract/kubernetes/policy_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kNone = R"({"configurations":[]})";
constexpr const char* kDocumented =
    R"({"configurations":[{"cadence":"30 2 * * *","namespaces":["namespace-a","namespace-b"],)"
    R"("updated_at":"2022-06-02T05:36:26+00:00"}]})";

/// One entry without namespaces for each of the cadences.
std::string entries(const std::vector<std::string>& cadences) {
    std::string list;
    for (const std::string& cadence : cadences) {
        list += (list.empty() ? "" : ",") + fmt::format(R"({{"cadence":"{}",)", cadence) +
                R"("namespaces":[],"updated_at":"2022-06-02T05:36:26+00:00"})";
    }
    return R"({"configurations":[)" + list + "]}";
}

/// With the own project's file.
std::string answer_to(db::Dialect dialect, std::string_view file) {
    PolicyServer server{dialect};
    server.write_own(file);
    const http::Response response = server.ask(kPoliciesConfiguration);
    BOOST_TEST(response.status == 200);
    return response.body;
}

struct File {
    const char* name;
    std::string content;
    std::string body;

    friend std::ostream& operator<<(std::ostream& out, const File& file) {
        return out << file.name;
    }
};

const File kFiles[]{
    {"disabled",
     "scan_execution_policy: [{name: p, enabled: false, actions: [{scan: container_scanning}], "
     "rules: [{type: schedule, cadence: c, agents: {cluster-a: {}}}]}]",
     kNone},
    {"another scan",
     "scan_execution_policy: [{name: p, enabled: true, actions: [{scan: dast}], "
     "rules: [{type: schedule, cadence: c, agents: {cluster-a: {}}}]}]",
     kNone},
    {"another agent",
     "scan_execution_policy: [{name: p, enabled: true, actions: [{scan: container_scanning}], "
     "rules: [{type: schedule, cadence: c, agents: {cluster-b: {}}}]}]",
     kNone},
    {"pipeline",
     "scan_execution_policy: [{name: p, enabled: true, actions: [{scan: container_scanning}], "
     "rules: [{type: pipeline, branches: [main]}]}]",
     kNone},
    {"several rules and policies",
     "scan_execution_policy:\n"
     "- {name: p, enabled: true, actions: [{scan: cluster_image_scanning}], rules: ["
     "{type: schedule, cadence: a, agents: {cluster-a: {}}}, {type: pipeline}, "
     "{type: schedule, cadence: b, agents: {cluster-a: {}}}]}\n- " +
         scheduled("c") + "\n",
     entries({"a", "b", "c"})},
    {"one namespace, no cadence, not valid by the schema",
     "scan_execution_policy: [{enabled: on, actions: [{scan: x}, {scan: container_scanning}], "
     "rules: [{type: x}, {type: schedule, agents: {cluster-a: {namespaces: one}}}]}]",
     R"({"configurations":[{"cadence":null,"namespaces":["one"],)"
     R"("updated_at":"2022-06-02T05:36:26+00:00"}]})"},
    {"anchors",
     "x: &rules [{type: schedule, cadence: c, agents: {cluster-a: {}}}]\nscan_execution_policy: "
     "[{name: p, enabled: true, actions: [{scan: container_scanning}], rules: *rules}]",
     entries({"c"})},
    {"other policies", "approval_policy: [{name: p, enabled: true}]", kNone},
    {"no mapping", "[]", kNone},
    {"empty", "", kNone},
};

struct Scope {
    const char* scope;
    bool is_admitted;

    friend std::ostream& operator<<(std::ostream& out, const Scope& example) {
        return out << example.scope;
    }
};

/// Of project 5 in group 3; the framework is 7.
const Scope kScopes[]{
    {"policy_scope: {}", true},
    {"policy_scope: {projects: {excluding: [{id: 5}]}}", false},
    {"policy_scope: {projects: {excluding: [{type: personal}]}}", true},
    {"policy_scope: {projects: {excluding: [{type: archived}]}}", true},
    {"policy_scope: {projects: {including: [{id: 5}]}}", true},
    {"policy_scope: {projects: {including: [{id: 7}]}}", false},
    {"policy_scope: {groups: {including: [{id: 3}]}}", true},
    {"policy_scope: {groups: {including: [{id: 1}]}}", false},
    {"policy_scope: {groups: {excluding: [{id: 3}]}}", false},
    {"policy_scope: {compliance_frameworks: [{id: 7}]}", true},
    {"policy_scope: {compliance_frameworks: [{id: 8}]}", false},
};

struct BadFile {
    const char* name;
    std::string content;
    std::string fault;

    friend std::ostream& operator<<(std::ostream& out, const BadFile& file) {
        return out << file.name;
    }
};

std::string bomb() {
    std::string text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int level = 1; level < 12; ++level) {
        text +=
            fmt::format("a{0}: &a{0} [*a{1},*a{1},*a{1},*a{1},*a{1},*a{1}]\n", level, level - 1);
    }
    return text;
}

const BadFile kBadFiles[]{
    {"no YAML", "a: [", "line 1, column 1: end of sequence flow not found"},
    {"bomb", bomb(), "line 6, column 18: too many values, aliases counted as what they stand for"},
    {"alias in itself", "a: &a [*a]", "line 1, column 8: an alias inside of what it stands for"},
    {"deep", std::string(500, '[') + std::string(500, ']'), "line 1, column 65: nested too deeply"},
    {"large", std::string(300'000, '#'), "too large"},
    {"Ruby object", "!ruby/object:A {}", "line 1, column 1: a tag that asks for an object"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(kubernetes_policies_configuration)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    check(server.ask(kPoliciesConfiguration), 200, kDocumented);
    check(server.ask(std::string{kPoliciesConfiguration} + "/"), 200, kDocumented);
}

BOOST_DATA_TEST_CASE(authentication, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    check(
        server.get(kPoliciesConfiguration), 401, R"({"message":"KAS JWT authentication invalid"})"
    );
    check(server.ask(kPoliciesConfiguration, {}), 401, R"({"message":"401 Unauthorized"})");
    Call call;
    call.method = http::Method::post;
    call.target = kPoliciesConfiguration;
    check(server.answer(call), 405, R"({"error":"405 Not Allowed"})");
}

BOOST_DATA_TEST_CASE(nothing_is_configured, data::make(dialects()), dialect) {
    PolicyServer server{dialect};
    check(server.ask(kPoliciesConfiguration), 200, kNone);
    server.add_configuration(1, "project_id", 5, 1);
    check(server.ask(kPoliciesConfiguration), 200, kNone);
    BOOST_TEST(server.log_detail() == "");
}

BOOST_DATA_TEST_CASE(feature_is_off, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    server.settings.features.security_orchestration_policies = false;
    check(server.ask(kPoliciesConfiguration), 402, R"({"message":"Payment Required"})");
}

BOOST_DATA_TEST_CASE(project_is_gone, data::make(dialects()), dialect) {
    PolicyServer server{dialect};
    server.run("update projects set pending_delete = true where id = 5");
    server.server().settings.features.security_orchestration_policies = false;
    check(server.ask(kPoliciesConfiguration), 404, R"({"message":"404 Not Found"})");
}

BOOST_DATA_TEST_CASE(
    what_a_file_tells, data::make(dialects()) * data::make(kFiles), dialect, file
) {
    BOOST_TEST(answer_to(dialect, file.content) == file.body);
}

BOOST_DATA_TEST_CASE(scopes, data::make(dialects()) * data::make(kScopes), dialect, example) {
    PolicyServer server{dialect};
    server.run("insert into project_compliance_frameworks (project_id, framework_id) values (5, 7)"
    );
    server.write_own(policy_file(scheduled("c", example.scope)));
    BOOST_TEST(
        server.ask(kPoliciesConfiguration).body == (example.is_admitted ? entries({"c"}) : kNone)
    );
}

BOOST_DATA_TEST_CASE(scope_of_archived_and_personal_projects, data::make(dialects()), dialect) {
    PolicyServer server{dialect};
    server.write_own(policy_file(
        scheduled("a", "policy_scope: {projects: {excluding: [{type: archived}]}}") + ", " +
        scheduled("p", "policy_scope: {projects: {excluding: [{type: personal}]}}")
    ));
    server.run("update projects set archived = true where id = 5");
    check(server.ask(kPoliciesConfiguration), 200, entries({"p"}));
    server.run("update projects set archived = false, namespace_id = 5 where id = 5");
    check(server.ask(kPoliciesConfiguration), 200, entries({"a"}));
}

BOOST_DATA_TEST_CASE(
    project_and_groups_above_in_order_of_configurations, data::make(dialects()), dialect
) {
    PolicyServer server{dialect};
    server.run("update namespaces set parent_id = 1 where id = 3");
    server.add_configuration(30, "project_id", 5, 1);
    server.add_configuration(20, "namespace_id", 3, 2);
    server.add_configuration(10, "namespace_id", 1, 3);
    server.add_configuration(5, "namespace_id", 2, 4);
    server.write(1, policy_file(scheduled("project")));
    server.write(2, policy_file(scheduled("group")));
    server.write(
        3, policy_file(scheduled("top", "policy_scope: {groups: {including: [{id: 1}]}}"))
    );
    server.write(4, policy_file(scheduled("elsewhere")));
    check(server.ask(kPoliciesConfiguration), 200, entries({"top", "group", "project"}));
}

BOOST_DATA_TEST_CASE(one_management_project_for_both, data::make(dialects()), dialect) {
    PolicyServer server{dialect};
    server.add_configuration(1, "project_id", 5, 1);
    server.add_configuration(2, "namespace_id", 3, 1);
    server.write(1, policy_file(scheduled("c")));
    check(server.ask(kPoliciesConfiguration), 200, entries({"c", "c"}));
}

BOOST_DATA_TEST_CASE(
    file_that_cannot_be_read_is_none, data::make(dialects()) * data::make(kBadFiles), dialect, file
) {
    PolicyServer server{dialect};
    server.write_own(file.content);
    server.add_configuration(2, "namespace_id", 3, 2);
    server.write(2, policy_file(scheduled("c")));
    check(server.ask(kPoliciesConfiguration), 200, entries({"c"}));
    BOOST_TEST(server.log_detail() == "policy configuration 1: " + file.fault);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

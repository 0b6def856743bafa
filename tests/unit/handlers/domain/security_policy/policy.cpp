#include "handlers/domain/security_policy/policy.hpp"

#include <ostream>
#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/unit/handlers/domain/security_policy/yaml_text.hpp"

namespace innergate::handlers::domain {
namespace {

namespace data = boost::unit_test::data;

/// What the agent `cluster-a` is told: `CADENCE [NAMESPACES]`, each behind a semicolon.
std::string told(std::string_view file) {
    std::string text;
    for (const ScanExecutionPolicy& policy : read_policies(test::from_yaml(file))) {
        for (const AgentScan& scan : scans_of_agent(policy, "cluster-a")) {
            text += fmt::format("{} {};", scan.cadence.value_or("-"), scan.namespaces);
        }
    }
    return text;
}

struct Example {
    std::string name;
    std::string file;
    std::string told;
};

std::ostream& operator<<(std::ostream& out, const Example& example) {
    return out << example.name;
}

/// A policy with these members instead of the usual ones.
std::string policy(
    const std::string& rules,
    const std::string& actions = "[{scan: container_scanning}]",
    const std::string& enabled = "true"
) {
    return "scan_execution_policy: [{name: p, enabled: " + enabled + ", rules: " + rules +
           ", actions: " + actions + "}]";
}

std::string rule(const std::string& agents) {
    return "[{type: schedule, cadence: c, agents: " + agents + "}]";
}

const std::string kRule = rule("{cluster-a: {}}");

const Example kExamples[]{
    {"namespaces", policy(rule("{cluster-a: {namespaces: [x, y]}}")), R"(c ["x", "y"];)"},
    {"one namespace alone", policy(rule("{cluster-a: {namespaces: x}}")), R"(c ["x"];)"},
    {"no namespaces", policy(kRule), "c [];"},
    {"empty namespaces", policy(rule("{cluster-a: {namespaces: []}}")), "c [];"},
    {"namespaces null", policy(rule("{cluster-a: {namespaces: ~}}")), "c [];"},
    {"namespaces a mapping", policy(rule("{cluster-a: {namespaces: {x: y}}}")), "c [];"},
    {"namespaces that look like others",
     policy(rule("{cluster-a: {namespaces: [1, on, ~, [x], z]}}")),
     R"(c ["1", "on", "z"];)"},
    {"agent null", policy(rule("{cluster-a: ~}")), "c [];"},
    {"agent a list", policy(rule("{cluster-a: [x]}")), "c [];"},
    {"another agent", policy(rule("{cluster-b: {}}")), ""},
    {"the name in another case", policy(rule("{Cluster-a: {}}")), ""},
    {"agents as a list", policy(rule("[cluster-a]")), ""},
    {"agents as text", policy(rule("cluster-a")), ""},
    {"cadence quoted",
     policy("[{type: schedule, cadence: '1 2 * * *', agents: {cluster-a: }}]"),
     "1 2 * * * [];"},
    {"no cadence", policy("[{type: schedule, agents: {cluster-a: {}}}]"), "- [];"},
    {"cadence no text", policy("[{type: schedule, cadence: 5, agents: {cluster-a: {}}}]"), "- [];"},
    {"pipeline", policy("[{type: pipeline, cadence: c, agents: {cluster-a: {}}}]"), ""},
    {"rule without type", policy("[{cadence: c, agents: {cluster-a: {}}}]"), ""},
    {"several rules, in their order",
     policy("[{type: schedule, cadence: a, agents: {cluster-a: {}}}, {type: pipeline}, x, "
            "{type: schedule, cadence: b, agents: {cluster-b: {}}}, "
            "{type: schedule, cadence: c, agents: {cluster-b: {}, cluster-a: {}}}]"),
     "a [];c [];"},
    {"rules no list", policy("{type: schedule}"), ""},
    {"disabled", policy(kRule, "[{scan: container_scanning}]", "false"), ""},
    {"enabled: yes", policy(kRule, "[{scan: container_scanning}]", "yes"), "c [];"},
    {"enabled: 'true'", policy(kRule, "[{scan: container_scanning}]", "'true'"), ""},
    {"enabled: 1", policy(kRule, "[{scan: container_scanning}]", "1"), ""},
    {"cluster image scanning", policy(kRule, "[{scan: cluster_image_scanning}]"), "c [];"},
    {"one of several scans", policy(kRule, "[{scan: dast}, {scan: container_scanning}]"), "c [];"},
    {"another scan", policy(kRule, "[{scan: sast}]"), ""},
    {"no actions", policy(kRule, "[]"), ""},
    {"actions no list", policy(kRule, "{scan: container_scanning}"), ""},
    {"no name, unknown members",
     "{x: y, scan_execution_policy: [z, {enabled: on, z: z, actions: [{scan: container_scanning}], "
     "rules: " +
         kRule + "}]}",
     "c [];"},
    {"other policies", "approval_policy: [{enabled: true}]", ""},
    {"no mapping", "[scan_execution_policy]", ""},
    {"text", "scan_execution_policy", ""},
    {"no list", "scan_execution_policy: {enabled: true}", ""},
    {"empty", "", ""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(security_policy)

BOOST_DATA_TEST_CASE(what_an_agent_is_told, data::make(kExamples), example) {
    BOOST_TEST(told(example.file) == example.told);
}

BOOST_AUTO_TEST_CASE(members_of_a_policy) {
    const auto policies = read_policies(test::from_yaml(
        "scan_execution_policy:\n- {name: p, description: d, policy_scope: {projects: {including: "
        "[{id: 1}]}}}\n- {name: 1, description: 2}"
    ));
    BOOST_REQUIRE(policies.size() == 2U);
    BOOST_TEST(policies[0].name == "p");
    BOOST_TEST(policies[0].description.value_or("") == "d");
    BOOST_TEST(!policies[0].is_enabled);
    BOOST_TEST(policies[0].scope.included_projects.has_value());
    BOOST_TEST(policies[1].name == "");
    BOOST_TEST(!policies[1].description.has_value());
}

BOOST_AUTO_TEST_CASE(document_has_five_members_in_order) {
    const auto policies = read_policies(test::from_yaml(
        "scan_execution_policy:\n- rules: [{type: pipeline, branches: [main]}]\n  policy_scope: {}"
        "\n  actions: [{scan: container_scanning}]\n  enabled: yes\n  description: Policy "
        "description\n  name: Policy\n- {name: bare}"
    ));
    BOOST_REQUIRE(policies.size() == 2U);
    BOOST_TEST(
        to_document(policies[0]) ==
        "---\nname: Policy\ndescription: Policy description\nenabled: true\nactions:\n- scan: "
        "container_scanning\nrules:\n- type: pipeline\n  branches:\n  - main\n"
    );
    BOOST_TEST(to_document(policies[1]) == "---\nname: bare\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

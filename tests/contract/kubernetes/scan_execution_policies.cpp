#include "tests/contract/kubernetes/policy_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kNone = R"({"policies":[]})";
constexpr const char* kDocumented =
    R"({"policies":[{"name":"Policy","description":"Policy description","enabled":true,"yaml":)"
    R"("---\nname: Policy\ndescription: Policy description\nenabled: true\nactions:\n)"
    R"(- scan: container_scanning\nrules:\n- type: pipeline\n  branches:\n  - main\n",)"
    R"("updated_at":"2022-06-02T05:36:26+00:00"}]})";

/// A policy without description and its place in the answer.
std::string plain(const std::string& name, const std::string& enabled = "true") {
    return "{name: " + name + ", enabled: " + enabled + ", rules: [], actions: [{scan: sast}]}";
}
std::string plain_entry(const std::string& name, const std::string& enabled = "true") {
    return R"({"name":")" + name + R"(","description":null,"enabled":)" + enabled +
           R"(,"yaml":"---\nname: )" + name + R"(\nenabled: )" + enabled +
           R"(\nactions:\n- scan: sast\nrules: []\n","updated_at":"2022-06-02T05:36:26+00:00"})";
}
std::string listed(const std::string& entries) {
    return R"({"policies":[)" + entries + "]}";
}

struct Invalid {
    const char* content;
    const char* fault;

    friend std::ostream& operator<<(std::ostream& out, const Invalid& invalid) {
        return out << invalid.fault;
    }
};

const Invalid kInvalid[]{
    {"a: [", "line 1, column 1: end of sequence flow not found"},
    {"", "the file is no mapping"},
    {"a: 1", "the file has no list of policies"},
    {"scan_execution_policy: [{name: '', enabled: true, rules: [], actions: []}]",
     "policy 1: name is no text of 1 to 255 characters"},
    {"scan_execution_policy: [{name: p, enabled: true, rules: [{type: x}], actions: []}]",
     "policy 1: rule 1: its type is neither pipeline nor schedule"},
    {"scan_execution_policy: [{name: p, enabled: true, rules: [], actions: [{scan: x}]}]",
     "policy 1: action 1: its scan is unknown"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(kubernetes_scan_execution_policies)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    check(server.ask(kScanExecutionPolicies), 200, kDocumented);
    check(server.ask(std::string{kScanExecutionPolicies} + "/"), 200, kDocumented);
}

BOOST_DATA_TEST_CASE(authentication, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    check(
        server.get(kScanExecutionPolicies), 401, R"({"message":"KAS JWT authentication invalid"})"
    );
    check(server.ask(kScanExecutionPolicies, {}), 401, R"({"message":"401 Unauthorized"})");
    Call call;
    call.method = http::Method::post;
    call.target = kScanExecutionPolicies;
    check(server.answer(call), 405, R"({"error":"405 Not Allowed"})");
}

BOOST_DATA_TEST_CASE(nothing_is_configured, data::make(dialects()), dialect) {
    PolicyServer server{dialect};
    check(server.ask(kScanExecutionPolicies), 200, kNone);
    server.add_configuration(1, "project_id", 5, 1);
    check(server.ask(kScanExecutionPolicies), 200, kNone);
}

BOOST_DATA_TEST_CASE(feature_is_off_or_project_gone, data::make(dialects()), dialect) {
    PolicyServer server{dialect};
    server.write_own(policy_file(plain("p")));
    server.server().settings.features.security_orchestration_policies = false;
    check(server.ask(kScanExecutionPolicies), 404, R"({"message":"404 Not Found"})");
    server.server().settings.features.security_orchestration_policies = true;
    BOOST_TEST(server.ask(kScanExecutionPolicies).status == 200);
    server.run("update projects set pending_delete = true where id = 5");
    check(server.ask(kScanExecutionPolicies), 404, R"({"message":"404 Not Found"})");
}

BOOST_DATA_TEST_CASE(all_policies_of_the_project, data::make(dialects()), dialect) {
    PolicyServer server{dialect};
    server.write_own(policy_file(plain("on") + ", " + plain("off", "false")));
    // Those two names are booleans: the file is not valid.
    check(server.ask(kScanExecutionPolicies), 200, kNone);
    server.run("delete from security_policy_documents");
    server.write(1, policy_file(plain("first") + ", " + plain("second", "false")));
    check(
        server.ask(kScanExecutionPolicies),
        200,
        listed(plain_entry("first") + "," + plain_entry("second", "false"))
    );
}

BOOST_DATA_TEST_CASE(policies_of_groups_do_not_count, data::make(dialects()), dialect) {
    PolicyServer server{dialect};
    server.add_configuration(1, "namespace_id", 3, 1);
    server.write(1, policy_file(plain("p")));
    check(server.ask(kScanExecutionPolicies), 200, kNone);
}

BOOST_DATA_TEST_CASE(scope_must_admit, data::make(dialects()), dialect) {
    PolicyServer server{dialect};
    const std::string out = "policy_scope: {projects: {excluding: [{id: 5}]}}";
    server.write_own(policy_file(plain("p") + ", " + scheduled("c", out)));
    check(server.ask(kScanExecutionPolicies), 200, listed(plain_entry("p")));
}

BOOST_DATA_TEST_CASE(
    file_that_is_not_valid_has_none, data::make(dialects()) * data::make(kInvalid), dialect, invalid
) {
    PolicyServer server{dialect};
    server.write_own(invalid.content);
    check(server.ask(kScanExecutionPolicies), 200, kNone);
    BOOST_TEST(server.log_detail() == std::string{"policy configuration 1: "} + invalid.fault);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

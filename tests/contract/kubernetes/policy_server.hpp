// What an agent is told of policies that a test wrote.
#pragma once

#include <string>
#include <string_view>

#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {

inline constexpr const char* kScanExecutionPolicies =
    "/api/v4/internal/kubernetes/modules/starboard_vulnerability/scan_execution_policies";
inline constexpr const char* kPoliciesConfiguration =
    "/api/v4/internal/kubernetes/modules/starboard_vulnerability/policies_configuration";

/// The demo data without its policies. The agent `cluster-a` belongs to project 5 in group 3.
struct PolicyServer {
    explicit PolicyServer(db::Dialect dialect) : database_(dialect) {
        import_demo(database_);
        run("delete from security_policy_configurations");
        run("delete from security_policy_documents");
    }

    void run(const std::string& sql) { database_.session().execute_once(sql); }

    /// `owner` is the column for `owner_id`: `project_id` or `namespace_id`. The document lies in
    /// `management_project`.
    void add_configuration(int id, const std::string& owner, int owner_id, int management_project) {
        run("insert into security_policy_configurations (id, " + owner +
            ", security_policy_management_project_id) values (" + std::to_string(id) + ", " +
            std::to_string(owner_id) + ", " + std::to_string(management_project) + ")");
    }
    void write(int management_project, std::string_view content) {
        std::string quoted;
        for (const char character : content) {
            quoted.append(character == '\'' ? 2 : 1, character);
        }
        run("insert into security_policy_documents (security_policy_management_project_id, "
            "content, committed_at) values (" +
            std::to_string(management_project) + ", '" + quoted + "', '2022-06-02T05:36:26.789Z')");
    }
    /// The agent's own project has this file.
    void write_own(std::string_view content) {
        add_configuration(1, "project_id", 5, 1);
        write(1, content);
    }

    [[nodiscard]] http::Response ask(const std::string& target) { return server_.ask(target); }
    [[nodiscard]] const std::string& log_detail() const { return server_.log_detail(); }
    [[nodiscard]] AgentServer& server() { return server_; }

private:
    TestDatabase database_;
    AgentServer server_{database_};
};

/// A policy that makes `cluster-a` scan at that cadence, with more members in YAML's flow form.
[[nodiscard]] inline std::string scheduled(
    const std::string& cadence, const std::string& more_members = ""
) {
    return "{name: Policy, enabled: true, rules: [{type: schedule, cadence: '" + cadence +
           "', agents: {cluster-a: {}}}], actions: [{scan: container_scanning}]" +
           (more_members.empty() ? "" : ", ") + more_members + "}";
}

[[nodiscard]] inline std::string policy_file(const std::string& policies) {
    return "scan_execution_policy: [" + policies + "]";
}

}  // namespace innergate::test

#include "handlers/kubernetes/routes.hpp"

#include <array>

#include "handlers/kubernetes/agent_info.hpp"
#include "handlers/kubernetes/policies_configuration.hpp"
#include "handlers/kubernetes/project_info.hpp"
#include "handlers/kubernetes/scan_execution_policies.hpp"
#include "handlers/policies/agent_token.hpp"

namespace innergate::handlers::kubernetes {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr std::array kAgentInfoAnswers{
    Answer{
        200,
        "The agent that the token belongs to, and where its configuration is served.",
        R"({"project_id":5,"agent_id":1,"agent_name":"cluster-a","gitaly_info":{"address":"unix:/run/gitaly.sock",)"
        R"("token":null,"features":{}},"gitaly_repository":{"storage_name":"default","relative_path":)"
        R"("@hashed/ef/2d/ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d.git",)"
        R"("git_object_directory":"","git_alternate_object_directories":[],"gl_repository":"project-5",)"
        R"("gl_project_path":"gitlab-org/cluster-management"},"default_branch":"main"})",
    },
};

constexpr std::array kProjectInfoAnswers{
    Answer{
        200,
        "The agent's own project, or one whose code anybody may read.",
        R"({"project_id":7,"gitaly_info":{"address":"unix:/run/gitaly.sock","token":null,"features":{}},)"
        R"("gitaly_repository":{"storage_name":"default","relative_path":)"
        R"("@hashed/79/02/7902699be42c8a8e46fbbb4501726517e86b22c56a189f7625a6da49081b2451.git",)"
        R"("git_object_directory":"","git_alternate_object_directories":[],"gl_repository":"project-7",)"
        R"("gl_project_path":"gitlab-org/manifests"},"default_branch":"main"})",
    },
    Answer{
        404,
        "No such project, not one for this agent, or no id at all.",
        R"({"message":"404 Not Found"})",
    },
};

constexpr std::array kScanExecutionPoliciesAnswers{
    Answer{
        200,
        "All of the project's own policies, those that are off too.",
        R"({"policies":[{"name":"Policy","description":"Policy description","enabled":true,"yaml":)"
        R"("---\nname: Policy\ndescription: Policy description\nenabled: true\nactions:\n)"
        R"(- scan: container_scanning\nrules:\n- type: pipeline\n  branches:\n  - main\n",)"
        R"("updated_at":"2022-06-02T05:36:26+00:00"}]})",
    },
    Answer{200, "The project has none, or a file that is not valid.", R"({"policies":[]})"},
    Answer{
        404,
        "The agent's project is gone, or security_orchestration_policies is off.",
        R"({"message":"404 Not Found"})",
    },
};

constexpr std::array kPoliciesConfigurationAnswers{
    Answer{
        200,
        "When the agent is to scan which namespaces; it follows the first.",
        R"({"configurations":[{"cadence":"30 2 * * *","namespaces":["namespace-a","namespace-b"],)"
        R"("updated_at":"2022-06-02T05:36:26+00:00"}]})",
    },
    Answer{200, "No policy names the agent.", R"({"configurations":[]})"},
    Answer{
        402,
        "security_orchestration_policies is off.",
        R"({"message":"Payment Required"})",
    },
    Answer{404, "The agent's project is gone.", R"({"message":"404 Not Found"})"},
};

constexpr std::array kRoutes{
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/kubernetes/agent_info",
        .auth = policies::kAgentToken,
        .operation = operation<agent_info>,
        .summary = "Find the agent of a token",
        .answers = kAgentInfoAnswers,
        .answers_with_secret = true,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/kubernetes/project_info",
        .auth = policies::kAgentToken,
        .operation = operation<project_info, kProjectInfoParams>,
        .summary = "Find where a project's repository is served",
        .answers = kProjectInfoAnswers,
        .answers_with_secret = true,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/kubernetes/modules/starboard_vulnerability/"
                   "scan_execution_policies",
        .auth = policies::kAgentToken,
        .operation = operation<scan_execution_policies>,
        .summary = "List the scan execution policies of an agent's project",
        .answers = kScanExecutionPoliciesAnswers,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/kubernetes/modules/starboard_vulnerability/"
                   "policies_configuration",
        .auth = policies::kAgentToken,
        .operation = operation<policies_configuration>,
        .summary = "Tell an agent when to scan which namespaces",
        .answers = kPoliciesConfigurationAnswers,
    },
};

}  // namespace

std::span<const routing::Route> routes() {
    return kRoutes;
}

}  // namespace innergate::handlers::kubernetes

#include "handlers/kubernetes/routes.hpp"

#include <array>

#include "app/auth/kas_jwt.hpp"
#include "handlers/kubernetes/agent_configuration.hpp"
#include "handlers/kubernetes/agent_events.hpp"
#include "handlers/kubernetes/agent_info.hpp"
#include "handlers/kubernetes/authorize_proxy_user.hpp"
#include "handlers/kubernetes/policies_configuration.hpp"
#include "handlers/kubernetes/project_info.hpp"
#include "handlers/kubernetes/receptive_agents.hpp"
#include "handlers/kubernetes/repository_info.hpp"
#include "handlers/kubernetes/scan_execution_policies.hpp"
#include "handlers/kubernetes/scan_result.hpp"
#include "handlers/kubernetes/starboard_vulnerability.hpp"
#include "handlers/kubernetes/usage_metrics.hpp"
#include "handlers/kubernetes/verify_project_access.hpp"
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

constexpr std::array kUsageMetricsAnswers{
    Answer{204, "All of the report counts.", {}},
    Answer{
        400,
        "A counter is negative; nothing of the report counts.",
        R"({"message":"400 Bad request - k8s_api_proxy_request count must be greater than or equal to zero"})",
    },
};

constexpr std::array kAgentEventsAnswers{
    Answer{204, "Recorded, but for what names no known user or project.", {}},
};

constexpr Answer kProjectGone{
    404,
    "The agent's project is gone.",
    R"({"message":"404 Not Found"})",
};

constexpr Answer kNotAllowedToReport{
    403,
    "The feature is off, or who made the agent is no maintainer of its project.",
    R"({"message":"403 Forbidden"})",
};

constexpr std::array kStarboardVulnerabilityAnswers{
    Answer{
        200,
        "The finding is known now, or was.",
        R"({"uuid":"58bd4058-4ef1-54f9-af47-849177789f78"})",
    },
    Answer{
        400,
        "What cannot be stored is named.",
        R"json({"message":"400 Bad request - Description is too long (maximum is 15000 characters)"})json",
    },
    kNotAllowedToReport,
    kProjectGone,
};

constexpr std::array kScanResultAnswers{
    Answer{200, "All other findings of the agent are resolved.", "200"},
    kNotAllowedToReport,
    kProjectGone,
};

constexpr Answer kNoProject{
    404,
    "No such project, or not one for this agent.",
    R"({"message":"404 Not Found"})",
};

constexpr std::array kVerifyProjectAccessAnswers{
    Answer{204, "The agent may read the project.", {}},
    kNoProject,
};

constexpr Answer kNoAgent{404, "No such agent.", R"({"message":"404 Not found"})"};

constexpr std::array kAgentConfigurationAnswers{
    Answer{204, "Who may use the agent is what the file says.", {}},
    kNoAgent,
};

constexpr std::array kAuthorizeProxyUserAnswers{
    Answer{
        201,
        "The person, and as whom the cluster is reached.",
        R"({"agent":{"id":1,"config_project":{"id":5}},"user":{"id":1,"username":"root"},"access_as":{"agent":{}}})",
    },
    Answer{
        400,
        "A session cookie, or an unknown token.",
        R"({"message":"400 Bad request - Unable to get user from request data"})",
    },
    Answer{
        403,
        "The agent's configuration does not open it to the person.",
        R"({"message":"`user_access` keyword is not found in agent config file."})",
    },
    kNoAgent,
};

constexpr std::array kReceptiveAgentsAnswers{
    Answer{
        200,
        "Agents that wait to be called.",
        R"({"agents":[{"id":1,"url":"grpcs://agent.example.com:443","ca_cert":null,"tls_host":null,)"
        R"("jwt":{"private_key":"cHJpdmF0ZQ=="},"mtls":null}]})",
    },
    Answer{404, "The feature is off.", R"({"message":"404 Not Found"})"},
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
        .method = http::Method::post,
        .pattern = "/api/v4/internal/kubernetes/usage_metrics",
        .auth = auth::kKasJwt,
        .operation = operation<usage_metrics, kUsageMetricsParams>,
        .summary = "Count uses of agents",
        .answers = kUsageMetricsAnswers,
        .success_status = 204,
        .max_body_bytes = 8 * routing::kMebibyte,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/kubernetes/agent_events",
        .auth = auth::kKasJwt,
        .operation = operation<agent_events, kAgentEventsParams>,
        .summary = "Record what happened with agents",
        .answers = kAgentEventsAnswers,
        .success_status = 204,
        .max_body_bytes = 8 * routing::kMebibyte,
    },
    Route{
        .method = http::Method::put,
        .pattern = "/api/v4/internal/kubernetes/modules/starboard_vulnerability",
        .auth = policies::kAgentToken,
        .operation = operation<starboard_vulnerability, kStarboardVulnerabilityParams>,
        .summary = "Report a vulnerability found in a cluster",
        .answers = kStarboardVulnerabilityAnswers,
        .max_body_bytes = routing::kMebibyte,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/kubernetes/modules/starboard_vulnerability/scan_result",
        .auth = policies::kAgentToken,
        .operation = operation<scan_result, kScanResultParams>,
        .summary = "Resolve what a scan did not find again",
        .answers = kScanResultAnswers,
        .max_body_bytes = 4 * routing::kMebibyte,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/agents/agentk/agent_info",
        .auth = policies::kAgentToken,
        .operation = operation<agent_info>,
        .summary = "Find the agent of a token, as newer agent servers ask",
        .answers = kAgentInfoAnswers,
        .answers_with_secret = true,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/kubernetes/verify_project_access",
        .auth = policies::kAgentToken,
        .operation = operation<verify_project_access, kProjectInfoParams>,
        .summary = "Ask whether an agent may read a project",
        .answers = kVerifyProjectAccessAnswers,
        .success_status = 204,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/kubernetes/agent_configuration",
        .auth = auth::kKasJwt,
        .operation = operation<agent_configuration, kAgentConfigurationParams>,
        .summary = "Take over an agent's configuration file",
        .answers = kAgentConfigurationAnswers,
        .success_status = 204,
        .max_body_bytes = 4 * routing::kMebibyte,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/kubernetes/authorize_proxy_user",
        .auth = auth::kKasJwt,
        .operation = operation<authorize_proxy_user, kAuthorizeProxyUserParams>,
        .summary = "Ask whether a person may reach an agent's cluster",
        .answers = kAuthorizeProxyUserAnswers,
        .success_status = 201,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/kubernetes/receptive_agents",
        .auth = auth::kKasJwt,
        .operation = operation<receptive_agents>,
        .summary = "List the agents to be called",
        .answers = kReceptiveAgentsAnswers,
        .answers_with_secret = true,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/autoflow/repository_info",
        .auth = auth::kKasJwt,
        .operation = operation<repository_info, kRepositoryInfoParams>,
        .summary = "Find where any project's repository is served",
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

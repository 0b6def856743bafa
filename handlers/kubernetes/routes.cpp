#include "handlers/kubernetes/routes.hpp"

#include <array>

#include "app/auth/kas_jwt.hpp"
#include "handlers/kubernetes/agent_events.hpp"
#include "handlers/kubernetes/agent_info.hpp"
#include "handlers/kubernetes/project_info.hpp"
#include "handlers/kubernetes/usage_metrics.hpp"
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
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/kubernetes/agent_events",
        .auth = auth::kKasJwt,
        .operation = operation<agent_events, kAgentEventsParams>,
        .summary = "Record what happened with agents",
        .answers = kAgentEventsAnswers,
        .success_status = 204,
    },
};

}  // namespace

std::span<const routing::Route> routes() {
    return kRoutes;
}

}  // namespace innergate::handlers::kubernetes

// GET /internal/autoflow/repository_info: where is this project's repository served, for kas
// itself?
#pragma once

#include <optional>
#include <string>

#include "app/auth/gitaly_tokens.hpp"
#include "app/error.hpp"
#include "app/params/schema.hpp"
#include "handlers/kubernetes/project_info.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::handlers::kubernetes {

struct RepositoryInfoRequest {
    std::optional<std::string> id;
};

inline constexpr auto kRepositoryInfoParams = params::schema<RepositoryInfoRequest>(
    params::present("id", &RepositoryInfoRequest::id, "Id or full path of the project")
);

/// Any project: kas asks for its own workflows, not for an agent. Errors: not_found.
[[nodiscard]] Result<ServedProject> repository_info(
    const RepositoryInfoRequest& request,
    AgentProjectStore& projects,
    const settings::Settings& settings,
    const auth::GitalyTokens& gitaly_tokens
);

}  // namespace innergate::handlers::kubernetes

#include "handlers/kubernetes/repository_info.hpp"

#include <utility>

#include "app/settings/settings.hpp"

namespace innergate::handlers::kubernetes {

Result<ServedProject> repository_info(
    const RepositoryInfoRequest& request,
    AgentProjectStore& projects,
    const settings::Settings& settings,
    const auth::GitalyTokens& gitaly_tokens
) {
    auto project = find_project(request.id, projects);
    if (!project) {
        return failure(ErrorCode::not_found, "404 Not Found", "no such project");
    }
    return served(std::move(*project), settings.storages, gitaly_tokens);
}

}  // namespace innergate::handlers::kubernetes

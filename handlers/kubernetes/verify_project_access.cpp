#include "handlers/kubernetes/verify_project_access.hpp"

namespace innergate::handlers::kubernetes {

Result<routing::NoContent> verify_project_access(
    const ProjectInfoRequest& request, AgentProjectStore& projects, const auth::AgentCaller& agent
) {
    return visible_project(request, projects, agent).map([](const AgentProject& /*project*/) {
        return routing::NoContent{};
    });
}

}  // namespace innergate::handlers::kubernetes

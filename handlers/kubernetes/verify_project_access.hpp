// GET /internal/kubernetes/verify_project_access: may the agent read this project?
#pragma once

#include "app/auth/caller.hpp"
#include "app/error.hpp"
#include "app/routing/reply.hpp"
#include "handlers/kubernetes/project_info.hpp"

namespace innergate::handlers::kubernetes {

/// Asked again and again while an agent watches a project; 204 says yes. Errors: as
/// visible_project(), which kas takes for no.
[[nodiscard]] Result<routing::NoContent> verify_project_access(
    const ProjectInfoRequest& request, AgentProjectStore& projects, const auth::AgentCaller& agent
);

}  // namespace innergate::handlers::kubernetes

#include "handlers/domain/agent_project.hpp"

namespace innergate::handlers::domain {

bool may_agent_see(const AgentProject& project, ProjectId agents_own) {
    return project.id == agents_own ||
           (project.visibility == git_access::Visibility::public_ &&
            project.repository_feature >= git_access::FeatureLevel::enabled &&
            !project.is_public_restricted);
}

}  // namespace innergate::handlers::domain

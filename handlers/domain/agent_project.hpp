// Which projects an agent may be told about.
#pragma once

#include "app/ids.hpp"
#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain {

struct AgentProject {
    ProjectId id;
    git_access::Visibility visibility = git_access::Visibility::private_;
    git_access::FeatureLevel repository_feature = git_access::FeatureLevel::enabled;
    /// The instance lets nothing be public.
    bool is_public_restricted = false;
};

/// True for the agent's own project, whatever it is, and for those whose code anybody may read.
[[nodiscard]] bool may_agent_see(const AgentProject& project, ProjectId agents_own);

}  // namespace innergate::handlers::domain

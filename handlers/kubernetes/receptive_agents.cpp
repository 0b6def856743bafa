#include "handlers/kubernetes/receptive_agents.hpp"

namespace innergate::handlers::kubernetes {

Result<ReceptiveAgents> receptive_agents(AgentStore& agents, const settings::Features& features) {
    if (!features.cluster_receptive_agents) {
        return failure(
            ErrorCode::not_found, "404 Not Found", "features.cluster_receptive_agents is off"
        );
    }
    return ReceptiveAgents{agents.list_receptive()};
}

}  // namespace innergate::handlers::kubernetes

// GET /internal/kubernetes/receptive_agents: which agents is kas to call, and how?
#pragma once

#include <vector>

#include "app/error.hpp"
#include "app/json/writer.hpp"
#include "app/settings/settings.hpp"
#include "handlers/stores/agent_store.hpp"

namespace innergate::handlers::kubernetes {

struct ReceptiveAgents {
    std::vector<ReceptiveAgent> agents;
};

/// Errors: not_found where the feature is off, which kas takes for none.
[[nodiscard]] Result<ReceptiveAgents> receptive_agents(
    AgentStore& agents, const settings::Features& features
);

void write_json(json::Writer& writer, const ReceptiveAgents& list);

}  // namespace innergate::handlers::kubernetes

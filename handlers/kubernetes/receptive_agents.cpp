#include "handlers/kubernetes/receptive_agents.hpp"

namespace innergate::handlers::kubernetes {
namespace {

void write_json(json::Writer& writer, const ReceptiveAgent& agent) {
    writer.begin_object();
    writer.member("id", agent.id.value);
    writer.member("url", agent.url);
    writer.member("ca_cert", agent.ca_cert);
    writer.member("tls_host", agent.tls_host);
    writer.key("jwt");
    if (agent.private_key) {
        writer.begin_object();
        writer.member("private_key", *agent.private_key);
        writer.end_object();
    } else {
        writer.null();
    }
    writer.key("mtls");
    if (agent.client_key && agent.client_cert) {
        writer.begin_object();
        writer.member("client_key", *agent.client_key);
        writer.member("client_cert", *agent.client_cert);
        writer.end_object();
    } else {
        writer.null();
    }
    writer.end_object();
}

}  // namespace

Result<ReceptiveAgents> receptive_agents(AgentStore& agents, const settings::Features& features) {
    if (!features.cluster_receptive_agents) {
        return failure(
            ErrorCode::not_found, "404 Not Found", "features.cluster_receptive_agents is off"
        );
    }
    return ReceptiveAgents{agents.list_receptive()};
}

void write_json(json::Writer& writer, const ReceptiveAgents& list) {
    writer.begin_object();
    writer.key("agents");
    writer.begin_array();
    for (const ReceptiveAgent& agent : list.agents) {
        write_json(writer, agent);
    }
    writer.end_array();
    writer.end_object();
}

}  // namespace innergate::handlers::kubernetes

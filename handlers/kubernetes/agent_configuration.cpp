#include "handlers/kubernetes/agent_configuration.hpp"

#include <utility>

#include "app/json/reader.hpp"

namespace innergate::handlers::kubernetes {

std::optional<ConfigurationFile> coerce(
    const json::Value& value, std::type_identity<ConfigurationFile> /*type*/
) {
    const std::string* const text = value.string();
    const auto document = text == nullptr
                              ? tl::expected<json::Value, json::ParseError>{value}
                              : json::parse(*text, {.max_values = json::kMaxRequestValues});
    if (!document || document->object() == nullptr) {
        return std::nullopt;
    }
    return ConfigurationFile{*document->object()};
}

Result<routing::NoContent> agent_configuration(
    const AgentConfigurationRequest& request, AgentAuthorizationStore& authorizations
) {
    const AgentId agent = request.agent_id ? AgentId{request.agent_id->value} : AgentId::none();
    const domain::AgentGrants configuration =
        domain::agent_grants(request.agent_config ? request.agent_config->members : json::Object{});
    if (!authorizations.replace(agent, configuration)) {
        return failure(ErrorCode::not_found, "404 Not found", "no such agent");
    }
    return routing::NoContent{};
}

}  // namespace innergate::handlers::kubernetes

#include "handlers/policies/agent_token.hpp"

#include <array>
#include <string_view>

#include "app/auth/kas_jwt.hpp"
#include "app/auth/salted_digest.hpp"
#include "app/db/later_writes.hpp"
#include "app/http/authorization.hpp"
#include "app/routing/scope.hpp"
#include "handlers/stores/agents/agent_token_store.hpp"

namespace innergate::handlers::policies {
namespace {

using auth::Credential;

constexpr std::array kCredentials{
    Credential{.scheme = "agentBearer", .in = Credential::In::bearer, .field = "Authorization"},
    Credential{
        .scheme = "agentToken", .in = Credential::In::header, .field = "Gitlab-Agent-Api-Request"},
    Credential{
        .scheme = "agentkToken",
        .in = Credential::In::header,
        .field = "Gitlab-Agentk-Api-Request"},
};

std::string_view find_token(const http::Request& request) {
    const std::string_view authorization = request.single_header("Authorization").value_or("");
    for (const std::string_view scheme : {"Bearer", "Token"}) {
        if (const auto token = http::credentials_of(authorization, scheme)) {
            return *token;
        }
    }
    for (const std::string_view field : {kCredentials[1].field, kCredentials[2].field}) {
        if (const auto token = request.single_header(field); token && !token->empty()) {
            return *token;
        }
    }
    return {};
}

void remember_use(db::LaterWrites& later, const AgentToken& token, Timestamp now) {
    if (AgentTokenStore::is_use_to_remember(token, now)) {
        later.add({"cluster_agent_tokens", token.id.value}, [token, now](db::Session& session) {
            AgentTokenStore{session}.remember_use(token, now);
        });
    }
}

Result<auth::Caller> authenticate(const http::Request& request, routing::Scope& scope) {
    if (const auto is_kas = auth::require_kas(request, scope); !is_kas) {
        return tl::unexpected(is_kas.error());
    }
    const std::string_view text = find_token(request);
    if (text.empty()) {
        return failure(ErrorCode::unauthorized, "401 Unauthorized", "no agent token");
    }
    AgentTokenStore tokens{scope.thread.session};
    const auto token =
        tokens.find_active(auth::salted_digest(text, scope.thread.services.db_key_base));
    if (!token) {
        return failure(
            ErrorCode::unauthorized, "401 Unauthorized", "unknown or revoked agent token"
        );
    }
    remember_use(
        routing::shared_part<db::LaterWrites>(scope.thread.services),
        *token,
        scope.thread.services.clock.now()
    );
    return auth::Caller{auth::AgentCaller{.id = token->agent_id, .project_id = token->project_id}};
}

}  // namespace

// NOLINTNEXTLINE(cppcoreguidelines-interfaces-global-init): of the other one only the address.
constinit const auth::Policy kAgentToken{
    .name = "kas_jwt+agent_token",
    .description = "The agent server's JSON Web Token, and the token of the agent it speaks for.",
    .credentials = kCredentials,
    .authenticate = authenticate,
    .besides = &auth::kKasJwt,
};

}  // namespace innergate::handlers::policies

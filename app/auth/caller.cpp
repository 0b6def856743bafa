#include "app/auth/caller.hpp"

namespace innergate::auth {
namespace {

struct Name {
    std::string operator()(const Anonymous& /*caller*/) const { return "anonymous"; }
    std::string operator()(const ShellCaller& /*caller*/) const { return "shell"; }
    std::string operator()(const UserCaller& caller) const {
        return "user-" + std::to_string(caller.id.value);
    }
    std::string operator()(const KasCaller& /*caller*/) const { return "kas"; }
    std::string operator()(const AgentCaller& caller) const {
        return "agent-" + std::to_string(caller.id.value);
    }
    std::string operator()(const ScimCaller& caller) const {
        return "scim-" + std::to_string(caller.token_id.value);
    }
    std::string operator()(const ErrorTrackingCaller& /*caller*/) const { return "error-tracking"; }
};

}  // namespace

std::string log_name(const Caller& caller) {
    return std::visit(Name{}, caller);
}

}  // namespace innergate::auth

#include "handlers/domain/proxy_user.hpp"

#include <array>
#include <utility>

#include "app/json/reader.hpp"

namespace innergate::handlers::domain {

using git_access::Role;

tl::expected<AccessAs, std::string> access_as(const std::optional<std::string>& user_access) {
    if (!user_access) {
        return tl::unexpected<std::string>{
            "`user_access` keyword is not found in agent config file."};
    }
    const auto config = json::parse(*user_access);
    const json::Value* const given = config ? config->find("access_as") : nullptr;
    const json::Object* const ways = given == nullptr ? nullptr : given->object();
    if (ways == nullptr || ways->empty()) {
        return tl::unexpected<std::string>{
            "`access_as` is not found under the `user_access` keyword."};
    }
    if (ways->size() != 1) {
        return tl::unexpected<std::string>{
            "`access_as` must exist only once under the `user_access` keyword."};
    }
    if (ways->front().name == "agent") {
        return AccessAs::agent;
    }
    if (ways->front().name == "user") {
        return AccessAs::user;
    }
    return tl::unexpected<std::string>{"`access_as` is not found under the `user_access` keyword."};
}

std::vector<std::string_view> roles_up_to(Role role) {
    constexpr std::array<std::pair<std::string_view, Role>, 6> kRoles{{
        {"guest", Role::guest},
        {"planner", Role::planner},
        {"reporter", Role::reporter},
        {"developer", Role::developer},
        {"maintainer", Role::maintainer},
        {"owner", Role::owner},
    }};
    std::vector<std::string_view> names;
    for (const auto& [name, level] : kRoles) {
        if (level <= role) {
            names.push_back(name);
        }
    }
    return names;
}

}  // namespace innergate::handlers::domain

#include "handlers/domain/agent_grants.hpp"

#include <algorithm>
#include <cstddef>
#include <unordered_set>
#include <utility>

#include "app/ascii.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers::domain {
namespace {

constexpr std::size_t kMostGrants = 500;
constexpr std::string_view kAccessAs = "access_as";

std::string text_of(json::Object members) {
    std::string text;
    json::Writer{text}.value(json::Value{std::move(members)});
    return text;
}

std::string without_id(const json::Object& entry) {
    json::Object rest = entry;
    std::erase_if(rest, [](const json::Member& member) { return member.name == "id"; });
    return text_of(std::move(rest));
}

/// The list `name` of the section, each with the text that `config_of` makes of an entry.
template <class ConfigOf>
std::vector<AgentGrant> grants(
    const json::Value& section, std::string_view name, const ConfigOf& config_of
) {
    std::vector<AgentGrant> grants;
    const json::Value* const list = section.find(name);
    const json::Array* const entries = list == nullptr ? nullptr : list->array();
    if (entries == nullptr) {
        return grants;
    }
    std::unordered_set<std::string> known;
    const std::size_t count = std::min(entries->size(), kMostGrants);
    for (std::size_t index = 0; index < count; ++index) {
        const json::Value& entry = (*entries)[index];
        const json::Value* const id = entry.find("id");
        if (id == nullptr || id->string() == nullptr) {
            continue;
        }
        const std::string path = ascii::lower(*id->string());
        if (known.insert(path).second) {
            grants.push_back({.path = path, .config = config_of(*entry.object())});
        }
    }
    return grants;
}

}  // namespace

AgentGrants agent_grants(const json::Object& file) {
    AgentGrants configuration;
    if (const json::Value* const ci = json::find(file, "ci_access")) {
        configuration.ci_projects = grants(*ci, "projects", without_id);
        configuration.ci_groups = grants(*ci, "groups", without_id);
    }
    if (const json::Value* const user = json::find(file, "user_access")) {
        json::Object shown;
        if (const json::Value* const access_as = user->find(kAccessAs)) {
            shown.push_back({std::string{kAccessAs}, *access_as});
        }
        const std::string config = text_of(std::move(shown));
        const auto same = [&config](const json::Object& /*entry*/) -> const std::string& {
            return config;
        };
        configuration.user_projects = grants(*user, "projects", same);
        configuration.user_groups = grants(*user, "groups", same);
    }
    return configuration;
}

bool is_within(std::string_view path, std::string_view root) {
    return path.size() >= root.size() &&
           ascii::equal_ignoring_case(path.substr(0, root.size()), root) &&
           (path.size() == root.size() || path[root.size()] == '/');
}

}  // namespace innergate::handlers::domain

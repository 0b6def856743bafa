#include "handlers/domain/git_access/branch_protection_defaults.hpp"

#include "app/decimal.hpp"
#include "app/json/reader.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

/// `fallback`: the defaults do not say.
bool flag_of(const json::Value& defaults, std::string_view name, bool fallback) {
    const json::Value* const value = defaults.find(name);
    return value != nullptr && value->boolean() != nullptr ? *value->boolean() : fallback;
}

std::optional<Role> level_of(const json::Value& row) {
    const json::Value* const level = row.find("access_level");
    const json::Number* const number = level == nullptr ? nullptr : level->number();
    if (number == nullptr) {
        return std::nullopt;
    }
    const auto value = parse_decimal<int>(number->text);
    return value ? std::optional{static_cast<Role>(*value)} : std::nullopt;
}

void read_levels(const json::Value& defaults, std::string_view name, std::vector<Role>& levels) {
    const json::Value* const value = defaults.find(name);
    if (value == nullptr || value->array() == nullptr) {
        return;
    }
    levels.clear();
    for (const json::Value& row : *value->array()) {
        if (const std::optional<Role> level = level_of(row)) {
            levels.push_back(*level);
        }
    }
}

}  // namespace

std::optional<BranchProtectionDefaults> parse_branch_protection_defaults(std::string_view text) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto parsed = json::parse(text);
    if (!parsed || parsed->object() == nullptr || parsed->object()->empty()) {
        return std::nullopt;
    }
    BranchProtectionDefaults defaults;
    read_levels(*parsed, "allowed_to_push", defaults.allowed_to_push);
    read_levels(*parsed, "allowed_to_merge", defaults.allowed_to_merge);
    defaults.allow_force_push = flag_of(*parsed, "allow_force_push", defaults.allow_force_push);
    defaults.developer_can_initial_push =
        flag_of(*parsed, "developer_can_initial_push", defaults.developer_can_initial_push);
    return defaults;
}

}  // namespace innergate::handlers::domain::git_access

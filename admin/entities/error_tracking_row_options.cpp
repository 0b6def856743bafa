#include "admin/entities/error_tracking_row_options.hpp"

#include <array>

#include "admin/entities/row_fills.hpp"

namespace innergate::admin {
namespace {

using rows::EntityName;
using Need = AddOption::Need;

constexpr std::array kKeyAdd{
    AddOption{
        "--project",
        "Full path or id of the project whose errors come with it",
        Need::required,
        "project_id",
        fill_project},
    AddOption{"--public-key", "The key; else a new one", Need::optional, "public_key", fill_text},
    AddOption{"--inactive", "Errors with it are not taken", Need::flag, "active", fill_false},
};

constexpr std::array kOfKey{
    ListOption{"--project", "Only this project's", "project_id", EntityName::project},
};

constexpr std::array kCommands{
    EntityCommands{
        EntityName::error_tracking_key,
        "error-tracking-key",
        "What programs send with their errors",
        "id",
        kKeyAdd,
        kOfKey},
};

}  // namespace

std::span<const EntityCommands> error_tracking_entity_commands() {
    return kCommands;
}

}  // namespace innergate::admin

#include "admin/commands/agent_event_commands.hpp"

#include <memory>
#include <string>

#include "admin/commands/context.hpp"
#include "admin/entities/row_listing.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace innergate::admin {
namespace {

constexpr EntityCommands kEvents{
    .entity = rows::EntityName::agent_event,
    .name = "agent event",
    .description = {},
    .reference = "id",
    .add = {},
    .list = {}};

void list(Context& context, const EntityCommands& agents, const std::string& reference) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto agent = rows::EntityRows{*database, agents.entity}.find(reference);
    if (!agent) {
        context.fail(fmt::format("there is no {} {}", agents.name, reference));
        return;
    }
    print_list(context, *database, kEvents, {{"agent_id", *agent}});
}

}  // namespace

void register_agent_events(CLI::App& parent, Context& context, const EntityCommands& commands) {
    CLI::App* const command = parent.add_subcommand(
        "events", "List what happened with one and its tokens, the newest last"
    );
    const auto reference = std::make_shared<std::string>();
    command->add_option("WHICH", *reference, std::string{commands.reference})->required();
    command->callback([reference, &context, &commands] { list(context, commands, *reference); });
}

}  // namespace innergate::admin

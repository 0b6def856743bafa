#include "admin/commands/agent_event_commands.hpp"

#include <memory>
#include <string>

#include "admin/commands/context.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/row_listing.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace innergate::admin {
namespace {

void list(Context& context, const Entity& agents, const std::string& reference) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto agent = rows::EntityRows{*database, agents}.find(reference);
    if (!agent) {
        context.fail(fmt::format("there is no {} {}", agents.name, reference));
        return;
    }
    print_list(context, *database, entities::kAgentEvent, {{"agent_id", *agent}});
}

}  // namespace

void register_agent_events(CLI::App& parent, Context& context, const Entity& entity) {
    CLI::App* const command = parent.add_subcommand(
        "events", "List what happened with one and its tokens, the newest last"
    );
    const auto reference = std::make_shared<std::string>();
    command->add_option("WHICH", *reference, std::string{entity.reference})->required();
    command->callback([reference, &context, &entity] { list(context, entity, *reference); });
}

}  // namespace innergate::admin

#include "admin/commands/agent_token_commands.hpp"

#include <memory>
#include <string>

#include "admin/commands/context.hpp"
#include "admin/entities/entity.hpp"
#include "admin/entities/row_listing.hpp"
#include "admin/entities/rows/agent_token_rows.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/clock.hpp"

namespace innergate::admin {
namespace {

void revoke(Context& context, const Entity& entity, const std::string& reference) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto id = rows::EntityRows{*database, entity}.find(reference);
    if (!id) {
        context.fail(fmt::format("there is no {} {}", entity.name, reference));
        return;
    }
    rows::revoke_agent_token(*database, *id, SystemClock{}.now());
    print_row(context, *database, entity, *id);
}

}  // namespace

void register_agent_token_revocation(CLI::App& parent, Context& context, const Entity& entity) {
    CLI::App* const command =
        parent.add_subcommand("revoke", "Make one void at once, and keep its row");
    const auto reference = std::make_shared<std::string>();
    command->add_option("WHICH", *reference, std::string{entity.reference})->required();
    command->callback([reference, &context, &entity] { revoke(context, entity, *reference); });
}

}  // namespace innergate::admin

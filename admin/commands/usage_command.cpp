#include "admin/commands/usage_command.hpp"

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

void list(Context& context) {
    if (Database* const database = context.database()) {
        print_list(context, *database, entities::kUsage, {});
    }
}

void show(Context& context, const std::string& event) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto number = rows::EntityRows{*database, entities::kUsage}.find_called(event);
    if (!number) {
        context.fail(fmt::format("nothing was counted of {}", event));
        return;
    }
    print_list(context, *database, entities::kUsage, {{"event_number", *number}});
}

}  // namespace

void register_usage(CLI::App& app, Context& context) {
    CLI::App* const parent = app.add_subcommand(
        "usage", "What kas counted: totals, and who or what was seen in each week"
    );
    parent->require_subcommand(1);
    parent->add_subcommand("list", "List all events")->callback([&context] { list(context); });
    CLI::App* const showing = parent->add_subcommand("show", "List one event's total and weeks");
    const auto event = std::make_shared<std::string>();
    showing->add_option("EVENT", *event, "Its name")->required();
    showing->callback([event, &context] { show(context, *event); });
}

}  // namespace innergate::admin

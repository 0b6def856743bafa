#include "admin/commands/export_command.hpp"

#include <memory>
#include <string>
#include <vector>

#include "admin/commands/context.hpp"
#include "admin/import/export.hpp"
#include <CLI/CLI.hpp>

namespace innergate::admin {

void register_export(CLI::App& app, Context& context) {
    const auto tables = std::make_shared<std::vector<std::string>>();
    CLI::App* const command = app.add_subcommand(
        "export",
        "Print the database, or some tables, as JSON that import takes. Plain secrets are not in "
        "it, their digests are: keep it as safe as the database."
    );
    command->add_option("TABLE", *tables, "Only these tables");
    command->callback([tables, &context] {
        Database* const database = context.database();
        if (database == nullptr) {
            return;
        }
        if (const auto done = export_document(*database, *tables, context.out); !done) {
            context.fail(done.error());
        }
    });
}

}  // namespace innergate::admin

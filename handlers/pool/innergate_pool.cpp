// innergate-pool: one FastCGI worker pool. Reads the command line and decides what to do; the rest
// is in pool_process.
#include <exception>
#include <iostream>
#include <string>
#include <unistd.h>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/log/output.hpp"
#include "app/manual/manual_texts.hpp"
#include "app/manual/program_page.hpp"
#include "app/routing/reply_listing.hpp"
#include "app/routing/route_listing.hpp"
#include "app/settings/command_line.hpp"
#include "app/settings/load.hpp"
#include "handlers/path_tables.hpp"
#include "handlers/pool/pool_process.hpp"

namespace innergate::programs {
namespace {

constexpr int kUsage = 2;

struct Choice {
    std::string pool;
    std::string listen;
    std::string routes_format;
    bool prints_routes = false;
    bool prints_openapi = false;
    bool only_checks = false;
};

void describe(CLI::App& app, Choice& choice) {
    app.set_version_flag("--version", INNERGATE_VERSION);
    manual::add_documents(app, manual::pool_manual());
    app.add_option("--pool", choice.pool, "Which pool to run")
        ->required()
        ->type_name("internal|public")
        ->check(CLI::IsMember({"internal", "public"}));
    app.add_option(
           "--listen",
           choice.listen,
           "Where to listen: unix:PATH or HOST:PORT (default: the pool's setting, else descriptor "
           "0)"
    )
        ->type_name("ADDRESS");
    app.add_flag("--check-config", choice.only_checks, "Check settings and secrets, then exit");
    app.add_option(
           "--print-routes",
           choice.routes_format,
           "Print the pool's routes: a table, json or markdown; limits: what they take at most; "
           "replies: what they answer"
    )
        ->expected(0, 1)
        ->type_name("[json|markdown|limits|replies]")
        ->check(CLI::IsMember({"json", "markdown", "limits", "replies"}));
    app.add_flag("--openapi", choice.prints_openapi, "Print the pool's OpenAPI 3.1 document");
}

void print_tables(const Choice& choice, settings::PoolName pool) {
    const routing::PathTable table = handlers::path_table(pool);
    if (choice.prints_openapi) {
        std::cout << handlers::openapi_document(pool);
    } else if (choice.routes_format == "json") {
        std::cout << routing::routes_as_json(table);
    } else if (choice.routes_format == "markdown") {
        std::cout << routing::routes_as_markdown(table, choice.pool);
    } else if (choice.routes_format == "limits") {
        std::cout << routing::limits_as_markdown(table, choice.pool);
    } else if (choice.routes_format == "replies") {
        std::cout << routing::replies_as_markdown(table);
    } else {
        std::cout << routing::routes_as_text(table);
    }
}

tl::expected<PoolConfiguration, std::string> configure(
    settings::PoolName pool, const settings::Sources& sources
) {
    auto settings = settings::load(sources);
    if (settings) {
        return configure_pool(pool, std::move(*settings));
    }
    std::string faults;
    for (const settings::Fault& fault : settings.error()) {
        faults += settings::to_string(fault) + "\n";
    }
    return tl::unexpected(std::move(faults));
}

/// Whether anybody reads it or not.
void tell(const std::string& text) {
    log::write_text(STDERR_FILENO, "innergate-pool: " + text);
}

int run(const Choice& choice, const settings::CommandLine& command_line) {
    const auto pool =
        choice.pool == "internal" ? settings::PoolName::internal : settings::PoolName::public_;
    if (choice.prints_routes || choice.prints_openapi) {
        print_tables(choice, pool);
        return 0;
    }
    settings::Sources sources = command_line.sources();
    if (!choice.listen.empty()) {
        sources.options["pool." + choice.pool + ".listen"] = choice.listen;
    }
    auto configuration = configure(pool, sources);
    if (!configuration) {
        tell("cannot start:\n" + configuration.error());
        return kUsage;
    }
    if (choice.only_checks) {
        std::cout << "configuration of the " << choice.pool << " pool is good\n";
        return 0;
    }
    return run_pool(std::move(*configuration), [pool, sources] {
        return configure(pool, sources);
    });
}

}  // namespace
}  // namespace innergate::programs

int main(int argc, char** argv) {
    namespace programs = innergate::programs;
    try {
        CLI::App app{
            "One FastCGI worker pool of innergate: serves the internal or the public API."};
        programs::Choice choice;
        programs::describe(app, choice);
        const innergate::settings::CommandLine command_line{app};
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? 0 : programs::kUsage;
        }
        choice.prints_routes = app.count("--print-routes") > 0;
        return programs::run(choice, command_line);
    } catch (const std::exception& error) {
        programs::tell(std::string{error.what()} + "\n");
        return 1;
    }
}

#include "app/manual/program_page.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/manual/bash_completion.hpp"
#include "app/manual/options.hpp"
#include "app/manual/roff.hpp"

namespace innergate::manual {
namespace {

void add_options(Page& page, const CLI::App& command) {
    for (const OptionText& option : options_of(command)) {
        if (option.is_setting) {
            continue;
        }
        page.entry(
            fmt::format(
                "{}{}{}",
                fmt::join(option.names, ", "),
                option.value.empty() ? "" : " ",
                option.value
            ),
            fmt::format("{}{}", option.description, option.is_required ? " (required)" : "")
        );
    }
}

/// Each command that does something, under its whole name.
void add_commands(Page& page, const CLI::App& parent, const std::string& path) {
    for (const CLI::App* const command : subcommands_of(parent)) {
        const std::string name = path + command->get_name();
        if (!subcommands_of(*command).empty()) {
            add_commands(page, *command, name + " ");
            continue;
        }
        page.subheading(name);
        page.paragraph(fmt::format("{}.", command->get_description()));
        add_options(page, *command);
    }
}

}  // namespace

std::string program_page(const CLI::App& app, const Program& program) {
    const bool has_commands = !subcommands_of(app).empty();
    Page page{program.name, program.section, program.summary};
    page.heading("SYNOPSIS");
    page.paragraph(fmt::format("{}{} [OPTIONS]", program.name, has_commands ? " COMMAND" : ""));
    page.heading("DESCRIPTION");
    page.paragraph(app.get_description());
    page.heading("OPTIONS");
    add_options(page, app);
    page.paragraph(
        "Each setting is an option too: limits.max_body_bytes is --limits-max-body-bytes. See "
        "innergate.conf(5)."
    );
    if (has_commands) {
        page.heading("COMMANDS");
        add_commands(page, app, "");
    }
    for (const Part& part : program.parts) {
        page.heading(part.heading);
        if (!part.text.empty()) {
            page.paragraph(part.text);
        }
        for (const Entry& entry : part.entries) {
            page.entry(entry.term, entry.text);
        }
    }
    return page.text();
}

void add_documents(CLI::App& app, const Program& program) {
    // As --version does: CLI11 prints the text of this and ends, whatever else is required.
    app.add_flag_callback(
           "--print-manual",
           [&app, &program] { throw CLI::CallForVersion(program_page(app, program), 0); }
    )->group("");
    app.add_flag_callback(
           "--print-completion",
           [&app, &program] { throw CLI::CallForVersion(bash_completion(app, program.name), 0); }
    )->group("");
}

}  // namespace innergate::manual

#include "admin/commands/settings_command.hpp"

#include <memory>
#include <string_view>

#include "admin/commands/context.hpp"
#include <CLI/CLI.hpp>

#include "app/manual/settings_page.hpp"
#include "app/settings/describe.hpp"

namespace innergate::admin {
namespace {

constexpr std::string_view kIntroduction = R"(# Configuration

Both pools and `innergate-admin` read the same settings. A value given on the command line wins over one
in the environment, which wins over the file:

| Where | How it looks |
|---|---|
| file, `/etc/innergate/innergate.conf` or `--config FILE` | `[limits]` … `max_body_bytes = 64m` |
| environment | `INNERGATE_LIMITS_MAX_BODY_BYTES=64m` |
| command line | `--limits-max-body-bytes 64m` |

`innergate-pool --pool internal --check-config` reads everything, checks it and starts nothing. All faults
are reported at once, each with its key, its value, where it stands and what is wrong with it; the exit
status is 2. Unknown keys are faults: a misspelt setting would otherwise be a silent default.

Secrets are never settings. Settings name the files they stand in; a file that others may read, or that is
empty, stops the start. A program that may not read such a file takes the one of the same name in
`$CREDENTIALS_DIRECTORY`, where systemd puts what a unit's `LoadCredential=` names: so the same settings serve
the units and an `innergate-admin` run by root. Sizes take `k`, `m` and `g` (1024 each). An example with every key stands in
`systemd/innergate.conf`.

`innergate-admin settings --markdown` prints this page, `--example` the file; a test keeps both equal to the
program.
)";

struct Choice {
    bool prints_example = false;
    bool prints_markdown = false;
    bool prints_manual = false;
};

}  // namespace

void register_settings(CLI::App& app, Context& context) {
    const auto choice = std::make_shared<Choice>();
    CLI::App* const command =
        app.add_subcommand("settings", "Print what can be configured, without reading it");
    CLI::Option_group* const form = command->add_option_group("Form");
    form->add_flag(
        "--example", choice->prints_example, "A settings file with every key and its default"
    );
    form->add_flag(
        "--markdown", choice->prints_markdown, "The page of the documentation on settings"
    );
    form->add_flag("--manual", choice->prints_manual, "The man page innergate.conf(5)");
    form->require_option(1);
    command->callback([choice, &context] {
        if (choice->prints_example) {
            context.out << settings::example_file();
        } else if (choice->prints_manual) {
            context.out << manual::settings_page();
        } else {
            context.out << kIntroduction << settings::markdown();
        }
    });
}

}  // namespace innergate::admin

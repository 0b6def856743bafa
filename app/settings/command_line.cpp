#include "app/settings/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/settings/keys.hpp"

namespace innergate::settings {

CommandLine::CommandLine(CLI::App& app) {
    app.add_option("--config", file_, fmt::format("Settings file (default: {})", kDefaultFile))
        ->type_name("FILE");
    const Settings defaults;
    for (const Key& key : keys()) {
        const std::string dotted = key.dotted();
        app.add_option_function<std::string>(
               key.option(),
               [this, dotted](const std::string& value) { options_[dotted] = value; },
               fmt::format("{} [{}]", key.doc, key.show(defaults))
        )
            ->type_name(key.form)
            ->group(fmt::format("Settings: {}", key.section));
    }
}

Sources CommandLine::sources() const {
    return {.file = file_, .options = options_, .environment = process_environment};
}

}  // namespace innergate::settings

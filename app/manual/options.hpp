// The options of a command line as its documents show them, read off CLI11's declarations.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace innergate::manual {

struct OptionText {
    std::vector<std::string> names;    ///< `-h`, `--help`; one without dashes: it is positional
    std::string value;                 ///< what a value looks like; empty: it takes none
    std::vector<std::string> choices;  ///< the values there are; empty: any
    std::string description;
    bool is_required = false;
    bool is_setting = false;  ///< one of the settings' keys
};

/// The options of a command itself, its option groups included, in the order of their declaration.
/// Hidden ones are left out.
[[nodiscard]] std::vector<OptionText> options_of(const CLI::App& command);

/// The subcommands without the option groups, which CLI11 keeps among them.
[[nodiscard]] std::vector<const CLI::App*> subcommands_of(const CLI::App& command);

}  // namespace innergate::manual

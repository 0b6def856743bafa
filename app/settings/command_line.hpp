// The settings' side of a program's command line: --config and one option per key.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/settings/load.hpp"

namespace CLI {
class App;
}

namespace innergate::settings {

/// Registers the options; afterwards sources() holds what was given. Must outlive the parsing.
class CommandLine {
public:
    explicit CommandLine(CLI::App& app);
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    /// With the process's environment.
    [[nodiscard]] Sources sources() const;

private:
    std::optional<std::string> file_;
    std::map<std::string, std::string> options_;
};

}  // namespace innergate::settings

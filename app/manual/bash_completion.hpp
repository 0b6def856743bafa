// Completion of a program's command line in bash, from its declaration.
#pragma once

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace innergate::manual {

/// A file for /usr/share/bash-completion/completions: subcommands, options, and values where there
/// are only certain ones; files elsewhere.
[[nodiscard]] std::string bash_completion(const CLI::App& app, std::string_view program);

}  // namespace innergate::manual

// The man page of a program, from the declaration of its command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace innergate::manual {

struct Entry {
    std::string_view term;
    std::string_view text;
};

/// What the command line does not say about itself.
struct Part {
    std::string_view heading;
    std::string_view text;  ///< may be empty
    std::vector<Entry> entries;
};

struct Program {
    std::string_view name;
    unsigned section = 1;
    std::string_view summary;
    std::vector<Part> parts;  ///< behind the options
};

/// Settings are left out: they have a page of their own.
[[nodiscard]] std::string program_page(const CLI::App& app, const Program& program);

/// Adds options that print what a package is made with: the man page and the completion for bash.
/// No help shows these options. `app` and `program` outlive the parsing.
void add_documents(CLI::App& app, const Program& program);

}  // namespace innergate::manual

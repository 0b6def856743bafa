#include "app/settings/describe.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "app/settings/keys.hpp"

namespace innergate::settings {
namespace {

constexpr std::string_view kAboutStorages =
    "Each further storage has a section [storage.NAME] with the same keys; the name is the one in "
    "the "
    "projects' rows, of letters, digits and _-. characters. The environment "
    "(INNERGATE_STORAGE_NAME_PATH) is read for the storages that the file names, the command line "
    "knows the default storage only.";

/// `|` ends a table cell in Markdown, even in code.
std::string cell(std::string text) {
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
        text.insert(at, "\\");
    }
    return text;
}

/// Words broken into comment lines.
std::string as_comment(const std::string& text) {
    constexpr std::size_t kWidth = 96;
    std::string comment = "#";
    std::size_t column = 1;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        if (column + 1 + (end - start) > kWidth) {
            comment += "\n#";
            column = 1;
        }
        comment += ' ';
        comment += text.substr(start, end - start);
        column += 1 + (end - start);
        start = end + 1;
    }
    return comment + "\n";
}

}  // namespace

std::string example_file() {
    const Settings defaults;
    std::string text =
        "# Settings of innergate. Each key can also be given in the environment "
        "(INNERGATE_SECTION_KEY) and\n"
        "# on the command line (--section-key), which win over this file. Values shown are the "
        "defaults.\n";
    std::string section;
    for (const Key& key : keys()) {
        if (key.section != section) {
            section = key.section;
            text += fmt::format("\n[{}]\n", section);
            if (section.starts_with(kStorageSection)) {
                text += as_comment(std::string{kAboutStorages}) + "\n";
            }
        }
        text += as_comment(fmt::format("{} ({})", key.doc, key.form));
        text += fmt::format("#{} = {}\n", key.name, key.show(defaults));
    }
    return text;
}

std::string markdown() {
    const Settings defaults;
    std::string text;
    std::string section;
    for (const Key& key : keys()) {
        if (key.section != section) {
            section = key.section;
            text += fmt::format("\n## [{}]\n\n", section);
            if (section.starts_with(kStorageSection)) {
                text += fmt::format("{}\n\n", kAboutStorages);
            }
            text += "| Key | Value | Default | Meaning |\n|---|---|---|---|\n";
        }
        const std::string standard = key.show(defaults);
        text += fmt::format(
            "| `{}` | {} | {} | {} |\n",
            key.name,
            cell(key.form),
            standard.empty() ? "empty" : "`" + standard + "`",
            cell(key.doc)
        );
    }
    return text;
}

}  // namespace innergate::settings

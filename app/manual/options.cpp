#include "app/manual/options.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

namespace innergate::manual {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> words;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        words.emplace_back(text.substr(start, end - start));
        start = end + 1;
    }
    return words;
}

/// `on|off` names values, `unix:PATH|HOST:PORT` forms of them.
bool names_values(std::string_view form) {
    return form.find('|') != std::string_view::npos &&
           std::ranges::all_of(form, [](char character) {
               return (character >= 'a' && character <= 'z') || character == '|';
           });
}

/// From the name of its type, behind which CLI11 writes the values that a check allows:
/// `TEXT:{a,b}`.
void describe_value(const CLI::Option& option, OptionText& text) {
    if (option.get_expected_max() == 0) {
        return;
    }
    const std::string type = option.get_type_name();
    const std::size_t brace = type.find(":{");
    text.value = type.substr(0, brace);
    if (brace != std::string::npos) {
        const std::string_view inside{type};
        text.choices = split(inside.substr(brace + 2, inside.find('}') - brace - 2), ',');
    } else if (names_values(text.value)) {
        text.choices = split(text.value, '|');
    }
    if (text.value == "TEXT" && !text.choices.empty()) {
        text.value.clear();
        for (const std::string& choice : text.choices) {
            text.value += (text.value.empty() ? "" : "|") + choice;
        }
    }
}

OptionText describe(const CLI::Option& option) {
    OptionText text;
    if (option.get_positional()) {
        text.names.push_back(option.get_name(true));
    } else {
        text.names = split(option.get_name(false, true), ',');
        describe_value(option, text);
    }
    text.description = option.get_description();
    text.is_required = option.get_required();
    text.is_setting = option.get_group().starts_with("Settings: ");
    return text;
}

std::vector<const CLI::App*> children_of(const CLI::App& command) {
    return command.get_subcommands([](const CLI::App* /*any*/) { return true; });
}

}  // namespace

std::vector<OptionText> options_of(const CLI::App& command) {
    std::vector<OptionText> texts;
    for (const CLI::Option* const option : command.get_options()) {
        // An option group has its parent's --help once more.
        const bool is_repeated = command.get_name().empty() && command.get_parent() != nullptr &&
                                 option == command.get_help_ptr();
        if (!option->get_group().empty() && !is_repeated) {
            texts.push_back(describe(*option));
        }
    }
    for (const CLI::App* const child : children_of(command)) {
        if (child->get_name().empty()) {
            std::ranges::move(options_of(*child), std::back_inserter(texts));
        }
    }
    return texts;
}

std::vector<const CLI::App*> subcommands_of(const CLI::App& command) {
    std::vector<const CLI::App*> found = children_of(command);
    std::erase_if(found, [](const CLI::App* child) { return child->get_name().empty(); });
    return found;
}

}  // namespace innergate::manual

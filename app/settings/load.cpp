#include "app/settings/load.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include <boost/property_tree/ini_parser.hpp>
#include <boost/property_tree/ptree.hpp>
#include <fmt/format.h>

#include "app/blank.hpp"
#include "app/settings/keys.hpp"

namespace innergate::settings {
namespace {

/// A setting that had another name once.
struct RenamedKey {
    std::string_view dotted;
    std::string_view environment_variable;
    std::string_view dotted_now;
};

constexpr std::array kRenamed{RenamedKey{
    "checks.empty_repository", "INNERGATE_CHECKS_EMPTY_REPOSITORY", "checks.repository_state"}};

std::string unknown_key(std::string_view dotted) {
    const auto* const renamed = std::ranges::find(kRenamed, dotted, &RenamedKey::dotted);
    return renamed == kRenamed.end() ? std::string{"there is no such setting"}
                                     : fmt::format("is called {} now", renamed->dotted_now);
}

std::string trimmed(const std::string& text) {
    return std::string{stripped(text, " \t\r")};
}

class Loader {
public:
    void assign(const std::string& dotted, const std::string& value, std::string place) {
        const auto key = find_key(dotted);
        if (!key) {
            faults_.push_back({dotted, "(hidden)", std::move(place), unknown_key(dotted)});
        } else if (auto reason = key->assign(settings_, value)) {
            refuse(*key, value, std::move(place), std::move(*reason));
        } else {
            places_[dotted] = std::move(place);
        }
    }

    void refuse(const Key& key, const std::string& value, std::string place, std::string reason) {
        const bool is_hidden = key.disclosure == Disclosure::redacted;
        faults_.push_back(
            {key.dotted(), is_hidden ? "(hidden)" : value, std::move(place), std::move(reason)}
        );
    }

    void fail(std::string place, std::string reason) {
        faults_.push_back({"", "", std::move(place), std::move(reason)});
    }

    /// Each storage that a source has named so far.
    [[nodiscard]] std::vector<std::string> storages() const {
        std::vector<std::string> names;
        for (const auto& [name, storage] : settings_.storages) {
            names.push_back(name);
        }
        return names;
    }

    /// What no value by itself can show.
    void check_storages() {
        for (auto& [name, storage] : settings_.storages) {
            const std::string section = std::string{kStorageSection} + name;
            const auto inspector = places_.find(section + ".inspector");
            storage.is_gitaly_address_written = places_.contains(section + ".gitaly_address");
            if (storage.inspector == Inspector::local && storage.path.empty() &&
                inspector != places_.end()) {
                faults_.push_back(
                    {inspector->first,
                     std::string{to_string(Inspector::local)},
                     inspector->second,
                     fmt::format("needs {}.path", section)}
                );
            }
        }
    }

    /// The second pool to start would take the socket away from the first, or not start.
    void check_listeners() {
        const auto internal = places_.find("pool.internal.listen");
        const auto outer = places_.find("pool.public.listen");
        if (internal == places_.end() || outer == places_.end()) {
            return;
        }
        const std::string& address = settings_.pools.at(PoolName::public_).listen;
        if (!address.empty() && address == settings_.pools.at(PoolName::internal).listen) {
            faults_.push_back(
                {outer->first,
                 address,
                 outer->second,
                 fmt::format("is that of {} too, at {}", internal->first, internal->second)}
            );
        }
    }

    /// Whichever won would surprise somebody.
    void check_database() {
        const auto url = places_.find("database.url");
        const auto file = places_.find("database.url_file");
        if (url != places_.end() && file != places_.end() && !settings_.database.url_file.empty()) {
            faults_.push_back(
                {file->first,
                 settings_.database.url_file,
                 file->second,
                 fmt::format("{} is set too, at {}", url->first, url->second)}
            );
        }
    }

    tl::expected<Settings, std::vector<Fault>> result() {
        if (!faults_.empty()) {
            return tl::unexpected(std::move(faults_));
        }
        return std::move(settings_);
    }

private:
    Settings settings_;
    std::vector<Fault> faults_;
    std::map<std::string, std::string> places_;  ///< dotted key to where its value stands
};

struct Assignment {
    std::string dotted;
    std::string value;
};

/// Reads a file line by line: the parser gives up at its first error and keeps no line numbers, and
/// an operator wants all faults, each with its line. So each line is parsed for itself, below the
/// header of its section.
class FileReader {
public:
    FileReader(Loader& loader, std::string path) : loader_(loader), path_(std::move(path)) {}

    void read(const std::string& text) {
        std::istringstream lines{text};
        for (std::string line; std::getline(lines, line);) {
            ++number_;
            if (trimmed(line).starts_with('[')) {
                enter_section(trimmed(line));
            } else {
                read_assignment(line);
            }
        }
    }

private:
    void enter_section(const std::string& header) {
        is_section_known_ = header.ends_with(']');
        header_ = is_section_known_ ? header : "";
        if (!is_section_known_) {
            loader_.fail(place(), "a section stands alone on its line, as in [limits]");
        }
    }

    void read_assignment(const std::string& line) {
        std::optional<Assignment> assignment;
        try {
            assignment = parse(line);
        } catch (const boost::property_tree::ini_parser_error&) {
            loader_.fail(place(), "is no comment, no [section] and no key = value");
        }
        // Whose keys stand below a broken header nobody knows: of them only the form is looked at.
        if (!assignment || !is_section_known_) {
            return;
        }
        const auto [first, is_new] = lines_.emplace(assignment->dotted, number_);
        const auto key = find_key(assignment->dotted);
        if (is_new || !key) {
            loader_.assign(assignment->dotted, assignment->value, place());
        } else {
            loader_.refuse(
                *key,
                assignment->value,
                place(),
                fmt::format("is set on line {} already", first->second)
            );
        }
    }

    /// Nothing for a comment or an empty line.
    [[nodiscard]] std::optional<Assignment> parse(const std::string& line) const {
        std::istringstream stream{header_ + "\n" + line};
        boost::property_tree::ptree tree;
        boost::property_tree::read_ini(stream, tree);
        if (tree.empty()) {
            return std::nullopt;
        }
        const auto& [outer, content] = tree.front();
        if (header_.empty()) {
            return Assignment{outer, content.data()};
        }
        if (content.empty()) {
            return std::nullopt;
        }
        const auto& [name, value] = content.front();
        return Assignment{outer + "." + name, value.data()};
    }

    [[nodiscard]] std::string place() const { return fmt::format("{}:{}", path_, number_); }

    Loader& loader_;
    std::string path_;
    std::size_t number_ = 0;
    std::string header_;
    bool is_section_known_ = true;
    std::map<std::string, std::size_t> lines_;
};

std::optional<std::string> read_whole(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        return std::nullopt;
    }
    const std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return file.is_open() && !text.bad() ? std::optional{text.str()} : std::nullopt;
}

/// A file that may be there behind a folder we must not look into is not absent.
bool is_absent(std::string_view path) {
    std::error_code error;
    return std::filesystem::status(path, error).type() == std::filesystem::file_type::not_found;
}

void load_file(Loader& loader, const std::string& path) {
    if (const auto text = read_whole(path)) {
        FileReader{loader, path}.read(*text);
    } else {
        loader.fail(path, "cannot be read");
    }
}

void load_environment(Loader& loader, const Sources& sources) {
    const auto load_keys = [&](std::span<const Key> keys) {
        for (const Key& key : keys) {
            const std::string variable = key.environment_variable();
            if (const auto value = sources.environment(variable)) {
                loader.assign(key.dotted(), *value, variable);
            }
        }
    };
    load_keys(keys());
    for (const RenamedKey& key : kRenamed) {
        const std::string variable{key.environment_variable};
        if (const auto value = sources.environment(variable)) {
            loader.assign(std::string{key.dotted}, *value, variable);
        }
    }
    // A variable's name does not say where that of a storage ends: the file has to name it.
    for (const std::string& storage : loader.storages()) {
        if (storage != kDefaultStorage) {
            load_keys(storage_keys(storage));
        }
    }
}

}  // namespace

std::string to_string(const Fault& fault) {
    if (fault.key.empty()) {
        return fmt::format("{}: {}", fault.place, fault.reason);
    }
    return fmt::format("{}: {} = '{}': {}", fault.place, fault.key, fault.value, fault.reason);
}

tl::expected<Settings, std::vector<Fault>> load(const Sources& sources) {
    Loader loader;
    if (sources.file) {
        load_file(loader, *sources.file);
    } else if (!is_absent(kDefaultFile)) {
        load_file(loader, std::string{kDefaultFile});
    }
    if (sources.environment) {
        load_environment(loader, sources);
    }
    for (const auto& [dotted, value] : sources.options) {
        const auto key = find_key(dotted);
        loader.assign(dotted, value, key ? key->option() : dotted);
    }
    loader.check_storages();
    loader.check_database();
    loader.check_listeners();
    return loader.result();
}

std::optional<std::string> process_environment(const std::string& name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here sets a variable.
    const char* const value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional{std::string{value}};
}

}  // namespace innergate::settings

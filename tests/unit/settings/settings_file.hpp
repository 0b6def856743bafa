// Settings that a test writes down.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>

#include "app/settings/load.hpp"

namespace innergate::settings {

/// A file that is gone with the test.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& text)
        : path_(
              std::filesystem::temp_directory_path() /
              ("innergate-settings-" + std::to_string(::getpid()) + ".conf")
          ) {
        std::ofstream{path_} << text;
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { std::filesystem::remove(path_); }

    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

inline std::function<std::optional<std::string>(const std::string&)> environment_of(
    std::map<std::string, std::string> variables
) {
    return
        [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional{found->second};
        };
}

/// The faults of a file as text, one per line, with the file's name left out.
inline std::string faults_of(const std::string& text) {
    const TemporaryFile file{text};
    const auto settings = load({.file = file.path(), .options = {}, .environment = {}});
    if (settings) {
        return "none";
    }
    std::string lines;
    for (const Fault& fault : settings.error()) {
        lines += to_string(fault).substr(file.path().size()) + "\n";
    }
    return lines;
}

}  // namespace innergate::settings

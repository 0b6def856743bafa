// A folder with executables, for tests of what runs them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace innergate::test {

/// Removed with all that is in it.
class HookFiles {
public:
    HookFiles() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "innergate-hooks-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw std::runtime_error{"cannot make a temporary folder"};
        }
        folder_ = pattern;
    }
    HookFiles(const HookFiles&) = delete;
    HookFiles& operator=(const HookFiles&) = delete;
    ~HookFiles() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

    std::filesystem::path file(std::string_view name, std::string_view text) {
        const std::filesystem::path path = folder_ / name;
        std::ofstream{path} << text;
        return path;
    }

    /// A shell script that may be executed.
    std::filesystem::path script(std::string_view name, std::string_view body) {
        const std::filesystem::path path = file(name, "#!/bin/sh\n" + std::string{body} + "\n");
        std::filesystem::permissions(path, std::filesystem::perms{0755});
        return path;
    }

    [[nodiscard]] std::string read(std::string_view name) const {
        std::ifstream stream{folder_ / name};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }

private:
    std::filesystem::path folder_;
};

}  // namespace innergate::test

#include "tests/support/gitaly/git_command.hpp"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <spawn.h>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace innergate::test {
namespace {

/// What a child reads or writes, in memory: no pipe can fill up and block either side.
class MemoryFile {
public:
    explicit MemoryFile(const std::string& text = "")
        : descriptor_(::memfd_create("git", MFD_CLOEXEC)) {
        if (descriptor_ < 0 ||
            ::write(descriptor_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
            throw std::runtime_error{"no file in memory"};
        }
        ::lseek(descriptor_, 0, SEEK_SET);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(descriptor_); }

    [[nodiscard]] int descriptor() const { return descriptor_; }

    [[nodiscard]] std::string text() const {
        const off_t size = ::lseek(descriptor_, 0, SEEK_END);
        std::string text(static_cast<std::size_t>(size), '\0');
        if (::pread(descriptor_, text.data(), text.size(), 0) != size) {
            throw std::runtime_error{"cannot read what git printed"};
        }
        return text;
    }

private:
    int descriptor_;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

GitResult run_git(
    const std::filesystem::path& repository,
    const std::vector<std::string>& arguments,
    const std::vector<std::string>& variables,
    const std::string& input
) {
    const MemoryFile in{input};
    const MemoryFile out;
    const MemoryFile errors;
    std::vector<std::string> words{"git", "--git-dir=" + repository.native()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here sets a variable.
    const char* const path = std::getenv("PATH");
    std::vector<std::string> environment{
        "GIT_CONFIG_NOSYSTEM=1",
        "GIT_CONFIG_GLOBAL=/dev/null",
        "GIT_CONFIG_COUNT=1",
        "GIT_CONFIG_KEY_0=safe.directory",
        "GIT_CONFIG_VALUE_0=*",
        fmt::format("PATH={}", path == nullptr ? "/usr/bin:/bin" : path)};
    environment.insert(environment.end(), variables.begin(), variables.end());
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.descriptor(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.descriptor(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.descriptor(), STDERR_FILENO);
    pid_t id = -1;
    const int spawned = ::posix_spawnp(
        &id, "git", &actions, nullptr, pointers(words).data(), pointers(environment).data()
    );
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (spawned != 0 || ::waitpid(id, &status, 0) != id) {
        throw std::runtime_error{"git cannot be run"};
    }
    return {
        .status = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
        .output = out.text(),
        .errors = errors.text(),
    };
}

}  // namespace innergate::test

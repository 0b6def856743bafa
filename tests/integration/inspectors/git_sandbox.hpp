// Repositories made by git itself, in a storage of their own that is gone with the test.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "app/settings/storages.hpp"
#include "handlers/inspectors/inspectors.hpp"
#include "tests/support/gitaly/test_gitaly.hpp"

namespace innergate::test {

/// A program that runs beside the test.
class Process {
public:
    /// Found in PATH. What it prints goes to a file; `input` is what it reads.
    Process(
        const std::vector<std::string>& arguments,
        const std::filesystem::path& folder,
        const std::filesystem::path& output,
        const std::string& input = ""
    );
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();

    /// Waits for its end; answers its exit status.
    int wait();

private:
    pid_t id_ = -1;
};

/// Who looks into the repositories of a sandbox.
enum class Eyes { local, gitaly };

/// Depends on the program, so that the same cases run with either: one looks through Gitaly.
[[nodiscard]] Eyes eyes_of_this_program();

/// The storage `default` in a temporary folder, and beside it a working copy to push from.
class GitSandbox {
public:
    /// With `gitaly` a Gitaly for tests serves the storage.
    explicit GitSandbox(Eyes eyes = eyes_of_this_program());
    GitSandbox(const GitSandbox&) = delete;
    GitSandbox& operator=(const GitSandbox&) = delete;
    ~GitSandbox();

    [[nodiscard]] std::filesystem::path folder() const { return folder_; }
    [[nodiscard]] std::filesystem::path storage() const { return folder_ / "storage"; }
    [[nodiscard]] std::filesystem::path repository() const { return storage() / kRelativePath; }
    [[nodiscard]] std::filesystem::path work() const { return folder_ / "work"; }
    [[nodiscard]] settings::Storages storages() const { return storages_; }
    [[nodiscard]] handlers::inspectors::Inspectors& inspectors() { return *inspectors_; }
    /// Only with Eyes::gitaly.
    [[nodiscard]] TestGitaly& gitaly() { return *gitaly_; }

    static constexpr std::string_view kRelativePath = "group/project.git";

    /// Runs git in `where`; it must succeed. Answers what it printed, less the last line end.
    std::string git(
        const std::filesystem::path& where,
        const std::vector<std::string>& arguments,
        const std::string& input = ""
    );

    /// Bare, on branch main, at kRelativePath.
    void create_repository();
    /// Writes files into the working copy, which is made when need be, and commits them.
    /// Answers the commit.
    std::string commit(const std::vector<std::pair<std::string, std::string>>& files);
    /// From the working copy to the repository.
    void push(const std::vector<std::string>& refspecs);

    [[nodiscard]] std::unique_ptr<handlers::domain::git_access::Inspection> inspect(
        const handlers::inspectors::Quarantine& quarantine = {},
        std::string_view relative_path = kRelativePath
    );
    /// An inspection with that much time, which may be none.
    [[nodiscard]] std::unique_ptr<handlers::domain::git_access::Inspection> inspect_for(
        std::chrono::milliseconds time
    );

    [[nodiscard]] static std::vector<std::string> git_command(
        const std::vector<std::string>& arguments
    );

private:
    std::filesystem::path folder_;
    unsigned outputs_ = 0;
    std::unique_ptr<TestGitaly> gitaly_;
    settings::Storages storages_;
    auth::GitalyTokens tokens_;
    std::unique_ptr<handlers::inspectors::Inspectors> inspectors_;
};

/// An id that no object has.
inline constexpr std::string_view kUnknownId = "1234567890123456789012345678901234567890";

[[nodiscard]] std::string text_of(const std::filesystem::path& file);
void write_text(const std::filesystem::path& file, std::string_view text);

/// `failed`, `not_configured`, `out_of_time`, or `answered`.
template <class T>
std::string outcome(const handlers::domain::git_access::Inspected<T>& answer) {
    using Kind = handlers::domain::git_access::InspectionFailure::Kind;
    if (answer) {
        return "answered";
    }
    switch (answer.error().kind) {
        case Kind::not_configured:
            return "not_configured";
        case Kind::failed:
            return "failed";
        case Kind::out_of_time:
            return "out_of_time";
    }
    return "";
}

}  // namespace innergate::test

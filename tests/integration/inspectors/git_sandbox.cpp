#include "tests/integration/inspectors/git_sandbox.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace innergate::test {
namespace {

namespace fs = std::filesystem;

/// Nobody's settings but the test's; a fixed author and date.
const std::vector<std::string> kEnvironment{
    "GIT_CONFIG_NOSYSTEM=1",
    "GIT_CONFIG_GLOBAL=/dev/null",
    "GIT_AUTHOR_NAME=Test",
    "GIT_AUTHOR_EMAIL=test@example.com",
    "GIT_COMMITTER_NAME=Test",
    "GIT_COMMITTER_EMAIL=test@example.com",
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

Process::Process(
    const std::vector<std::string>& arguments,
    const fs::path& folder,
    const fs::path& output,
    const std::string& input
) {
    const fs::path input_file = output.native() + ".input";
    write_text(input_file, input);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input_file.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(
        &actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600
    );
    posix_spawn_file_actions_addopen(
        &actions,
        STDERR_FILENO,
        (output.native() + ".errors").c_str(),
        O_WRONLY | O_CREAT | O_TRUNC,
        0600
    );
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    std::vector<std::string> words = arguments;
    std::vector<std::string> environment = kEnvironment;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here sets a variable.
    const char* const path = std::getenv("PATH");
    environment.push_back(fmt::format("PATH={}", path == nullptr ? "/usr/bin:/bin" : path));
    const int status = ::posix_spawnp(
        &id_,
        words.front().c_str(),
        &actions,
        nullptr,
        pointers(words).data(),
        pointers(environment).data()
    );
    posix_spawn_file_actions_destroy(&actions);
    if (status != 0) {
        throw std::runtime_error{"cannot start " + words.front()};
    }
}

Process::~Process() {
    wait();
}

int Process::wait() {
    int status = 0;
    if (id_ < 0 || ::waitpid(id_, &status, 0) < 0) {
        return -1;
    }
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Eyes eyes_of_this_program() {
#ifdef INNERGATE_LOOKS_THROUGH_GITALY
    return Eyes::gitaly;
#else
    return Eyes::local;
#endif
}

GitSandbox::GitSandbox(Eyes eyes) {
    std::string folder = (fs::temp_directory_path() / "innergate-git-XXXXXX").native();
    if (::mkdtemp(folder.data()) == nullptr) {
        throw std::runtime_error{"cannot make " + folder};
    }
    folder_ = folder;
    fs::create_directories(storage());
    settings::Storage& settings = storages_["default"];
    if (eyes == Eyes::local) {
        settings.path = storage().native();
    } else {
        TestGitaly::Options options;
        options.storage = storage();
        options.listen = fmt::format("unix:{}", (folder_ / "gitaly.socket").native());
        gitaly_ = std::make_unique<TestGitaly>(std::move(options));
        settings.gitaly_address = gitaly_->address();
        settings.is_gitaly_address_written = true;
    }
    inspectors_ = std::make_unique<handlers::inspectors::Inspectors>(storages_, tokens_);
}

GitSandbox::~GitSandbox() {
    fs::remove_all(folder_);
}

std::vector<std::string> GitSandbox::git_command(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{"git"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

std::string GitSandbox::git(
    const fs::path& where, const std::vector<std::string>& arguments, const std::string& input
) {
    const fs::path output = folder_ / fmt::format("output-{}", outputs_++);
    Process process{git_command(arguments), where, output, input};
    if (process.wait() != 0) {
        throw std::runtime_error{fmt::format(
            "git {}: {}", fmt::join(arguments, " "), text_of(output.native() + ".errors")
        )};
    }
    std::string text = text_of(output);
    if (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

void GitSandbox::create_repository() {
    fs::create_directories(repository());
    git(repository(), {"init", "--bare", "--quiet", "--initial-branch=main", "."});
}

std::string GitSandbox::commit(const std::vector<std::pair<std::string, std::string>>& files) {
    if (!fs::exists(work())) {
        fs::create_directories(work());
        git(work(), {"init", "--quiet", "--initial-branch=main", "."});
    }
    for (const auto& [path, text] : files) {
        fs::create_directories((work() / path).parent_path());
        write_text(work() / path, text);
    }
    git(work(), {"add", "--all"});
    git(work(), {"commit", "--quiet", "--allow-empty", "--message=test"});
    return git(work(), {"rev-parse", "HEAD"});
}

void GitSandbox::push(const std::vector<std::string>& refspecs) {
    std::vector<std::string> arguments{"push", "--quiet", repository().native()};
    arguments.insert(arguments.end(), refspecs.begin(), refspecs.end());
    git(work(), arguments);
}

std::unique_ptr<handlers::domain::git_access::Inspection> GitSandbox::inspect(
    const handlers::inspectors::Quarantine& quarantine, std::string_view relative_path
) {
    return inspectors_->look_into(
        {.storage = "default",
         .relative_path = std::string{relative_path},
         .gl_repository = "project-1",
         .gl_project_path = "group/project"},
        {.deadline = std::chrono::steady_clock::now() + std::chrono::minutes{5},
         .correlation_id = "sandbox",
         .quarantine = quarantine}
    );
}

std::unique_ptr<handlers::domain::git_access::Inspection> GitSandbox::inspect_for(
    std::chrono::milliseconds time
) {
    return inspectors_->look_into(
        {.storage = "default",
         .relative_path = std::string{kRelativePath},
         .gl_repository = "project-1",
         .gl_project_path = "group/project"},
        {.deadline = std::chrono::steady_clock::now() + time}
    );
}

std::string text_of(const fs::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

void write_text(const fs::path& file, std::string_view text) {
    std::ofstream{file, std::ios::binary} << text;
}

}  // namespace innergate::test

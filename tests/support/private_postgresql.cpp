#include "tests/support/private_postgresql.hpp"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <pwd.h>
#include <spawn.h>
#include <stdexcept>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace innergate::test {
namespace {

/// The folder of initdb and pg_ctl, which Debian keeps out of PATH.
std::filesystem::path program_folder() {
    for (const char* const version : {"15", "16", "17", "18"}) {
        const std::filesystem::path folder = fmt::format("/usr/lib/postgresql/{}/bin", version);
        if (std::filesystem::exists(folder / "initdb")) {
            return folder;
        }
    }
    return {};
}

/// PostgreSQL refuses to run as root, so root runs it as the user Debian's package made for it.
const passwd* server_user() {
    return ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;  // NOLINT(concurrency-mt-unsafe)
}

void run(const std::string& program, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), (program_folder() / program).string());
    if (const passwd* const user = server_user()) {
        const std::vector<std::string> as_user{
            "/usr/bin/setpriv",
            fmt::format("--reuid={}", user->pw_uid),
            fmt::format("--regid={}", user->pw_gid),
            "--init-groups",
        };
        arguments.insert(arguments.begin(), as_user.begin(), as_user.end());
    }
    std::vector<char*> pointers;
    for (std::string& argument : arguments) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    // That user may not be able to enter the folder this test runs in.
    ::posix_spawn_file_actions_addchdir_np(&actions, "/");
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    int status = -1;
    const int fault =
        ::posix_spawn(&child, pointers.front(), &actions, nullptr, pointers.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (fault != 0 || ::waitpid(child, &status, 0) != child || status != 0) {
        throw std::runtime_error{fmt::format("failed: {}", fmt::join(arguments, " "))};
    }
}

std::filesystem::path make_folder() {
    std::string pattern = "/tmp/innergate-server-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error{"cannot make a temporary folder"};
    }
    const passwd* const user = server_user();
    if (user != nullptr && ::chown(pattern.c_str(), user->pw_uid, user->pw_gid) != 0) {
        throw std::runtime_error{"cannot give a temporary folder to the server's user"};
    }
    return pattern;
}

}  // namespace

bool PrivatePostgresql::is_installed() {
    return !program_folder().empty();
}

PrivatePostgresql::PrivatePostgresql() : folder_(make_folder()) {
    run("initdb",
        {"--pgdata=" + (folder_ / "data").string(),
         "--username=innergate",
         "--auth=trust",
         "--no-sync",
         "--no-instructions",
         "--encoding=UTF8",
         "--locale=C.UTF-8"});
    start();
}

PrivatePostgresql::~PrivatePostgresql() {
    try {
        thaw();
        stop();
        std::filesystem::remove_all(folder_);
    } catch (const std::exception& error) {
        std::cerr << "left behind: " << folder_ << ": " << error.what() << '\n';
    }
}

void PrivatePostgresql::start() {
    run("pg_ctl",
        {"start",
         "--silent",
         "--wait",
         "--pgdata=" + (folder_ / "data").string(),
         "--log=" + (folder_ / "log").string(),
         fmt::format("--options=-c listen_addresses= -k {} -c fsync=off", folder_.string())});
    is_running_ = true;
}

void PrivatePostgresql::stop() {
    if (is_running_) {
        is_running_ = false;
        run("pg_ctl",
            {"stop",
             "--silent",
             "--wait",
             "--mode=immediate",
             "--pgdata=" + (folder_ / "data").string()});
    }
}

void PrivatePostgresql::freeze() {
    is_frozen_ = true;
    signal_all(SIGSTOP);
}

void PrivatePostgresql::thaw() {
    if (is_frozen_) {
        is_frozen_ = false;
        signal_all(SIGCONT);
    }
}

void PrivatePostgresql::signal_all(int signal) const {
    pid_t postmaster = 0;
    std::ifstream{folder_ / "data" / "postmaster.pid"} >> postmaster;
    // First, so that it makes no more children.
    ::kill(postmaster, signal);
    std::ifstream children{fmt::format("/proc/{0}/task/{0}/children", postmaster)};
    for (pid_t child = 0; children >> child;) {
        ::kill(child, signal);
    }
}

std::string PrivatePostgresql::url() const {
    return "postgresql://innergate@/postgres?host=" + folder_.string();
}

}  // namespace innergate::test

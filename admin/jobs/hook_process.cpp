#include "admin/jobs/hook_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <iterator>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <utf8.h>

// glibc 2.36 declares its functions without the linkage they have.
extern "C" {
#include <sys/pidfd.h>
}

namespace innergate::admin::jobs {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kReadBytes = std::size_t{64} * 1024;

/// Answers the number it is given, or throws what the system says.
int checked(int result, const char* what) {
    if (result < 0) {
        throw std::system_error{errno, std::generic_category(), what};
    }
    return result;
}

/// For functions that answer an error's number.
void check(int error, const char* what) {
    if (error != 0) {
        throw std::system_error{error, std::generic_category(), what};
    }
}

/// A file without a name: the executable reads it when it likes, or never, and nobody waits.
Descriptor file_with(std::string_view text) {
    Descriptor file{checked(::memfd_create("post-receive", MFD_CLOEXEC), "memfd_create")};
    while (!text.empty()) {
        const ssize_t written = ::write(file.get(), text.data(), text.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        text.remove_prefix(static_cast<std::size_t>(checked(static_cast<int>(written), "write")));
    }
    checked(static_cast<int>(::lseek(file.get(), 0, SEEK_SET)), "lseek");
    return file;
}

struct Pipe {
    Descriptor reader;
    Descriptor writer;
};

Pipe make_pipe() {
    std::array<int, 2> ends{};
    checked(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
    Pipe pipe{Descriptor{ends[0]}, Descriptor{ends[1]}};
    checked(::fcntl(pipe.reader.get(), F_SETFL, O_NONBLOCK), "fcntl");
    return pipe;
}

/// What happens between fork and exec.
class FileActions {
public:
    FileActions() { check(posix_spawn_file_actions_init(&actions_), "file actions"); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }

    void give(const Descriptor& from, int as) {
        check(posix_spawn_file_actions_adddup2(&actions_, from.get(), as), "file actions");
    }
    void close_all_above(int last) {
        check(posix_spawn_file_actions_addclosefrom_np(&actions_, last + 1), "file actions");
    }
    void change_folder(const char* folder) {
        check(posix_spawn_file_actions_addchdir_np(&actions_, folder), "file actions");
    }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

/// The process gets a group of its own, and signals as a fresh process has them. Ours are blocked.
class Attributes {
public:
    Attributes() {
        check(posix_spawnattr_init(&attributes_), "attributes");
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        );
    }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    ~Attributes() { posix_spawnattr_destroy(&attributes_); }

    [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

pid_t spawn(
    const std::filesystem::path& executable, const Descriptor& input, const Descriptor& output
) {
    FileActions actions;
    actions.give(input, STDIN_FILENO);
    actions.give(output, STDOUT_FILENO);
    actions.give(output, STDERR_FILENO);
    actions.close_all_above(STDERR_FILENO);
    actions.change_folder("/");
    const Attributes attributes;
    std::string path = executable.string();
    std::string search = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    std::string language = "LANG=C.UTF-8";
    const std::array<char*, 2> arguments{path.data(), nullptr};
    const std::array<char*, 3> environment{search.data(), language.data(), nullptr};
    pid_t pid = -1;
    check(
        posix_spawn(
            &pid,
            path.c_str(),
            actions.get(),
            attributes.get(),
            arguments.data(),
            environment.data()
        ),
        "posix_spawn"
    );
    return pid;
}

std::string failure_of(int status) {
    if (WIFEXITED(status)) {
        const int code = WEXITSTATUS(status);
        return code == 0 ? std::string{} : fmt::format("exit status {}", code);
    }
    return fmt::format("ended by SIG{}", ::sigabbrev_np(WTERMSIG(status)));
}

void keep_end(std::string& text, std::size_t limit) {
    if (text.size() > limit) {
        text.erase(0, text.size() - limit);
    }
}

/// As a database and a log can hold it.
std::string as_text(const std::string& bytes) {
    std::string text;
    utf8::replace_invalid(bytes.begin(), bytes.end(), std::back_inserter(text));
    std::erase(text, '\0');
    return text;
}

}  // namespace

HookProcess::HookProcess(const std::filesystem::path& executable, std::string_view input) {
    const Descriptor file = file_with(input);
    Pipe pipe = make_pipe();
    output_ = std::move(pipe.reader);
    pid_ = spawn(executable, file, pipe.writer);
    process_ = Descriptor{::pidfd_open(pid_, 0)};
    if (!process_.is_open()) {
        const int error = errno;
        std::ignore = end_group();
        check(error, "pidfd_open");
    }
}

HookProcess::~HookProcess() {
    if (pid_ > 0) {
        std::ignore = end_group();
    }
}

HookResult HookProcess::wait(const HookLimits& limits) {
    const End end = follow(limits);
    const int status = end_group();
    drain(limits.output_bytes);
    keep_end(text_, limits.output_bytes);
    const std::string failure =
        end == End::timed_out
            ? fmt::format(
                  "took longer than {} s", std::chrono::duration<double>(limits.time).count()
              )
            : failure_of(status);
    return {failure, as_text(text_)};
}

HookProcess::End HookProcess::follow(const HookLimits& limits) {
    const auto deadline = Clock::now() + limits.time;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) {
            return End::timed_out;
        }
        // poll() leaves out a closed output, because its number is negative.
        std::array<pollfd, 2> watched{
            {{.fd = process_.get(), .events = POLLIN, .revents = 0},
             {.fd = output_.get(), .events = POLLIN, .revents = 0}}};
        const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(left.count()));
        if (ready < 0 && errno != EINTR) {
            checked(ready, "poll");
        }
        if (ready > 0 && watched[1].revents != 0 && read_output(limits.output_bytes) == 0) {
            output_ = Descriptor{};  // closed, though the process may go on
        }
        if (ready > 0 && watched[0].revents != 0) {
            return End::exited;
        }
    }
}

ssize_t HookProcess::read_output(std::size_t limit) {
    std::array<char, kReadBytes> buffer{};
    const ssize_t count = ::read(output_.get(), buffer.data(), buffer.size());
    if (count > 0) {
        text_.append(buffer.data(), static_cast<std::size_t>(count));
        keep_end(text_, std::max(limit, kReadBytes));
    }
    return count;
}

/// Reads what was in the pipe at the end, and no more: a process that left the group may write for
/// ever.
void HookProcess::drain(std::size_t limit) {
    constexpr int kMostReads = 16;  // 1 MiB, the largest a pipe can be made without privileges
    for (int reads = 0; output_.is_open() && reads < kMostReads && read_output(limit) > 0;
         ++reads) {
    }
}

int HookProcess::end_group() {
    // The group is killed before waitpid(): until then no other process can have this number.
    ::kill(-pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
}

HookResult run_hook(
    const std::filesystem::path& executable, std::string_view input, const HookLimits& limits
) {
    try {
        return HookProcess{executable, input}.wait(limits);
    } catch (const std::system_error& error) {
        return {fmt::format("cannot be run: {}", error.code().message()), {}};
    }
}

}  // namespace innergate::admin::jobs

#include "admin/jobs/hook_process.hpp"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <utf8.h>

#include "app/descriptor.hpp"
#include "tests/support/hook_files.hpp"

// glibc 2.36 declares its functions without the linkage they have.
extern "C" {
#include <sys/pidfd.h>
}

namespace innergate::admin::jobs {
namespace {

using std::chrono::milliseconds;

constexpr HookLimits kPlenty{.time = std::chrono::seconds{30}, .output_bytes = 4096};

/// The process is gone, or goes within some seconds.
bool ends(pid_t pid) {
    const Descriptor process{::pidfd_open(pid, 0)};
    if (!process.is_open()) {
        return true;
    }
    pollfd watched{.fd = process.get(), .events = POLLIN, .revents = 0};
    return ::poll(&watched, 1, 10'000) == 1;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hook_process, test::HookFiles)

BOOST_AUTO_TEST_CASE(input_and_output_go_through) {
    const HookResult result = run_hook(script("cat", "cat; echo bad >&2"), "a job\n", kPlenty);
    BOOST_TEST(result.failure == "");
    BOOST_TEST(result.output == "a job\nbad\n");
}

BOOST_AUTO_TEST_CASE(input_that_nobody_reads_stops_nothing) {
    const std::string large(std::size_t{4} * 1024 * 1024, 'x');
    BOOST_TEST(run_hook(script("true", "exit 0"), large, kPlenty).is_success());
    BOOST_TEST(run_hook(script("wc", "wc -c"), large, kPlenty).output == "4194304\n");
}

BOOST_AUTO_TEST_CASE(exit_status_is_told) {
    const HookResult result = run_hook(script("fail", "echo why; exit 3"), "", kPlenty);
    BOOST_TEST(result.failure == "exit status 3");
    BOOST_TEST(result.output == "why\n");
}

BOOST_AUTO_TEST_CASE(death_by_signal_is_told) {
    BOOST_TEST(
        run_hook(script("abort", "kill -ABRT $$"), "", kPlenty).failure == "ended by SIGABRT"
    );
}

BOOST_AUTO_TEST_CASE(one_that_hangs_is_killed_with_its_children) {
    const auto hook = script("hang", "sleep 600 & echo $!; echo $$; wait");
    const HookResult result =
        run_hook(hook, "", {.time = milliseconds{1500}, .output_bytes = 4096});
    BOOST_TEST(result.failure == "took longer than 1.5 s");
    const std::size_t line = result.output.find('\n');
    BOOST_REQUIRE(line != std::string::npos);
    BOOST_TEST(ends(std::stoi(result.output)));
    BOOST_TEST(ends(std::stoi(result.output.substr(line + 1))));
}

BOOST_AUTO_TEST_CASE(what_is_left_in_the_background_is_killed_too) {
    const HookResult result = run_hook(script("leave", "sleep 600 & echo $!"), "", kPlenty);
    BOOST_TEST(result.is_success());
    BOOST_TEST(ends(std::stoi(result.output)));
}

// It holds the output open for longer than the test may take.
BOOST_AUTO_TEST_CASE(one_that_left_the_group_is_not_waited_for) {
    const auto start = std::chrono::steady_clock::now();
    const HookResult result = run_hook(
        script("leave", "setsid sh -c 'echo $$; exec sleep 600' & sleep 0.2"), "", kPlenty
    );
    BOOST_TEST(result.is_success());
    BOOST_TEST((std::chrono::steady_clock::now() - start < kPlenty.time));
    if (!result.output.empty()) {
        ::kill(std::stoi(result.output), SIGKILL);
    }
}

BOOST_AUTO_TEST_CASE(of_a_flood_the_end_is_kept) {
    const HookResult result = run_hook(
        script("flood", "yes '0123456789' | head -c 50000000; echo; echo end"), "", kPlenty
    );
    BOOST_TEST(result.is_success());
    BOOST_TEST(result.output.size() == kPlenty.output_bytes);
    BOOST_TEST(result.output.ends_with("\nend\n"));
}

BOOST_AUTO_TEST_CASE(a_flood_without_end_is_stopped) {
    const HookResult result = run_hook(
        script("flood", "exec yes flood"), "", {.time = milliseconds{300}, .output_bytes = 100}
    );
    BOOST_TEST(result.failure == "took longer than 0.3 s");
    BOOST_TEST(result.output.size() == 100U);
}

BOOST_AUTO_TEST_CASE(one_that_closes_its_output_is_waited_for) {
    const HookResult result =
        run_hook(script("close", "exec >&- 2>&-; sleep 0.2; exit 4"), "", kPlenty);
    BOOST_TEST(result.failure == "exit status 4");
}

BOOST_AUTO_TEST_CASE(output_becomes_text) {
    const HookResult result = run_hook(script("bytes", "printf 'a\\000b\\377c'"), "", kPlenty);
    BOOST_TEST(
        result.output ==
        "ab\xEF\xBF\xBD"
        "c"
    );
}

BOOST_AUTO_TEST_CASE(what_cannot_be_run_is_told) {
    const auto plain = file("plain", "#!/bin/sh\n");
    BOOST_TEST(run_hook(plain, "", kPlenty).failure == "cannot be run: Permission denied");
    BOOST_TEST(
        run_hook(folder() / "nothing", "", kPlenty).failure ==
        "cannot be run: No such file or directory"
    );
    const auto garbage = file(
        "garbage",
        "\x7F"
        "ELF no more"
    );
    std::filesystem::permissions(garbage, std::filesystem::perms{0755});
    BOOST_TEST(run_hook(garbage, "", kPlenty).failure == "cannot be run: Exec format error");
}

BOOST_AUTO_TEST_CASE(nothing_is_inherited) {
    const Descriptor open{::open("/dev/null", O_RDONLY)};  // not to be closed on exec
    ::setenv("INNERGATE_SECRET", "x", 1);
    const HookResult result =
        run_hook(script("look", "env | sort; pwd; ls /proc/self/fd | wc -l"), "", kPlenty);
    ::unsetenv("INNERGATE_SECRET");
    // ls has one of its own, for the folder it reads. PWD is the shell's.
    BOOST_TEST(
        result.output ==
        "LANG=C.UTF-8\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
        "PWD=/\n/\n4\n"
    );
}

// The runner blocks these: a script that waits for them must get them nevertheless.
BOOST_AUTO_TEST_CASE(signals_are_as_in_a_fresh_process) {
    sigset_t blocked;
    sigset_t before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    const HookResult result = run_hook(script("term", "kill -TERM $$; exit 0"), "", kPlenty);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    BOOST_TEST(result.failure == "ended by SIGTERM");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::admin::jobs

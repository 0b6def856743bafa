// A real push whose hook waits, while the objects lie where git keeps them until it is accepted.
#include "handlers/inspectors/quarantine.hpp"

#include <array>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <poll.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

namespace fs = std::filesystem;
using handlers::inspectors::Quarantine;
using test::outcome;

/// A named pipe, on which the hook and the test wait for each other.
class NamedPipe {
public:
    explicit NamedPipe(fs::path path) : path_(std::move(path)) {
        BOOST_REQUIRE(::mkfifo(path_.c_str(), 0600) == 0);
        // Both ends, so that neither opening nor writing waits for the hook.
        descriptor_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
        BOOST_REQUIRE(descriptor_ >= 0);
    }
    NamedPipe(const NamedPipe&) = delete;
    NamedPipe& operator=(const NamedPipe&) = delete;
    ~NamedPipe() { ::close(descriptor_); }

    [[nodiscard]] std::string path() const { return path_.native(); }

    void wait_for_line() const {
        constexpr int kMilliseconds = 60'000;
        pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
        BOOST_REQUIRE_MESSAGE(::poll(&waiting, 1, kMilliseconds) == 1, "the hook did not run");
        std::array<char, 64> line{};
        BOOST_REQUIRE(::read(descriptor_, line.data(), line.size()) > 0);
    }

    void write_line(const std::string& text) const {
        const std::string line = text + "\n";
        BOOST_REQUIRE(
            ::write(descriptor_, line.data(), line.size()) == static_cast<ssize_t>(line.size())
        );
    }

private:
    fs::path path_;
    int descriptor_ = -1;
};

/// Stops a push in its pre-receive hook.
class StoppedPush : public test::GitSandbox {
public:
    StoppedPush() {
        create_repository();
        base = commit({{"a", "1"}});
        push({"main"});
        write_hook();
    }

    void start(const std::vector<std::string>& refspecs) {
        std::vector<std::string> arguments{"push", repository().native()};
        arguments.insert(arguments.end(), refspecs.begin(), refspecs.end());
        running_ =
            std::make_unique<test::Process>(git_command(arguments), work(), folder() / "push");
        hook_waits_.wait_for_line();
    }

    /// Answers the exit status of the push.
    int end(const std::string& verdict) {
        verdict_.write_line(verdict);
        const int status = running_->wait();
        running_.reset();
        return status;
    }

    ~StoppedPush() {
        if (running_) {
            end("refuse");
        }
    }

    /// What the hook's environment says, as Gitaly passes it on: relative to the repository.
    [[nodiscard]] Quarantine quarantine() const {
        std::map<std::string, std::string> variables;
        std::ifstream file{folder() / "environment"};
        for (std::string line; std::getline(file, line);) {
            variables[line.substr(0, line.find('='))] = line.substr(line.find('=') + 1);
        }
        BOOST_REQUIRE(variables.contains("GIT_QUARANTINE_PATH"));
        BOOST_TEST(variables.at("GIT_QUARANTINE_PATH") == variables.at("GIT_OBJECT_DIRECTORY"));
        const auto relative = [this](const std::string& path) {
            return fs::path{path}.lexically_relative(fs::canonical(repository())).native();
        };
        return handlers::inspectors::parse_quarantine(
            R"({"GIT_OBJECT_DIRECTORY_RELATIVE":")" +
            relative(variables.at("GIT_OBJECT_DIRECTORY")) +
            R"(","GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE":[")" +
            relative(variables.at("GIT_ALTERNATE_OBJECT_DIRECTORIES")) + R"("]})"
        );
    }

    std::string base;

private:
    void write_hook() {
        const fs::path hook = repository() / "hooks/pre-receive";
        fs::create_directories(hook.parent_path());
        test::write_text(
            hook,
            "#!/bin/sh\nenv | grep '^GIT_' >'" + (folder() / "environment").native() +
                "'\necho waits >'" + hook_waits_.path() + "'\nread verdict <'" + verdict_.path() +
                "'\ntest \"$verdict\" = accept\n"
        );
        fs::permissions(hook, fs::perms::owner_all);
    }

    NamedPipe hook_waits_{folder() / "hook-waits"};
    NamedPipe verdict_{folder() / "verdict"};
    std::unique_ptr<test::Process> running_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(quarantined_push, StoppedPush)

BOOST_AUTO_TEST_CASE(objects_are_seen_with_the_quarantine_only) {
    const std::string pushed = commit(
        {{"new/large", std::string(5000, 'n')},
         {"p",
          "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'e') +
              "\nsize 5\n"}}
    );
    start({"main"});
    const Quarantine place = quarantine();
    BOOST_TEST(place.object_directory.find("objects/tmp_objdir-") != std::string::npos);
    const auto inspection = inspect(place);
    BOOST_TEST(inspection->is_ancestor(base, pushed).value());
    BOOST_TEST(!inspection->is_ancestor(pushed, base).value());
    BOOST_TEST(inspection->branches_containing(pushed).value().empty());
    BOOST_TEST(inspection->file_count(pushed).value() == 3U);
    const std::vector<std::string> files{"a", "p"};
    BOOST_TEST(inspection->first_changed_path(base, pushed, files).value().value() == "p");
    const auto large = inspection->new_blobs_over(std::vector{pushed}, 4999).value();
    BOOST_REQUIRE(large.size() == 1U);
    BOOST_TEST(large.front().bytes == 5000U);
    const auto pointers = inspection->new_lfs_pointers(std::vector{pushed}).value();
    BOOST_REQUIRE(pointers.size() == 1U);
    BOOST_TEST(pointers.front().oid == std::string(64, 'e'));

    const auto blind = inspect();
    BOOST_TEST(outcome(blind->is_ancestor(base, pushed)) == "failed");
    BOOST_TEST(outcome(blind->file_count(pushed)) == "failed");
    BOOST_TEST(outcome(blind->new_blobs_over(std::vector{pushed}, 4999)) == "failed");
    BOOST_TEST(blind->is_ancestor(base, base).value());

    BOOST_TEST(end("accept") == 0);
    BOOST_TEST(inspect()->is_ancestor(base, pushed).value());
    BOOST_TEST(outcome(inspect(place)->is_ancestor(base, pushed)) == "failed");  // it is gone
}

BOOST_AUTO_TEST_CASE(force_push_is_seen_in_the_quarantine) {
    git(work(), {"checkout", "--quiet", "--orphan", "rewritten"});
    const std::string pushed = commit({{"a", "2"}});
    start({"--force", "rewritten:main"});
    BOOST_TEST(!inspect(quarantine())->is_ancestor(base, pushed).value());
    BOOST_TEST(end("refuse") != 0);
    BOOST_TEST(git(repository(), {"rev-parse", "main"}) == base);
}

// Large pushes come as a pack, small ones as loose objects.
BOOST_AUTO_TEST_CASE(packed_quarantine_is_read_too) {
    std::vector<std::pair<std::string, std::string>> files;
    for (int file = 0; file < 200; ++file) {
        files.emplace_back("f" + std::to_string(file), std::to_string(file));
    }
    const std::string pushed = commit(files);
    git(repository(), {"config", "receive.unpackLimit", "1"});
    start({"main"});
    const Quarantine place = quarantine();
    BOOST_TEST(fs::exists(repository() / place.object_directory / "pack"));
    BOOST_TEST(inspect(place)->new_blobs_over(std::vector{pushed}, 0).value().size() == 199U);
}

// Gitaly's own operations keep their quarantine outside the repository, in the same storage.
BOOST_AUTO_TEST_CASE(quarantine_may_lie_elsewhere_in_the_storage) {
    const std::string pushed = commit({{"a", "2"}});
    start({"main"});
    Quarantine place = quarantine();
    const fs::path elsewhere = storage() / "+gitaly/tmp/quarantine-1";
    fs::create_directories(elsewhere.parent_path());
    fs::copy(repository() / place.object_directory, elsewhere, fs::copy_options::recursive);
    place.object_directory = "../../+gitaly/tmp/quarantine-1";
    BOOST_TEST(inspect(place)->is_ancestor(base, pushed).value());
}

#ifndef INNERGATE_LOOKS_THROUGH_GITALY
BOOST_AUTO_TEST_CASE(quarantine_outside_the_storage_is_refused) {
    const std::string pushed = commit({{"a", "2"}});
    start({"main"});
    const Quarantine place = quarantine();
    const fs::path outside = folder() / "outside";
    fs::copy(repository() / place.object_directory, outside, fs::copy_options::recursive);
    fs::create_directory_symlink(outside, repository() / "objects/link");
    for (const std::string& path :
         {std::string{"../../../outside"},
          outside.native(),
          std::string{"objects/link"},
          (repository() / place.object_directory).native(),
          std::string{"../.."}}) {
        const Quarantine wrong{.object_directory = path, .alternates = {}};
        BOOST_TEST(outcome(inspect(wrong)->is_ancestor(base, pushed)) == "failed", path);
        Quarantine beside = place;
        beside.alternates = {path};
        BOOST_TEST(outcome(inspect(beside)->is_ancestor(base, pushed)) == "failed", path);
    }
    Quarantine gone = place;
    gone.alternates = {"objects/nothing-here"};
    BOOST_TEST(inspect(gone)->is_ancestor(base, pushed).value());
}
#endif

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

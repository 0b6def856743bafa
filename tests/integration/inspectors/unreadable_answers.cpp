// Answers that are no messages of Gitaly's protocol: none may count as an answer, or hold a thread
// until the request's time is over.
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/git_sandbox.hpp"
#include "tests/support/gitaly/raw_gitaly.hpp"

namespace innergate {
namespace {

using handlers::domain::git_access::Inspection;
using handlers::inspectors::Inspectors;
using handlers::inspectors::Occasion;
using test::outcome;
using namespace std::chrono_literals;

/// A field that is longer than the message.
const std::string kUnreadable = "\x0a\x7f";
const std::string kCommit(40, 'a');
const std::vector<std::string> kTips{kCommit};
const std::vector<std::string> kPaths{"a"};

struct Sandbox : test::GitSandbox {
    Sandbox() {
        raw_storages["default"].gitaly_address = address;
        raw_storages["default"].inspector = settings::Inspector::gitaly;
    }

    auto look(std::chrono::milliseconds time = 60s, bool has_quarantine = true) {
        Occasion occasion{
            .deadline = std::chrono::steady_clock::now() + time, .correlation_id = "c0ffee"};
        if (has_quarantine) {
            occasion.quarantine = {.object_directory = "objects/in", .alternates = {"objects"}};
        }
        return raw.look_into(
            {.storage = "default",
             .relative_path = std::string{kRelativePath},
             .gl_repository = "project-7",
             .gl_project_path = "group/project"},
            occasion
        );
    }

    std::string address = "unix:" + (folder() / "raw").native();
    test::RawGitaly server{address};
    settings::Storages raw_storages;
    auth::GitalyTokens no_tokens;
    Inspectors raw{raw_storages, no_tokens};
};

struct Streamed {
    std::string name;
    std::function<std::string(Inspection&)> ask;
};

const std::vector<Streamed> kStreamed{
    {"branches", [](Inspection& look) { return outcome(look.branches_containing(kCommit)); }},
    {"pointers", [](Inspection& look) { return outcome(look.new_lfs_pointers(kTips)); }},
    {"blobs", [](Inspection& look) { return outcome(look.new_blobs_over(kTips, 0)); }},
    {"changed paths",
     [](Inspection& look) { return outcome(look.first_changed_path(kCommit, kCommit, kPaths)); }},
    {"paths of new commits",
     [](Inspection& look) { return outcome(look.first_changed_path("", kCommit, kPaths)); }},
    {"files", [](Inspection& look) { return outcome(look.file_count(kCommit)); }},
};

/// Sends what is written to standard error into a file while it lives.
class StandardErrorIn {
public:
    explicit StandardErrorIn(const std::filesystem::path& file) : kept_(::dup(STDERR_FILENO)) {
        const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
        ::dup2(opened, STDERR_FILENO);
        ::close(opened);
    }
    StandardErrorIn(const StandardErrorIn&) = delete;
    StandardErrorIn& operator=(const StandardErrorIn&) = delete;
    ~StandardErrorIn() {
        ::dup2(kept_, STDERR_FILENO);
        ::close(kept_);
    }

private:
    int kept_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(unreadable_answers, Sandbox)

BOOST_AUTO_TEST_CASE(stream_with_an_unreadable_message_is_no_answer) {
    const std::vector<std::vector<std::string>> answers{
        {kUnreadable}, {"", kUnreadable}, {kUnreadable, "", ""}, {kUnreadable, kUnreadable}};
    for (const auto& messages : answers) {
        server.answer_with({.messages = messages});
        for (const Streamed& question : kStreamed) {
            for (const bool has_quarantine : {true, false}) {
                BOOST_TEST_CONTEXT(question.name << ", " << messages.size() << " messages") {
                    BOOST_TEST(question.ask(*look(60s, has_quarantine)) == "failed");
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(stream_that_tells_nothing_is_an_answer) {
    server.answer_with({.messages = {"", ""}});
    for (const Streamed& question : kStreamed) {
        BOOST_TEST(question.ask(*look()) == "answered", question.name);
    }
}

BOOST_AUTO_TEST_CASE(unreadable_single_answer_is_none) {
    server.answer_with({.messages = {kUnreadable}});
    BOOST_TEST(outcome(look()->exists()) == "failed");
    BOOST_TEST(outcome(look()->is_empty()) == "failed");
    BOOST_TEST(outcome(look()->default_branch()) == "failed");
    BOOST_TEST(outcome(look()->is_ancestor(kCommit, kCommit)) == "failed");
    server.answer_with({.messages = {}});
    BOOST_TEST(outcome(look()->exists()) == "failed");
}

// protobuf would tell of it on standard error, where our log is.
BOOST_AUTO_TEST_CASE(unreadable_answer_leaves_no_line_but_ours) {
    const std::string no_characters = "\x0a\x04\x0a\x02\xff\xff";
    server.answer_with({.messages = {no_characters}});
    const auto file = folder() / "stderr";
    {
        const StandardErrorIn redirected{file};
        BOOST_TEST(outcome(look()->new_blobs_over(kTips, 0)) == "failed");
    }
    BOOST_TEST(test::text_of(file) == "");
}

// gRPC waits for the end behind the second one.
BOOST_AUTO_TEST_CASE(two_single_answers_are_none) {
    server.answer_with({.messages = {"\x08\x01", "\x08\x01"}});
    BOOST_TEST(outcome(look(300ms)->exists()) == "out_of_time");
}

// Of a stream nothing needs to be kept, as of names of files: its bytes end it.
BOOST_AUTO_TEST_CASE(stream_of_gigabytes_is_given_up) {
    // One path of 3 MiB; gRPC takes messages of up to 4 MiB.
    const std::string path = "\x0a\x80\x80\xc0\x01";
    server.answer_with({.messages = {path + std::string(std::size_t{3} << 20U, 'x')}, .rounds = 400}
    );
    const auto answer = look()->file_count(kCommit);
    BOOST_REQUIRE(outcome(answer) == "failed");
    BOOST_TEST(answer.error().reason.find("the answer is too long") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(long_reason_is_cut) {
    constexpr int kInternal = 13;
    server.answer_with(
        {.messages = {}, .status = kInternal, .reason = "\xff" + std::string(3000, 'x')}
    );
    const auto answer = look()->exists();
    BOOST_REQUIRE(outcome(answer) == "failed");
    BOOST_TEST(
        answer.error().reason.find("internal error: \xff"
                                   "xxx") != std::string::npos
    );
    BOOST_TEST(answer.error().reason.size() < 600U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

// What a Gitaly answers, whatever it is: every question ends in an answer or a failure.
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/inspectors/gitaly/client.hpp"
#include "tests/support/gitaly/raw_gitaly.hpp"

namespace {

namespace gitaly = innergate::handlers::inspectors::gitaly;
using innergate::handlers::domain::git_access::Inspection;
using innergate::test::RawAnswer;

/// Both sides, for the life of the process.
struct Pair {
    Pair()
        : address(make_address()),
          server(address),
          client(gitaly::connect(
              {.storage = "default", .address = address, .token = {}, .ca_file = {}}
          )) {}

    static std::string make_address() {
        std::string folder = "/tmp/innergate-fuzz-XXXXXX";
        return ::mkdtemp(folder.data()) == nullptr ? std::string{} : "unix:" + folder + "/s";
    }

    std::string address;
    innergate::test::RawGitaly server;
    std::unique_ptr<gitaly::Client> client;
};

const std::string kId(40, 'a');
const std::vector<std::string> kTips{kId, std::string(40, 'b')};
const std::vector<std::string> kPaths{"a", "b/c"};

struct Question {
    /// gRPC waits for the end of a single answer that is followed by another one until the
    /// question's time is over: such answers would leave no time for others.
    bool is_answered_by_stream;
    void (*ask)(gitaly::Client& client, const gitaly::Target& target, Inspection& inspection);
};

// What is in the corpus is counted by these positions.
constexpr std::array kQuestions{
    Question{false, [](auto&, const auto&, auto& look) { static_cast<void>(look.exists()); }},
    Question{false, [](auto&, const auto&, auto& look) { static_cast<void>(look.is_empty()); }},
    Question{
        false, [](auto&, const auto&, auto& look) { static_cast<void>(look.default_branch()); }},
    Question{
        false,
        [](auto&, const auto&, auto& look) { static_cast<void>(look.is_ancestor(kId, kId)); }},
    Question{
        true,
        [](auto&, const auto&, auto& look) { static_cast<void>(look.branches_containing(kId)); }},
    Question{
        true,
        [](auto&, const auto&, auto& look) { static_cast<void>(look.new_lfs_pointers(kTips)); }},
    Question{
        true,
        [](auto&, const auto&, auto& look) { static_cast<void>(look.new_blobs_over(kTips, 10)); }},
    Question{
        true,
        [](auto&, const auto&, auto& look) {
            static_cast<void>(look.first_changed_path(kId, kId, kPaths));
        }},
    Question{
        true,
        [](auto&, const auto&, auto& look) {
            static_cast<void>(look.first_changed_path("", kId, kPaths));
        }},
    Question{true, [](auto&, const auto&, auto& look) { static_cast<void>(look.file_count(kId)); }},
    Question{
        false,
        [](auto& client, const auto& target, auto&) {
            static_cast<void>(client.state(target.deadline));
        }},
    Question{
        false, [](auto&, const auto&, auto& look) { static_cast<void>(look.has_branch("main")); }},
    Question{
        false,
        [](auto& client, const auto& target, auto&) {
            static_cast<void>(client.create_repository(target, "main"));
        }},
    Question{
        false,
        [](auto& client, const auto& target, auto&) {
            static_cast<void>(client.set_default_branch(target, "main"));
        }},
};

constexpr std::uint8_t kWithQuarantine = 0x80;
constexpr std::uint8_t kWithFailure = 0x40;

/// Cut where a byte says so, so that streams of several messages come too.
std::vector<std::string> messages_of(std::string_view bytes) {
    constexpr char kCut = '\xfe';
    constexpr std::size_t kMaxMessages = 100;
    std::vector<std::string> messages;
    for (;;) {
        const std::size_t end =
            messages.size() + 1 < kMaxMessages ? bytes.find(kCut) : std::string_view::npos;
        messages.emplace_back(bytes.substr(0, end));
        if (end == std::string_view::npos) {
            return messages;
        }
        bytes.remove_prefix(end + 1);
    }
}

/// A failure is a byte for its status, then the messages, the last of which is its reason.
RawAnswer answer_of(std::string_view bytes, bool is_failure, bool is_stream) {
    constexpr std::uint8_t kStatuses = 17;
    RawAnswer answer;
    if (is_failure && !bytes.empty()) {
        answer.status = static_cast<std::uint8_t>(bytes.front()) % kStatuses;
        bytes.remove_prefix(1);
    }
    answer.messages =
        is_failure || is_stream ? messages_of(bytes) : std::vector<std::string>{std::string{bytes}};
    if (is_failure) {
        answer.reason = std::move(answer.messages.back());
        answer.messages.pop_back();
        if (!is_stream && answer.messages.size() > 1) {
            answer.messages.resize(1);
        }
    }
    return answer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Pair pair;
    if (size == 0) {
        return 0;
    }
    constexpr auto kMask = static_cast<std::uint8_t>(~(kWithQuarantine | kWithFailure));
    const Question& question = kQuestions.at((data[0] & kMask) % kQuestions.size());
    pair.server.answer_with(answer_of(
        {reinterpret_cast<const char*>(data) + 1, size - 1},
        (data[0] & kWithFailure) != 0,
        question.is_answered_by_stream
    ));
    gitaly::Target target;
    target.relative_path = "a.git";
    target.deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    if ((data[0] & kWithQuarantine) != 0) {
        target.quarantine = {.object_directory = "objects/in", .alternates = {"objects"}};
    }
    const auto inspection = pair.client->look_into(target);
    question.ask(*pair.client, target, *inspection);
    return 0;
}

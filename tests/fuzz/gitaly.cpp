// What a Gitaly answers, whatever it is: every question ends in an answer or a failure.
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

/// Cut where a byte says so, so that streams of several messages come too.
std::vector<std::string> messages_of(std::string_view bytes) {
    constexpr char kCut = '\xfe';
    std::vector<std::string> messages;
    for (;;) {
        const std::size_t end = bytes.find(kCut);
        messages.emplace_back(bytes.substr(0, end));
        if (end == std::string_view::npos) {
            return messages;
        }
        bytes.remove_prefix(end + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Pair pair;
    if (size == 0) {
        return 0;
    }
    pair.server.answer_with(messages_of({reinterpret_cast<const char*>(data) + 1, size - 1}));
    const std::string id(40, 'a');
    const std::vector<std::string> names{"a", "b/c"};
    gitaly::Target target;
    target.relative_path = "a.git";
    target.deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    constexpr std::uint8_t kWithQuarantine = 0x80;
    if ((data[0] & kWithQuarantine) != 0) {
        target.quarantine = {.object_directory = "objects/in", .alternates = {"objects"}};
    }
    const auto inspection = pair.client->look_into(target);
    constexpr std::uint8_t kQuestions = 11;
    switch ((data[0] & ~kWithQuarantine) % kQuestions) {
        case 0:
            static_cast<void>(inspection->exists());
            break;
        case 1:
            static_cast<void>(inspection->is_empty());
            break;
        case 2:
            static_cast<void>(inspection->default_branch());
            break;
        case 3:
            static_cast<void>(inspection->is_ancestor(id, id));
            break;
        case 4:
            static_cast<void>(inspection->branches_containing(id));
            break;
        case 5:
            static_cast<void>(inspection->new_lfs_pointers(names));
            break;
        case 6:
            static_cast<void>(inspection->new_blobs_over(names, 10));
            break;
        case 7:
            static_cast<void>(inspection->first_changed_path(id, id, names));
            break;
        case 8:
            static_cast<void>(inspection->first_changed_path("", id, names));
            break;
        case 9:
            static_cast<void>(inspection->file_count(id));
            break;
        default:
            static_cast<void>(pair.client->state(target.deadline));
            break;
    }
    return 0;
}

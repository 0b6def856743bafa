// Threads that tell each request to a log that nobody reads.
#include <array>
#include <atomic>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "app/descriptor.hpp"
#include "app/log/stream.hpp"
#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {
namespace {

/// Enough to fill a pipe, and the memory that waits for it, and more.
constexpr int kRequests = 1000;

class UnreadLogFixture : public PoolFixture {
public:
    UnreadLogFixture() {
        std::array<int, 2> ends{-1, -1};
        BOOST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
        reader = Descriptor{ends[0]};
        writer = Descriptor{ends[1]};
        stream.emplace(writer.get(), "internal", clock);
        options.threads = 4;
        start([this](const http::Request& request) {
            const bool is_audit = request.target == "/audit";
            stream->write(line, is_audit ? log::LineKind::audit : log::LineKind::request);
            return describe(request);
        });
    }

    /// Each of several clients asks so often, on a connection that it keeps.
    void ask(const std::string& target) {
        std::vector<std::jthread> clients;
        for (int number = 0; number < 4; ++number) {
            clients.emplace_back([this, &target] {
                FastcgiClient client = connect();
                for (int count = 0; count < kRequests; ++count) {
                    if (summary(client.exchange(get(target))) != "200 GET " + target) {
                        failed.add();
                    }
                }
            });
        }
    }

    const SystemClock clock;
    const std::string line = std::string(200, 'x') + "\n";
    Descriptor reader;
    Descriptor writer;
    std::optional<log::Stream> stream;
    Counter failed;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(unread_log, UnreadLogFixture)

BOOST_AUTO_TEST_CASE(stops_no_request) {
    ask("/request");
    ask("/audit");
    BOOST_TEST(failed.count() == 0U);
    BOOST_TEST(stream->dropped().at(0) > 0U);
    BOOST_TEST(stream->dropped().at(2) == std::size_t{4} * kRequests - log::Backlog::kMostLines);
    end();
}

BOOST_AUTO_TEST_CASE(that_is_read_again_has_whole_lines) {
    std::string text;
    std::atomic<bool> is_reading = false;
    std::jthread late{[this, &text, &is_reading] {
        while (stream->dropped().at(0) == 0) {
            std::this_thread::yield();
        }
        is_reading = true;
        is_reading.notify_one();
        std::array<char, 65536> buffer{};
        for (ssize_t count = 0; (count = ::read(reader.get(), buffer.data(), buffer.size())) > 0;) {
            text.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }};
    ask("/request");
    ask("/audit");
    end();
    const std::size_t dropped = stream->dropped().at(0) + stream->dropped().at(2);
    is_reading.wait(false);
    stream.reset();
    writer = Descriptor{};
    late.join();
    std::size_t whole = 0;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = text.find('\n', start) + 1;
        const std::string_view found = std::string_view{text}.substr(start, end - start);
        const bool is_report = found.find("lines_dropped") != std::string_view::npos;
        BOOST_TEST_REQUIRE((is_report || found == line));
        whole += is_report ? 0U : 1U;
        start = end;
    }
    BOOST_TEST(failed.count() == 0U);
    BOOST_TEST(whole + dropped == 8U * kRequests);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::fastcgi

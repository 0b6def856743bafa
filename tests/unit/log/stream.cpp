// Logs that nobody reads: nothing waits for them, and what becomes of their lines.
#include "app/log/stream.hpp"

#include <array>
#include <fcntl.h>
#include <ostream>
#include <sstream>
#include <string>
#include <sys/fsuid.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/json/reader.hpp"

namespace innergate::log {
namespace {

namespace data = boost::unit_test::data;

constexpr uid_t kNobody = 65534;
constexpr std::size_t kMostOther = Backlog::kMostLines / 4 * 3;

struct Channel {
    Descriptor reader;
    Descriptor writer;
};

enum class ChannelKind { pipe, borrowed_pipe, stream_socket, datagram_socket };

std::ostream& operator<<(std::ostream& out, ChannelKind kind) {
    constexpr std::array kNames{"pipe", "borrowed pipe", "stream socket", "datagram socket"};
    return out << kNames.at(static_cast<std::size_t>(kind));
}

const std::array kChannels{
    ChannelKind::pipe,
    ChannelKind::borrowed_pipe,
    ChannelKind::stream_socket,
    ChannelKind::datagram_socket};

Channel make_channel(ChannelKind kind) {
    std::array<int, 2> ends{-1, -1};
    if (kind == ChannelKind::stream_socket || kind == ChannelKind::datagram_socket) {
        const int type = kind == ChannelKind::stream_socket ? SOCK_STREAM : SOCK_DGRAM;
        BOOST_REQUIRE(::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) == 0);
    } else {
        BOOST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    }
    Channel channel{.reader = Descriptor{ends[0]}, .writer = Descriptor{ends[1]}};
    if (kind == ChannelKind::borrowed_pipe) {
        BOOST_REQUIRE(::fchmod(channel.writer.get(), 0) == 0);
    }
    return channel;
}

/// Takes from root, too, the right to open what nobody may open.
class Unprivileged {
public:
    Unprivileged() { ::setfsuid(kNobody); }
    Unprivileged(const Unprivileged&) = delete;
    Unprivileged& operator=(const Unprivileged&) = delete;
    ~Unprivileged() { ::setfsuid(::geteuid()); }
};

const SystemClock kClock;

/// A stream into a channel of that kind.
class Fixture {
public:
    explicit Fixture(ChannelKind kind) : channel_(make_channel(kind)) {
        const Unprivileged unprivileged;
        stream_.emplace(channel_.writer.get(), "internal", kClock);
    }

    Stream& stream() { return *stream_; }
    [[nodiscard]] int writer() const { return channel_.writer.get(); }

    void write(int number, LineKind kind) {
        stream_->write(
            fmt::format(R"({{"kind":"{}","n":{}}})", to_string(kind), number) + "\n", kind
        );
    }

    /// Lines of requests, until one finds no room.
    int fill() {
        int count = 0;
        while (stream_->dropped().at(0) == 0) {
            write(count++, LineKind::request);
        }
        return count;
    }

    /// All lines up to and with the next one about dropped ones.
    std::vector<std::string> read_to_report() {
        std::vector<std::string> lines{read_line()};
        while (lines.back().find("lines_dropped") == std::string::npos) {
            lines.push_back(read_line());
        }
        return lines;
    }

    std::string read_line() {
        std::size_t end = 0;
        while ((end = text_.find('\n')) == std::string::npos) {
            std::array<char, 65536> buffer{};
            const ssize_t count = ::read(channel_.reader.get(), buffer.data(), buffer.size());
            BOOST_REQUIRE(count > 0);
            text_.append(buffer.data(), static_cast<std::size_t>(count));
        }
        std::string line = text_.substr(0, end);
        text_.erase(0, end + 1);
        BOOST_REQUIRE(json::parse(line).has_value());
        return line;
    }

    void end_stream() {
        stream_.reset();
        channel_.writer = Descriptor{};
    }
    void end_reader() { channel_.reader = Descriptor{}; }

private:
    Channel channel_;
    std::optional<Stream> stream_;
    std::string text_;
};

std::vector<std::string> lines_of(LineKind kind, int count) {
    std::vector<std::string> lines;
    for (int number = 0; number < count; ++number) {
        lines.push_back(fmt::format(R"({{"kind":"{}","n":{}}})", to_string(kind), number));
    }
    return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(log_stream)

// Each of these lines would wait, were it not for one wait for all: for minutes.
BOOST_DATA_TEST_CASE(a_full_one_drops_requests_and_keeps_the_others, data::make(kChannels), kind) {
    constexpr int kLines = 3000;
    constexpr int kKept = 200;
    Fixture log{kind};
    const int written = log.fill() - 1;
    BOOST_TEST(written > 0);
    for (int number = 0; number < kLines; ++number) {
        log.write(number, LineKind::request);
    }
    for (int number = 0; number < kKept; ++number) {
        log.write(number, LineKind::audit);
    }
    BOOST_TEST(log.stream().dropped() == (Stream::Dropped{kLines + 1, 0, 0}));

    std::vector<std::string> expected = lines_of(LineKind::request, written);
    const auto kept = lines_of(LineKind::audit, kKept);
    expected.insert(expected.end(), kept.begin(), kept.end());
    std::vector<std::string> lines = log.read_to_report();
    const std::string report = std::move(lines.back());
    lines.pop_back();
    BOOST_TEST(lines == expected, boost::test_tools::per_element());
    BOOST_TEST(report.ends_with(
        R"("severity":"error","event":"lines_dropped","pool":"internal","dropped_requests":3001,)"
        R"("dropped_other":0,"dropped_audit":0,)"
        R"("message":"lines of the log were dropped because it took no more"})"
    ));
    log.write(0, LineKind::other);
    BOOST_TEST(log.read_line() == lines_of(LineKind::other, 1).front());
}

BOOST_DATA_TEST_CASE(flags_that_others_share_stay, data::make(kChannels), kind) {
    Fixture log{kind};
    log.fill();
    BOOST_TEST((::fcntl(log.writer(), F_GETFL) & O_NONBLOCK) == 0);
}

BOOST_AUTO_TEST_CASE(audit_lines_are_dropped_last) {
    constexpr int kLines = 2000;
    Fixture log{ChannelKind::pipe};
    log.fill();
    for (int number = 0; number < kLines; ++number) {
        log.write(number, LineKind::other);
    }
    for (int number = 0; number < kLines; ++number) {
        log.write(number, LineKind::audit);
    }
    BOOST_TEST(
        log.stream().dropped() ==
        (Stream::Dropped{1, kLines - kMostOther, kLines - (Backlog::kMostLines - kMostOther)})
    );
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_at_the_end) {
    Fixture log{ChannelKind::stream_socket};
    const int written = log.fill() - 1;
    log.write(0, LineKind::audit);
    std::thread reader{[&log, written] {
        for (int number = 0; number < written; ++number) {
            static_cast<void>(log.read_line());
        }
        BOOST_TEST(log.read_line() == lines_of(LineKind::audit, 1).front());
    }};
    reader.join();
    log.end_stream();
}

BOOST_DATA_TEST_CASE(nobody_left_to_read_ends_nothing, data::make(kChannels), kind) {
    Fixture log{kind};
    log.end_reader();
    for (int number = 0; number < 1000; ++number) {
        log.write(number, LineKind::request);
    }
    BOOST_TEST(log.stream().dropped().at(0) == 1000U);
}

BOOST_AUTO_TEST_CASE(a_closed_descriptor_takes_nothing) {
    Stream stream{-1, "internal", kClock};
    stream.write("{}\n", LineKind::request);
    BOOST_TEST(stream.dropped() == (Stream::Dropped{1, 0, 0}));
}

BOOST_AUTO_TEST_CASE(a_device_that_is_full_takes_nothing) {
    const Descriptor full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
    BOOST_REQUIRE(full.is_open());
    Stream stream{full.get(), "internal", kClock};
    stream.write("{}\n", LineKind::request);
    BOOST_TEST(stream.dropped() == (Stream::Dropped{1, 0, 0}));
}

BOOST_DATA_TEST_CASE(lines_of_many_threads_are_whole_or_counted, data::make(kChannels), kind) {
    constexpr int kThreads = 4;
    constexpr int kLines = 3000;
    Fixture log{kind};
    std::size_t read = 0;
    std::thread reader{[&log, &read] {
        // It begins when some have been dropped, and goes on to the last.
        while (log.stream().dropped().at(0) == 0) {
            std::this_thread::yield();
        }
        std::string line;
        while ((line = log.read_line()).find("\"end\"") == std::string::npos) {
            read += line.find(R"("kind":"request")") == std::string::npos ? 0U : 1U;
        }
    }};
    {
        std::vector<std::jthread> writers;
        for (int thread = 0; thread < kThreads; ++thread) {
            writers.emplace_back([&log] {
                for (int number = 0; number < kLines; ++number) {
                    log.write(number, LineKind::request);
                }
            });
        }
    }
    log.stream().write("{\"end\":1}\n", LineKind::audit);
    reader.join();
    BOOST_TEST(read + log.stream().dropped().at(0) == std::size_t{kThreads} * kLines);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

/// A file that takes so many bytes, as one on a full disk.
class FileLimit {
public:
    explicit FileLimit(rlim_t bytes) {
        BOOST_REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        BOOST_REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    FileLimit(const FileLimit&) = delete;
    FileLimit& operator=(const FileLimit&) = delete;
    ~FileLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

std::string content(const Descriptor& file) {
    std::string text(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    const ssize_t size = ::pread(file.get(), text.data(), text.size(), 0);
    BOOST_REQUIRE(size == static_cast<ssize_t>(text.size()));
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(log_in_a_full_file)

BOOST_DATA_TEST_CASE(
    has_no_torn_line_and_goes_on_when_there_is_room, data::make({0, O_APPEND}), flag
) {
    const std::string line = R"({"a":")" + std::string(200, 'a') + "\"}\n";
    const std::size_t most = 100;
    const Descriptor file{::memfd_create("log", MFD_CLOEXEC)};
    BOOST_REQUIRE(::fcntl(file.get(), F_SETFL, flag) == 0);
    std::string expected;
    {
        Stream stream{file.get(), "internal", kClock};
        {
            const FileLimit limit{most * line.size() + line.size() / 2};
            for (std::size_t number = 0; number < 2 * most; ++number) {
                stream.write(line, LineKind::request);
                expected += number < most ? line : "";
            }
            stream.write("{\"audit\":1}\n", LineKind::audit);
            BOOST_TEST(content(file) == expected);
        }
        BOOST_TEST(stream.dropped() == (Stream::Dropped{most, 0, 0}));
    }
    const std::string text = content(file);
    BOOST_TEST_REQUIRE(text.starts_with(expected));
    // Once there is room the thread writes the line that waited, and what it knows of dropped ones,
    // in either order and maybe in parts.
    int audits = 0;
    long long dropped = 0;
    std::istringstream rest{text.substr(expected.size())};
    for (std::string written; std::getline(rest, written);) {
        const auto event = json::parse(written);
        BOOST_TEST_REQUIRE(event.has_value(), written);
        audits += event->find("audit") != nullptr ? 1 : 0;
        if (const json::Value* const count = event->find("dropped_requests")) {
            dropped += std::stoll(count->number()->text);
        }
    }
    BOOST_TEST(audits == 1);
    BOOST_TEST(dropped == static_cast<long long>(most));
    BOOST_TEST(text.ends_with('\n'));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::log

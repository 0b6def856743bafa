#include "app/log/logger.hpp"

#include <array>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <climits>

#include "app/json/reader.hpp"

namespace innergate::log {
namespace {

class FixedClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return Date{std::chrono::year{2026} / 1 / 15}; }
};

const FixedClock kClock;

/// Both ends of a pipe; what was written is read when the writing end is closed.
class Pipe {
public:
    Pipe() { BOOST_REQUIRE(::pipe(ends_.data()) == 0); }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        ::close(ends_[0]);
        close_writing_end();
    }

    /// What a logger writes to.
    [[nodiscard]] Stream& stream(const std::string& pool = "internal") {
        return stream_.emplace(ends_[1], pool, kClock);
    }

    [[nodiscard]] std::vector<std::string> lines() {
        close_writing_end();
        return read_lines();
    }

    [[nodiscard]] std::vector<std::string> read_lines() const {
        std::string text;
        std::array<char, 4096> buffer{};
        for (ssize_t count = 0; (count = ::read(ends_[0], buffer.data(), buffer.size())) > 0;) {
            text.append(buffer.data(), static_cast<std::size_t>(count));
        }
        std::vector<std::string> lines;
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = text.find('\n', start);
            lines.push_back(text.substr(start, end - start));
            start = end + 1;
        }
        return lines;
    }

    void close_writing_end() {
        stream_.reset();
        if (ends_[1] >= 0) {
            ::close(ends_[1]);
            ends_[1] = -1;
        }
    }

private:
    std::array<int, 2> ends_{-1, -1};
    std::optional<Stream> stream_;
};

const RequestFinished kRequest{
    .correlation_id = "abc",
    .method = "GET",
    .route = "/api/v4/internal/discover",
    .status = 200,
    .duration = std::chrono::microseconds{1500},
    .database_duration = std::chrono::microseconds{300},
    .database_statements = 1,
    .caller = "shell",
    .remote_ip = "127.0.0.1",
    .reason = "",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(logger)

BOOST_AUTO_TEST_CASE(request_line_has_the_documented_fields) {
    Pipe pipe;
    Logger{pipe.stream(), settings::LogLevel::info}.log(kRequest);
    const auto lines = pipe.lines();
    BOOST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(
        lines.front() ==
        R"({"time":"2026-01-15T00:00:00.000Z","severity":"info","event":"request","pool":"internal",)"
        R"("correlation_id":"abc","method":"GET","route":"/api/v4/internal/discover","status":200,)"
        R"("duration_s":0.0015,"db_duration_s":0.0003,"db_count":1,"meta.caller":"shell",)"
        R"("remote_ip":"127.0.0.1"})"
    );
}

BOOST_AUTO_TEST_CASE(a_job_is_done_or_failed) {
    Pipe pipe;
    const Logger logger{pipe.stream("jobs"), settings::LogLevel::info};
    JobFinished event{
        .id = 5,
        .gl_repository = "project-3",
        .correlation_id = "abc",
        .attempt = 2,
        .duration = std::chrono::milliseconds{100},
        .reason = {},
        .output = {}};
    logger.log(event);
    event.correlation_id = {};
    event.reason = "50-tell: exit status 3";
    event.output = "no luck\n";
    logger.log(event);
    const auto lines = pipe.lines();
    BOOST_REQUIRE(lines.size() == 2U);
    BOOST_TEST(
        lines.front() ==
        R"({"time":"2026-01-15T00:00:00.000Z","severity":"info","event":"job_done","pool":"jobs",)"
        R"("job_id":5,"gl_repository":"project-3","correlation_id":"abc","attempt":2,"duration_s":0.1})"
    );
    BOOST_TEST(
        lines.back() ==
        R"({"time":"2026-01-15T00:00:00.000Z","severity":"warning","event":"job_failed","pool":"jobs",)"
        R"("job_id":5,"gl_repository":"project-3","attempt":2,"duration_s":0.1,)"
        R"("reason":"50-tell: exit status 3","output":"no luck\n"})"
    );
}

BOOST_AUTO_TEST_CASE(start_tells_who_looks_into_repositories) {
    Pipe pipe;
    const Logger logger{pipe.stream(), settings::LogLevel::info};
    logger.log(StorageConfigured{
        .storage = "default", .inspector = "local", .path = "/srv/git", .address = ""});
    logger.log(StorageConfigured{.storage = "far", .inspector = "none", .path = "", .address = ""});
    logger.log(StorageConfigured{
        .storage = "next", .inspector = "gitaly", .path = "", .address = "tcp://gitaly:8075"});
    logger.log(CheckOpen{"force_push"});
    const std::vector<std::string> expected{
        R"({"time":"2026-01-15T00:00:00.000Z","severity":"info","event":"storage","pool":"internal",)"
        R"("storage":"default","inspector":"local","path":"/srv/git"})",
        R"({"time":"2026-01-15T00:00:00.000Z","severity":"info","event":"storage","pool":"internal",)"
        R"("storage":"far","inspector":"none"})",
        R"({"time":"2026-01-15T00:00:00.000Z","severity":"info","event":"storage","pool":"internal",)"
        R"("storage":"next","inspector":"gitaly","gitaly_address":"tcp://gitaly:8075"})",
        R"({"time":"2026-01-15T00:00:00.000Z","severity":"warning","event":"check_open",)"
        R"("pool":"internal","check":"force_push",)"
        R"("message":"pushes that this check cannot judge are let through"})"};
    BOOST_TEST(pipe.lines() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(server_errors_are_errors) {
    Pipe pipe;
    const Logger logger{pipe.stream(), settings::LogLevel::error};
    RequestFinished failed = kRequest;
    failed.status = 503;
    failed.reason = "cannot open the database";
    logger.log(kRequest);
    logger.log(failed);
    const auto lines = pipe.lines();
    BOOST_REQUIRE(lines.size() == 1U);
    const auto line = json::parse(lines.front());
    BOOST_TEST(*line->find("severity")->string() == "error");
    BOOST_TEST(*line->find("reason")->string() == "cannot open the database");
}

BOOST_AUTO_TEST_CASE(hostile_text_stays_inside_its_string) {
    Pipe pipe;
    RequestFinished request = kRequest;
    request.method = "GET\",\"severity\":\"x\n\xff";
    Logger{pipe.stream(), settings::LogLevel::info}.log(request);
    const auto lines = pipe.lines();
    BOOST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(*json::parse(lines.front())->find("severity")->string() == "info");
}

BOOST_AUTO_TEST_CASE(texts_of_any_length_give_a_line_that_a_pipe_takes_in_one_piece) {
    const std::string plain(100'000, 'x');
    const std::string escaped(100'000, '\x01');  // six bytes each in JSON
    for (const std::string& text : {plain, escaped}) {
        Pipe pipe;
        const Logger logger{pipe.stream(), settings::LogLevel::info};
        logger.log(RequestFinished{
            .correlation_id = text,
            .method = text,
            .route = text,
            .caller = text,
            .remote_ip = text,
            .reason = text,
        });
        const auto lines = pipe.lines();
        BOOST_REQUIRE(lines.size() == 1U);
        BOOST_TEST(lines.front().size() < static_cast<std::size_t>(PIPE_BUF));
        BOOST_TEST(json::parse(lines.front()).has_value());
    }
}

BOOST_AUTO_TEST_CASE(lines_of_many_threads_do_not_mix) {
    constexpr int kThreads = 8;
    constexpr int kLines = 500;
    const std::string reason(10'000, 'r');
    RequestFinished request = kRequest;
    request.reason = reason;
    Pipe pipe;
    Stream& stream = pipe.stream();
    const Logger logger{stream, settings::LogLevel::info};
    std::vector<std::string> lines;
    std::jthread reader{[&pipe, &lines] { lines = pipe.read_lines(); }};
    {
        std::vector<std::jthread> writers;
        for (int thread = 0; thread < kThreads; ++thread) {
            writers.emplace_back([&logger, &request] {
                for (int line = 0; line < kLines; ++line) {
                    logger.log(request);
                }
            });
        }
    }
    // On a busy machine the reader may come too late for some.
    std::size_t lines_in_all = stream.dropped().at(0);
    pipe.close_writing_end();
    reader.join();
    for (const std::string& line : lines) {
        const auto document = json::parse(line);
        BOOST_REQUIRE(document.has_value());
        lines_in_all += *document->find("event")->string() == "request" ? 1U : 0U;
    }
    BOOST_TEST(lines_in_all == static_cast<std::size_t>(kThreads * kLines));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::log

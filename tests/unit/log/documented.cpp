// docs/operations.md tells each event with its severities and fields, and tells nothing else.
#include <algorithm>
#include <array>
#include <fcntl.h>
#include <functional>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "app/descriptor.hpp"
#include "app/json/reader.hpp"
#include "app/log/fields.hpp"
#include "app/log/logger.hpp"
#include "tests/support/repository_files.hpp"

namespace innergate::log {
namespace {

using std::chrono::seconds;

using Names = std::set<std::string>;

struct Told {
    Names severities;
    Names fields;

    bool operator==(const Told&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Told& told) {
    const auto print = [&out](const Names& names) {
        std::ranges::copy(names, std::ostream_iterator<std::string>{out, " "});
    };
    print(told.severities);
    out << "| ";
    print(told.fields);
    return out;
}

/// Each kind of event with all its members, so that each field is written at least once.
std::vector<std::function<void(const Logger&)>> all_events() {
    const RequestFinished request{
        .correlation_id = "abc",
        .method = "GET",
        .route = "/",
        .status = 200,
        .caller = "shell",
        .remote_ip = "127.0.0.1",
        .reason = "none",
    };
    RequestFinished failed = request;
    failed.status = 500;
    const AccessDecision granted{
        .gl_id = "user-7",
        .gl_key_id = 7,
        .gl_project_id = 3,
        .gl_repository = "project-3",
        .action = "git-upload-pack",
        .protocol = "ssh",
        .check_ip = "192.0.2.1",
        .denied_by = {},
        .inspector = "gitaly",
        .inspection = seconds{1},
    };
    AccessDecision denied = granted;
    denied.denied_by = "22";
    const CredentialCreated created{
        .kind = CredentialKind::personal_access_token,
        .user_id = 7,
        .gl_key_id = 7,
        .expires_on = "2026-01-15",
    };
    const JobFinished done{
        .id = 1,
        .gl_repository = "project-3",
        .correlation_id = "abc",
        .attempt = 1,
        .duration = seconds{1},
        .reason = {},
        .output = {},
    };
    JobFinished failed_job = done;
    failed_job.reason = "exit status 1";
    failed_job.output = "no";
    return {
        [=](const Logger& logger) { logger.log(request); },
        [=](const Logger& logger) { logger.log(failed); },
        [=](const Logger& logger) { logger.log(granted, "abc"); },
        [=](const Logger& logger) { logger.log(denied, "abc"); },
        [=](const Logger& logger) { logger.log(created, "abc"); },
        [](const Logger& logger) {
            logger.log(PoolStarted{"1", "descriptor 0", "sqlite:x", 4});
        },
        [](const Logger& logger) {
            logger.log(StorageConfigured{"default", "local", "/srv", "unix:/run/gitaly.socket"});
        },
        [](const Logger& logger) { logger.log(CheckOpen{"force_push"}); },
        [](const Logger& logger) { logger.log(PoolStopping{"SIGTERM"}); },
        [](const Logger& logger) { logger.log(PoolStopped{}); },
        [](const Logger& logger) {
            logger.log(RunnerStarted{"1", "sqlite:x", "/etc"});
        },
        [=](const Logger& logger) { logger.log(done); },
        [=](const Logger& logger) { logger.log(failed_job); },
        [](const Logger& logger) { logger.log(DatabaseUnreachable{"gone"}); },
        [](const Logger& logger) { logger.log(DatabaseReachable{}); },
        [](const Logger& logger) { logger.log(Warning{"look"}); },
    };
}

class FixedClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return {}; }
};

/// The line that no logger writes: a full pipe drops a request's line and is emptied then.
void write_about_dropped_lines(const Descriptor& file, const Clock& clock) {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0);
    const Descriptor reader{ends[0]};
    const Descriptor writer{ends[1]};
    std::array<char, 65536> buffer{};
    while (::write(writer.get(), buffer.data(), buffer.size()) > 0) {
    }
    std::string text;
    const auto read_all = [&reader, &buffer, &text] {
        for (ssize_t size = 0; (size = ::read(reader.get(), buffer.data(), buffer.size())) > 0;) {
            text.append(buffer.data(), static_cast<std::size_t>(size));
        }
    };
    {
        Stream stream{writer.get(), "internal", clock};
        stream.write("{}\n", LineKind::request);
        read_all();
    }
    read_all();
    text.erase(0, text.find('{'));
    BOOST_REQUIRE(::write(file.get(), text.data(), text.size()) > 0);
}

std::map<std::string, Told> written() {
    const Descriptor file{::memfd_create("log", MFD_CLOEXEC)};
    const FixedClock clock;
    Stream stream{file.get(), "internal", clock};
    const Logger logger{stream, settings::LogLevel::debug};
    for (const auto& write : all_events()) {
        write(logger);
    }
    write_about_dropped_lines(file, clock);
    std::string text(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    BOOST_REQUIRE(::pread(file.get(), text.data(), text.size(), 0) > 0);
    std::map<std::string, Told> events;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        const auto document = json::parse(line);
        Told& told = events[*document->find("event")->string()];
        told.severities.insert(*document->find("severity")->string());
        for (const auto& [name, value] : *document->object()) {
            told.fields.insert(name);
        }
    }
    return events;
}

std::string log_section() {
    const std::string page = test::repository_file("docs/operations.md");
    const std::size_t start = page.find("\n## Log\n");
    BOOST_REQUIRE(start != std::string::npos);
    return page.substr(start, page.find("\n## ", start + 1) - start);
}

Names matches(const std::string& text, const char* pattern) {
    const std::regex expression{pattern};
    Names found;
    for (std::sregex_iterator match{text.begin(), text.end(), expression}, end; match != end;
         ++match) {
        found.insert((*match)[1].str());
    }
    return found;
}

/// The cells of each row of the section's tables whose head begins with `head`.
std::vector<std::vector<std::string>> rows_of(const std::string& head) {
    std::vector<std::vector<std::string>> rows;
    bool is_inside = false;
    std::istringstream lines{log_section()};
    for (std::string line; std::getline(lines, line);) {
        const bool is_row = line.starts_with("| ");
        if (is_row && is_inside) {
            std::vector<std::string> cells;
            std::istringstream parts{line.substr(2)};
            for (std::string cell; std::getline(parts, cell, '|');) {
                cells.push_back(cell);
            }
            rows.push_back(std::move(cells));
        }
        is_inside = line.starts_with(head) || (is_inside && line.starts_with('|'));
    }
    return rows;
}

constexpr const char* kQuoted = "`([^`]+)`";
const Names kEverywhere{"time", "severity", "event", "pool"};

}  // namespace

BOOST_AUTO_TEST_SUITE(documented_log)

BOOST_AUTO_TEST_CASE(events_are_told_with_their_severities_and_fields) {
    std::map<std::string, Told> documented;
    for (const auto& cells : rows_of("| Event |")) {
        const Names names = matches(cells.at(0), kQuoted);
        Told told{
            .severities = matches(cells.at(1), R"(\b(debug|info|warning|error)\b)"),
            .fields = kEverywhere};
        told.fields.merge(matches(cells.at(3), kQuoted));
        for (const std::string& name : names) {
            documented[name] = told;
        }
    }
    auto events = written();
    // One row for both.
    for (const auto member : {&Told::severities, &Told::fields}) {
        Names both = events["job_done"].*member;
        both.merge(Names{events["job_failed"].*member});
        events["job_done"].*member = both;
        events["job_failed"].*member = both;
    }
    BOOST_TEST(events.size() == documented.size());
    for (const auto& [name, told] : events) {
        BOOST_TEST(
            documented[name] == told, name << ": " << told << "; told: " << documented[name]
        );
    }
}

BOOST_AUTO_TEST_CASE(fields_have_a_meaning) {
    Names explained = kEverywhere;
    for (const auto& cells : rows_of("| Field |")) {
        explained.merge(matches(cells.at(0), kQuoted));
    }
    const Names known =
        matches(test::repository_file("app/log/fields.hpp"), R"re( = "([^"]+)";)re");
    BOOST_TEST(explained == known, boost::test_tools::per_element());
}

// So that the list above cannot forget one.
BOOST_AUTO_TEST_CASE(every_event_was_written) {
    const Names kinds =
        matches(test::repository_file("app/log/logger.hpp"), R"(void log\(const (\w+)& event)");
    const Names told = matches(
        test::repository_file("tests/unit/log/documented.cpp"), R"(\b([A-Z]\w+)(?: \w+)?\{)"
    );
    for (const std::string& kind : kinds) {
        BOOST_TEST((kind == "Audit" || told.contains(kind)), kind);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::log

// What the log is told of access that was asked for and of credentials that were made.
#include <array>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

#include "app/descriptor.hpp"
#include "app/json/reader.hpp"
#include "app/log/logger.hpp"
#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

struct Audited {
    explicit Audited(db::Dialect dialect) : database(dialect, Content::demo) {
        server.settings.storages["default"].gitaly_address = "unix:/run/gitaly.socket";
    }

    /// The line that a pool would write of it, from the event on; empty: none.
    [[nodiscard]] std::string line_of(const http::Response& response) const {
        const Descriptor file{::memfd_create("log", MFD_CLOEXEC)};
        log::Stream stream{file.get(), "internal", server.clock};
        const log::Logger logger{stream, settings::LogLevel::info};
        logger.log(response.audit, "abc");
        std::array<char, 4096> buffer{};
        const ssize_t size = ::pread(file.get(), buffer.data(), buffer.size(), 0);
        const std::string line{buffer.data(), static_cast<std::size_t>(size)};
        const std::size_t start = line.find(R"("event")");
        return start == std::string::npos ? line : line.substr(start);
    }
    [[nodiscard]] std::string allowed(const std::string& body) {
        return line_of(server.shell_post("allowed", body + "&protocol=ssh"));
    }

    TestDatabase database;
    InProcessServer server{settings::PoolName::internal, database};
};

std::string decision(const std::string& rest) {
    return R"("event":"access_decision","pool":"internal","correlation_id":"abc",)" + rest + "}\n";
}

std::string credential(const std::string& rest) {
    return R"("event":"credential_created","pool":"internal","correlation_id":"abc",)" + rest +
           "}\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(audit)

BOOST_DATA_TEST_CASE(refusals_tell_who_wanted_what, data::make(dialects()), dialect) {
    Audited audited{dialect};
    BOOST_TEST(
        audited.allowed("key_id=7&project=gnuwget/wget2&action=git-receive-pack&changes=_any"
                        "&check_ip=192.0.2.7") ==
        decision(R"("decision":"denied","reason_code":"21","gl_id":"user-7","gl_key_id":7,)"
                 R"("gl_project_id":3,"gl_repository":"project-3","action":"git-receive-pack",)"
                 R"("protocol":"ssh","check_ip":"192.0.2.7")")
    );
    BOOST_TEST(
        audited.allowed("username=nobody&project=no/such&action=git-upload-pack") ==
        decision(R"("decision":"denied","reason_code":"12","action":"git-upload-pack",)"
                 R"("protocol":"ssh")")
    );
}

BOOST_DATA_TEST_CASE(refusals_by_the_rate_limit_are_told, data::make(dialects()), dialect) {
    Audited audited{dialect};
    audited.database.session().execute_once(
        "update application_settings set gitlab_shell_operation_limit = 1"
    );
    const std::string body = "key_id=11&project=gnuwget/wget2&action=git-upload-pack";
    BOOST_TEST(audited.allowed(body).find(R"("decision":"allowed")") != std::string::npos);
    BOOST_TEST(
        audited.allowed(body) ==
        decision(R"("decision":"denied","reason_code":"rate_limit","gl_id":"user-1",)"
                 R"("gl_key_id":11,"action":"git-upload-pack","protocol":"ssh")")
    );
}

BOOST_DATA_TEST_CASE(grants_are_told_too, data::make(dialects()), dialect) {
    Audited audited{dialect};
    BOOST_TEST(
        audited.allowed("key_id=11&project=gnuwget/wget2&action=git-upload-pack") ==
        decision(R"("decision":"allowed","gl_id":"user-1","gl_key_id":11,"gl_project_id":3,)"
                 R"("gl_repository":"project-3","action":"git-upload-pack","protocol":"ssh")")
    );
}

BOOST_DATA_TEST_CASE(new_credentials_are_told_but_not_shown, data::make(dialects()), dialect) {
    Audited audited{dialect};
    BOOST_TEST(
        audited.line_of(audited.server.shell_post(
            "personal_access_token",
            R"({"key_id":7,"name":"t","scopes":["read_user"],"expires_at":"2026-02-14"})"
        )) == credential(R"("credential":"personal_access_token","user_id":7,"gl_key_id":7,)"
                         R"("expires_on":"2026-02-14")")
    );
    BOOST_TEST(
        audited.line_of(audited.server.shell_post("two_factor_recovery_codes", "user_id=7")) ==
        credential(R"("credential":"two_factor_recovery_codes","user_id":7)")
    );
}

BOOST_DATA_TEST_CASE(what_was_not_made_is_not_told, data::make(dialects()), dialect) {
    Audited audited{dialect};
    for (const char* const endpoint : {"personal_access_token", "two_factor_recovery_codes"}) {
        const http::Response response = audited.server.shell_post(endpoint, "user_id=999");
        BOOST_TEST(audited.line_of(response) == "", endpoint);
    }
    BOOST_TEST(
        audited.line_of(audited.server.shell_get("/api/v4/internal/discover?key_id=7")) == ""
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

// What the tests of the push hooks share.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/json/reader.hpp"
#include "app/json/writer.hpp"
#include "tests/contract/contract_suite.hpp"
#include "tests/support/write_lock.hpp"

namespace innergate::test {

inline const std::string kZero(40, '0');
inline const std::string kOne(40, '1');

/// What Gitaly's hook tells: root pushes to project 3, `gnuwget/wget2`, unless said otherwise.
struct Push {
    std::string gl_repository = "project-3";
    std::string identifier = "user-1";
    std::string changes = {};
    std::vector<std::string> options = {};
};

inline std::string body_of(const Push& push) {
    std::string body;
    json::Writer writer{body};
    writer.begin_object();
    writer.member("gl_repository", push.gl_repository);
    writer.member("identifier", push.identifier);
    writer.member("changes", push.changes);
    writer.key("push_options");
    if (push.options.empty()) {
        writer.null();  // as Gitaly sends none
    } else {
        writer.begin_array();
        for (const std::string& option : push.options) {
            writer.value(option);
        }
        writer.end_array();
    }
    writer.end_object();
    return body;
}

/// The line of a branch that moved.
inline std::string updated(const std::string& branch) {
    return fmt::format("{} {} refs/heads/{}\n", kOne, std::string(40, '2'), branch);
}

/// A database of its own with the demo in it, without broadcast messages.
struct Hook {
    explicit Hook(db::Dialect dialect, const Timeouts& timeouts = {})
        : database(dialect), server{settings::PoolName::internal, database, timeouts} {
        import_demo(database);
        run("delete from broadcast_messages");
    }

    void run(const std::string& sql) { database.session().execute_once(sql); }
    [[nodiscard]] std::string look(const std::string& sql) { return database.look(sql); }
    [[nodiscard]] http::Response tell(const std::string& body) {
        return server.shell_post("post_receive", body);
    }
    /// `alert text` or `basic text` per message, a bar between them.
    [[nodiscard]] std::string messages(const Push& push) {
        const http::Response response = tell(body_of(push));
        BOOST_TEST_REQUIRE(response.status == 200, response.body);
        const auto answer = json::parse(response.body);
        std::string all;
        for (const json::Value& message : *answer.value().find("messages")->array()) {
            all += all.empty() ? "" : "|";
            all += *message.find("type")->string() + " " + *message.find("message")->string();
        }
        return all;
    }
    void add_banner(
        const std::string& text, const std::string& columns, const std::string& values
    ) {
        run(fmt::format(
            "insert into broadcast_messages (message, starts_at, ends_at{0}) values "
            "('{1}', '2026-01-15T12:00:00.000Z', '2026-01-15T12:00:00.001Z'{2})",
            columns,
            text,
            values
        ));
    }
    void add_message(
        const std::string& kind, const std::string& text, const std::string& expires_at
    ) {
        run(fmt::format(
            "insert into post_push_messages (kind, user_id, gl_repository, message, expires_at) "
            "values ('{}', 1, 'project-3', '{}', '{}')",
            kind,
            text,
            expires_at
        ));
    }
    [[nodiscard]] std::string jobs() { return look("select count(*) from post_receive_jobs"); }
    [[nodiscard]] std::string counters() {
        return look(
            "select gl_repository || '=' || value from reference_counters "
            "order by gl_repository"
        );
    }

    TestDatabase database;
    InProcessServer server;
};

}  // namespace innergate::test

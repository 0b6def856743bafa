#include <deque>
#include <string>

#include <fmt/format.h>

#include "app/routing/route.hpp"
#include "handlers/inspectors/create_repository.hpp"
#include "tests/contract/contract_suite.hpp"
#include "tests/contract/shell/storage_folder.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kNotFound =
    R"({"status":false,"message":"The project you were looking for could not be found or you don't )"
    R"(have permission to view it."})";
constexpr const char* kGrant =
    R"({"status":true,"gl_repository":"project-3","gl_project_path":"gnuwget/wget2","gl_project_id":3,)"
    R"("gl_root_namespace_id":2,"gl_id":"user-1","gl_username":"root","gl_key_type":"key","gl_key_id":11,)"
    R"("git_config_options":["uploadpack.allowFilter=true","uploadpack.allowAnySHA1InWant=true"],)"
    R"("gitaly":{"repository":{"storage_name":"default","relative_path":)"
    R"("@hashed/4e/07/4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce.git",)"
    R"("git_object_directory":"","git_alternate_object_directories":[],"gl_repository":"project-3",)"
    R"("gl_project_path":"gnuwget/wget2"},"address":"unix:/run/gitaly.socket","token":null,)"
    R"("features":{}},"gl_console_messages":[],"need_audit":false})";
constexpr const char* kTooMany =
    R"({"message":{"error":"This endpoint has been requested too many times. Try again later."}})";

std::string refusal(std::string_view message) {
    return fmt::format(R"({{"status":false,"message":"{}"}})", message);
}

struct Git {
    explicit Git(db::Dialect dialect) : database(dialect) {
        import_demo(database);
        server.settings.storages["default"].gitaly_address = "unix:/run/gitaly.socket";
        // Nobody can look into these repositories, which is what one case is about.
        server.settings.checks.lfs_objects = settings::Unchecked::open;
    }

    void sql(const std::string& statement) { database.session().execute_once(statement); }
    std::string look(const std::string& statement) {
        std::string text;
        // Its text has to live as long as the session, which knows statements by their address.
        static std::deque<std::string> statements;
        statements.push_back("select cast((" + statement + ") as text)");
        database.session().fetch_one(db::Query{"test.look", statements.back()}, soci::into(text));
        return text;
    }
    http::Response ask(const std::string& body) { return server.shell_post("allowed", body); }
    http::Response fetch(const std::string& actor, const std::string& project) {
        return ask(actor + "&project=" + project + "&action=git-upload-pack&protocol=ssh");
    }
    http::Response push(const std::string& actor, const std::string& project) {
        return ask(
            actor + "&project=" + project + "&action=git-receive-pack&changes=_any&protocol=ssh"
        );
    }

    TestDatabase database;
    InProcessServer server{settings::PoolName::internal, database};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_allowed)

BOOST_DATA_TEST_CASE(documented_sample_is_granted, data::make(dialects()), dialect) {
    Git git{dialect};
    check(git.fetch("key_id=11", "gnuwget/wget2"), 200, kGrant);
    check(git.fetch("key_id=11", "/gnuwget/wget2.git"), 200, kGrant);
    check(git.fetch("key_id=11", "GNUwget/WGET2"), 200, kGrant);
    check(
        git.ask(
            R"({"key_id":"11","gl_repository":"project-3","project":"/data/git/x","changes":"_any",)"
            R"("action":"git-receive-pack","protocol":"SSH","push_options":null,"env":"{}"})"
        ),
        200,
        kGrant
    );
    BOOST_TEST(git.fetch("key_id=11", "gnuwget/wget2").content_type == "application/json");
}

BOOST_DATA_TEST_CASE(who_may_fetch_and_push, data::make(dialects()), dialect) {
    Git git{dialect};
    BOOST_TEST(git.fetch("key_id=999", "gnuwget/wget2").status == 200);
    check(git.fetch("key_id=999", "group1/first"), 404, kNotFound);
    check(git.fetch("key_id=7", "gnuwget/nothing"), 404, kNotFound);
    check(
        git.push("key_id=7", "gnuwget/wget2"),
        401,
        refusal("You are not allowed to push code to this project.")
    );
    check(
        git.push("key_id=999", "gnuwget/wget2"),
        401,
        refusal("You are not allowed to upload code for this project.")
    );
    BOOST_TEST(git.push("username=RUBI", "group1/first").status == 200);
    BOOST_TEST(git.push("identifier=user-7", "group1/first").status == 200);
    for (const char* const unknown : {"-7", "7x", "99999999999999999999", "007", ""}) {
        check(git.fetch(std::string{"key_id="} + unknown, "group1/first"), 404, kNotFound);
    }
}

BOOST_DATA_TEST_CASE(state_of_user_and_key_comes_first, data::make(dialects()), dialect) {
    Git git{dialect};
    check(
        git.ask("key_id=7&project=gnuwget/wget2&action=git-status&protocol=ssh"),
        401,
        refusal("The command you're trying to execute is not allowed.")
    );
    git.sql("update keys set expires_at = '2026-01-20T00:00:00.000Z' where id = 7");
    BOOST_TEST(
        git.fetch("key_id=7", "gnuwget/wget2")
            .body.find(
                R"("gl_console_messages":["INFO: Your SSH key is expiring soon. Please generate a new key."])"
            ) != std::string::npos
    );
    git.sql("update keys set expires_at = '2026-01-15T12:00:00.000Z' where id = 7");
    check(git.fetch("key_id=7", "no/such"), 401, refusal("Your SSH key has expired."));
    git.sql("update users set state = 'blocked' where id = 7");
    check(git.fetch("user_id=7", "no/such"), 401, refusal("Your account has been blocked."));
}

BOOST_DATA_TEST_CASE(
    a_locked_account_is_let_in_when_its_time_is_over, data::make(dialects()), dialect
) {
    Git git{dialect};
    git.sql("update users set locked_at = '2026-01-15T11:50:00.000Z' where id = 7");
    check(git.fetch("key_id=7", "no/such"), 401, refusal("Your account has been blocked."));
    git.server.clock.set(git.server.clock.now() + std::chrono::milliseconds{1});
    check(git.fetch("key_id=7", "no/such"), 404, kNotFound);
    git.server.settings.access.unlock_in = std::chrono::seconds{601};
    check(git.fetch("key_id=7", "no/such"), 401, refusal("Your account has been blocked."));
}

BOOST_DATA_TEST_CASE(
    uses_are_remembered_and_refusals_write_little, data::make(dialects()), dialect
) {
    Git git{dialect};
    check(git.fetch("key_id=7", "no/such"), 404, kNotFound);
    BOOST_TEST(
        git.look("select count(*) from keys where id = 7 and last_used_at is not null") == "1"
    );
    BOOST_TEST(git.look("select count(*) from users where last_activity_on is not null") == "0");
    BOOST_TEST(git.fetch("key_id=7", "gnuwget/wget2").status == 200);
    BOOST_TEST(git.look("select last_activity_on from users where id = 7") == "2026-01-15");
}

BOOST_DATA_TEST_CASE(an_old_path_leads_on_and_is_told, data::make(dialects()), dialect) {
    Git git{dialect};
    git.sql(
        "insert into redirect_routes (source_type, source_id, path) values ('Project', 3, "
        "'old/wget')"
    );
    BOOST_TEST(git.push("key_id=11", "old/wget").status == 200);
    BOOST_TEST(
        git.look("select message from post_push_messages where user_id = 1") ==
        "Project 'old/wget' was moved to 'gnuwget/wget2'.\n\nPlease update your Git remote:\n\n"
        "  git remote set-url origin git@gitlab.example.com:gnuwget/wget2.git\n"
    );
}

BOOST_DATA_TEST_CASE(calls_are_limited_per_minute, data::make(dialects()), dialect) {
    Git git{dialect};
    git.sql("update application_settings set gitlab_shell_operation_limit = 2");
    BOOST_TEST(git.fetch("key_id=7", "gnuwget/wget2").status == 200);
    BOOST_TEST(git.fetch("key_id=7", "gnuwget/wget2").status == 200);
    check(git.fetch("key_id=7", "gnuwget/wget2"), 429, kTooMany);
    BOOST_TEST(git.fetch("key_id=11", "gnuwget/wget2").status == 200);
    git.server.clock.set(git.server.clock.now() + std::chrono::minutes{1});
    BOOST_TEST(git.fetch("key_id=7", "gnuwget/wget2").status == 200);
}

BOOST_DATA_TEST_CASE(long_calls_are_limited_too, data::make(dialects()), dialect) {
    Git git{dialect};
    git.sql("update application_settings set gitlab_shell_operation_limit = 2");
    const std::string project = "gnuwget/wget2&filler=" + std::string(routing::kLongBody, 'x');
    BOOST_TEST(git.fetch("key_id=7", project).status == 200);
    BOOST_TEST(git.server.used_slow_lane());
    BOOST_TEST(git.fetch("key_id=7", project).status == 200);
    check(git.fetch("key_id=7", project), 429, kTooMany);
}

BOOST_DATA_TEST_CASE(
    calls_over_a_unix_socket_are_limited_per_key_alone, data::make(dialects()), dialect
) {
    Git git{dialect};
    git.sql("update application_settings set gitlab_shell_operation_limit = 2");
    const auto fetch_from = [](Git& asked, const std::string& address, int key) {
        return asked.server
            .answer(
                {.method = http::Method::post,
                 .target = "/api/v4/internal/allowed",
                 .headers = {{"Gitlab-Shell-Api-Request", asked.server.shell_jwt()}},
                 .content_type = "application/x-www-form-urlencoded",
                 .body = fmt::format(
                     "key_id={}&project=gnuwget/wget2&action=git-upload-pack&protocol=ssh", key
                 ),
                 .remote_address = address}
            )
            .status;
    };
    for (int key = 1001; key <= 1010; ++key) {
        git.sql(fmt::format(
            "insert into keys (id, user_id, title, key, fingerprint_sha256) "
            "values ({0}, 7, 'one of many', 'ssh-ed25519 AAAA{0}', '{0:043}')",
            key
        ));
        BOOST_TEST(fetch_from(git, "unix:", key) == 200);
    }
    BOOST_TEST(fetch_from(git, "unix:", 7) == 200);
    BOOST_TEST(fetch_from(git, "unix:", 7) == 200);
    BOOST_TEST(fetch_from(git, "unix:", 7) == 429);
    BOOST_TEST(fetch_from(git, "192.0.2.1", 11) == 200);
    BOOST_TEST(fetch_from(git, "192.0.2.1", 11) == 200);
    git.server.settings.access.trusted_addresses = {"127.0.0.1"};
    BOOST_TEST(fetch_from(git, "unix:", 1001) == 200);
    BOOST_TEST(fetch_from(git, "unix:", 1002) == 200);
    BOOST_TEST(fetch_from(git, "unix:", 1003) == 429);
    git.server.settings.access.trusted_addresses = {"198.51.100.0/24"};
    BOOST_TEST(fetch_from(git, "198.51.100.7", 1004) == 200);
    BOOST_TEST(fetch_from(git, "198.51.100.7", 1005) == 200);
    BOOST_TEST(fetch_from(git, "198.51.100.7", 1006) == 200);
}

BOOST_DATA_TEST_CASE(protected_branches_of_real_changes, data::make(dialects()), dialect) {
    Git git{dialect};
    git.sql("insert into protected_branches (id, project_id, name) values (1, 1, 'stable-*')");
    git.sql(
        "insert into protected_branch_push_access_levels (protected_branch_id, access_level) "
        "values (1, 40)"
    );
    const auto ask = [](Git& asked, const std::string& actor, const std::string& ref) {
        const std::string zeros(40, '0');
        const std::string id(40, 'a');
        return asked.ask(fmt::format(
            R"({{"{}":"{}","gl_repository":"project-1","action":"git-receive-pack","protocol":"ssh",)"
            R"("changes":"{} {} {}\n"}})",
            "user_id",
            actor,
            zeros,
            id,
            ref
        ));
    };
    BOOST_TEST(ask(git, "7", "refs/heads/topic").status == 200);
    check(
        ask(git, "7", "refs/heads/stable-1"),
        401,
        refusal("You are not allowed to create protected branches on this project.")
    );
    BOOST_TEST(ask(git, "1", "refs/heads/stable-1").status == 200);
    check(
        ask(git, "7", "refs/heads/a..b"),
        401,
        refusal("You cannot create a branch with an invalid name.")
    );
}

BOOST_DATA_TEST_CASE(
    what_cannot_be_checked_is_refused_unless_open, data::make(dialects()), dialect
) {
    Git git{dialect};
    git.sql("insert into protected_branches (id, project_id, name) values (1, 1, 'main')");
    git.sql(
        "insert into protected_branch_push_access_levels (protected_branch_id, access_level) "
        "values (1, 30)"
    );
    const std::string body = fmt::format(
        R"({{"user_id":7,"gl_repository":"project-1","action":"git-receive-pack","protocol":"ssh",)"
        R"("changes":"{} {} refs/heads/main\n"}})",
        std::string(40, 'a'),
        std::string(40, 'b')
    );
    const http::Response closed = git.ask(body);
    BOOST_TEST(closed.status == 401);
    BOOST_TEST(closed.body.find("administrator") != std::string::npos, closed.body);
    git.server.settings.checks.force_push = settings::Unchecked::open;
    BOOST_TEST(git.ask(body).status == 200);
    BOOST_TEST(git.server.log_detail().find("check force_push of project-1") != std::string::npos);
}

BOOST_DATA_TEST_CASE(
    local_repositories_are_looked_into_in_the_slow_lane, data::make(dialects()), dialect
) {
    const StorageFolder storage;
    Git git{dialect};
    git.server.settings.storages["default"].path = storage.path();
    check(
        git.fetch("key_id=11", "gnuwget/wget2"),
        404,
        refusal("A repository for this project does not exist yet.")
    );
    BOOST_TEST(git.server.used_slow_lane());
    BOOST_TEST(
        handlers::inspectors::create_repository(
            storage.path(),
            "@hashed/4e/07/4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce.git",
            "main"
        )
            .has_value()
    );
    check(git.fetch("key_id=11", "gnuwget/wget2"), 200, kGrant);
}

BOOST_DATA_TEST_CASE(a_push_creates_a_project_where_it_may, data::make(dialects()), dialect) {
    const StorageFolder storage;
    Git git{dialect};
    check(git.push("key_id=7", "rubi/fresh"), 404, kNotFound);
    git.server.settings.storages["default"].path = storage.path();
    BOOST_TEST(git.push("key_id=7", "rubi/fresh.git").status == 200);
    BOOST_TEST(git.push("key_id=7", "rubi/fresh.git").status == 200);
    BOOST_TEST(git.look("select count(*) from routes where path = 'rubi/fresh'") == "1");
    BOOST_TEST(git.look("select visibility_level from projects where path = 'fresh'") == "0");
    BOOST_TEST(git.look("select count(*) from post_push_messages where kind = 'created'") == "1");
    check(git.push("key_id=7", "gnuwget/fresh"), 404, kNotFound);
    check(git.push("key_id=999", "rubi/other"), 404, kNotFound);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

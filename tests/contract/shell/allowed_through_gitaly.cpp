// The access check where Gitaly is asked about repositories.
#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "app/auth/gitaly_tokens.hpp"
#include "tests/contract/contract_suite.hpp"
#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;
namespace fs = std::filesystem;

constexpr const char* kZero = "0000000000000000000000000000000000000000";
constexpr const char* kUnreadable =
    "This server cannot check the state of the repository (repository_state). The repository could "
    "not be read. An administrator must configure the storage 'default' for this check.";

std::string refusal(std::string_view message) {
    return fmt::format(R"({{"status":false,"message":"{}"}})", message);
}

/// Project 1, `group1/first`, with the protected branch main; user 1 owns its group, user 7 is a
/// developer of it.
struct Gitaly {
    explicit Gitaly(db::Dialect dialect) : database(dialect), git(Eyes::gitaly) {
        import_demo(database);
        run("update projects set disk_path = 'group/project' where id = 1");
        run("insert into protected_branches (id, project_id, name) values (901, 1, 'main')");
        run("insert into protected_branch_push_access_levels (protected_branch_id, access_level) "
            "values (901, 40)");
        run("insert into protected_branch_merge_access_levels (protected_branch_id, access_level) "
            "values (901, 40)");
        server.settings.storages = git.storages();
    }

    void run(const std::string& statement) { database.session().execute_once(statement); }

    void push_first_commits() {
        git.create_repository();
        first = git.commit({{"a", "1"}});
        second = git.commit({{"a", "2"}});
        git.push({"main"});
    }

    http::Response fetch(const std::string& project = "group1/first") {
        return server.shell_post(
            "allowed", "user_id=1&action=git-upload-pack&protocol=ssh&project=" + project
        );
    }
    /// What a hook asks, with the objects of the push in a quarantine if there are any.
    http::Response push(const std::string& change, const std::string& quarantine = "") {
        const std::string env =
            quarantine.empty()
                ? ""
                : fmt::format(
                      R"(,"env":"{{\"GIT_OBJECT_DIRECTORY_RELATIVE\":\"{}\",)"
                      R"(\"GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE\":[\"objects\"]}}")",
                      quarantine
                  );
        return server.shell_post(
            "allowed",
            fmt::format(
                R"({{"user_id":1,"gl_repository":"project-1","action":"git-receive-pack",)"
                R"("protocol":"ssh","relative_path":"group/project.git","changes":"{}\n"{}}})",
                change,
                env
            )
        );
    }
    /// Of a push that is refused because the repository could not be read: what the log says.
    std::string why_unreadable(const std::string& change, const std::string& quarantine) {
        const http::Response response = push(change, quarantine);
        BOOST_TEST(response.status == 401);
        BOOST_TEST(response.body.find("The repository could not be read.") != std::string::npos);
        return server.log_detail();
    }
    /// gitlab-shell's question about a push to a project that is not there.
    http::Response push_anew() {
        return server.shell_post(
            "allowed",
            "user_id=7&project=rubi/fresh.git&action=git-receive-pack&changes=_any&protocol=ssh"
        );
    }
    /// A commit of the working copy whose objects are in the repository's quarantine only.
    std::string quarantined_commit(const std::vector<std::pair<std::string, std::string>>& files) {
        const std::string commit = git.commit(files);
        const fs::path quarantine = git.repository() / kQuarantine;
        fs::create_directories(quarantine);
        const std::string new_objects = git.git(
            git.work(), {"rev-list", "--objects", "--no-object-names", commit, "--not", second}
        );
        std::string_view rest{new_objects};
        while (!rest.empty()) {
            const std::string id{rest.substr(0, rest.find('\n'))};
            rest.remove_prefix(std::min(id.size() + 1, rest.size()));
            fs::create_directories(quarantine / id.substr(0, 2));
            fs::copy(
                git.work() / ".git/objects" / id.substr(0, 2) / id.substr(2),
                quarantine / id.substr(0, 2) / id.substr(2),
                fs::copy_options::skip_existing
            );
        }
        return commit;
    }

    static constexpr const char* kQuarantine = "objects/tmp_objdir-incoming-1";

    TestDatabase database;
    GitSandbox git;
    InProcessServer server{settings::PoolName::internal, database};
    std::string first;
    std::string second;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_allowed_through_gitaly)

BOOST_DATA_TEST_CASE(existence_is_gitalys_word, data::make(dialects()), dialect) {
    Gitaly gitaly{dialect};
    check(gitaly.fetch(), 404, refusal("A repository for this project does not exist yet."));
    BOOST_TEST(gitaly.server.used_slow_lane());
    gitaly.push_first_commits();
    BOOST_TEST(gitaly.fetch().status == 200);
}

BOOST_DATA_TEST_CASE(objects_are_seen_in_the_quarantine, data::make(dialects()), dialect) {
    Gitaly gitaly{dialect};
    gitaly.push_first_commits();
    const std::string pushed = gitaly.quarantined_commit({{"a", "3"}, {"b", "1"}});
    const std::string forward = gitaly.second + " " + pushed + " refs/heads/main";
    BOOST_TEST(gitaly.push(forward, Gitaly::kQuarantine).status == 200);
    // Without it nobody can tell.
    check(
        gitaly.push(forward),
        401,
        refusal("This server cannot check whether a protected branch is force pushed (force_push). "
                "The repository could not be read. An administrator must configure the storage "
                "'default' for this check.")
    );
    check(
        gitaly.push(gitaly.first + " " + pushed + " refs/heads/main", Gitaly::kQuarantine),
        200,
        gitaly.push(forward, Gitaly::kQuarantine).body
    );
    check(
        gitaly.push(pushed + " " + gitaly.first + " refs/heads/main", Gitaly::kQuarantine),
        401,
        refusal("You are not allowed to force push code to a protected branch on this project.")
    );
}

BOOST_DATA_TEST_CASE(pointers_and_large_files_are_seen, data::make(dialects()), dialect) {
    Gitaly gitaly{dialect};
    gitaly.push_first_commits();
    const std::string pointer = fmt::format(
        "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12\n", std::string(64, 'a')
    );
    const std::string pushed = gitaly.quarantined_commit({{"big", pointer}});
    const std::string change = gitaly.second + " " + pushed + " refs/heads/main";
    const auto refused = gitaly.push(change, Gitaly::kQuarantine);
    BOOST_TEST(refused.status == 401);
    BOOST_TEST(refused.body.find("LFS objects are missing.") != std::string::npos);
    gitaly.run("update projects set lfs_enabled = false where id = 1");
    BOOST_TEST(gitaly.push(change, Gitaly::kQuarantine).status == 200);
    gitaly.run("update application_settings set file_size_limit_mb = 1");
    BOOST_TEST(gitaly.push(change, Gitaly::kQuarantine).status == 200);
    const std::string large =
        gitaly.quarantined_commit({{"large", std::string(2'000'000, 'x')}, {"big", ""}});
    const auto too_large =
        gitaly.push(gitaly.second + " " + large + " refs/heads/main", Gitaly::kQuarantine);
    BOOST_TEST(too_large.status == 401);
    BOOST_TEST(too_large.body.find("exceed the 1MiB limit") != std::string::npos);
}

BOOST_DATA_TEST_CASE(file_locked_by_somebody_else_is_seen, data::make(dialects()), dialect) {
    Gitaly gitaly{dialect};
    gitaly.push_first_commits();
    gitaly.run("insert into lfs_file_locks (id, project_id, user_id, path) values (5, 1, 7, 'a')");
    const std::string pushed = gitaly.quarantined_commit({{"a", "3"}});
    check(
        gitaly.push(gitaly.second + " " + pushed + " refs/heads/main", Gitaly::kQuarantine),
        401,
        refusal("'a' is locked in Git LFS by @rubi")
    );
    check(
        gitaly.push(kZero + (" " + pushed) + " refs/heads/topic", Gitaly::kQuarantine),
        401,
        refusal("'a' is locked in Git LFS by @rubi")
    );
    gitaly.run("update lfs_file_locks set path = 'b'");
    BOOST_TEST(
        gitaly.push(gitaly.second + " " + pushed + " refs/heads/main", Gitaly::kQuarantine)
            .status == 200
    );
}

BOOST_DATA_TEST_CASE(gitaly_that_is_down_refuses, data::make(dialects()), dialect) {
    Gitaly gitaly{dialect};
    gitaly.push_first_commits();
    gitaly.git.gitaly().stop();
    check(gitaly.fetch(), 401, refusal(kUnreadable));
    BOOST_TEST(gitaly.server.log_detail().starts_with(
        "access rule 15: Gitaly: RepositoryExists: unavailable"
    ));
    gitaly.server.settings.checks.repository_state = settings::Unchecked::open;
    BOOST_TEST(gitaly.fetch().status == 200);
    gitaly.server.settings.checks.repository_state = settings::Unchecked::closed;
    gitaly.git.gitaly().start();
    BOOST_TEST(gitaly.fetch().status == 200);
}

BOOST_DATA_TEST_CASE(each_trouble_refuses_and_says_why, data::make(dialects()), dialect) {
    Gitaly gitaly{dialect};
    gitaly.push_first_commits();
    const std::vector<std::pair<TestGitaly::Fault, std::string>> faults{
        {TestGitaly::Fault::unavailable, "unavailable: the connection is draining"},
        {TestGitaly::Fault::denies, "permission denied: permission denied: wrong hmac signature"},
        {TestGitaly::Fault::exhausted, "resource exhausted: maximum concurrent calls reached"}};
    for (const auto& [fault, reason] : faults) {
        gitaly.git.gitaly().break_calls("RepositoryExists", fault, 2);
        check(gitaly.fetch(), 401, refusal(kUnreadable));
        BOOST_TEST(
            gitaly.server.log_detail() == "access rule 15: Gitaly: RepositoryExists: " + reason
        );
    }
    gitaly.git.gitaly().break_calls("RepositoryExists", TestGitaly::Fault::denies, 0);
    gitaly.server.settings.storages["other"] = gitaly.server.settings.storages["default"];
    gitaly.run("update projects set repository_storage = 'other' where id = 1");
    const auto unknown = gitaly.fetch();
    BOOST_TEST(unknown.status == 401);
    BOOST_TEST(unknown.body.find("configure the storage 'other'") != std::string::npos);
    BOOST_TEST(
        gitaly.server.log_detail() ==
        "access rule 15: Gitaly: RepositoryExists: invalid argument: storage name not found: "
        "\"other\""
    );
}

BOOST_DATA_TEST_CASE(trouble_in_a_push_refuses_and_says_why, data::make(dialects()), dialect) {
    Gitaly gitaly{dialect};
    gitaly.push_first_commits();
    const std::string pushed = gitaly.quarantined_commit({{"a", "3"}});
    const std::string change = gitaly.second + " " + pushed + " refs/heads/main";
    gitaly.git.gitaly().break_calls("ListAllLFSPointers", TestGitaly::Fault::breaks_off);
    BOOST_TEST(
        gitaly.why_unreadable(change, Gitaly::kQuarantine) ==
        "access rule L1: Gitaly: ListAllLFSPointers: unavailable: transport is closing"
    );
    BOOST_TEST(
        gitaly.why_unreadable(change, "../../../other/objects/in") ==
        "access rule 15: '../../../other/objects/in' leads out of the storage"
    );
    BOOST_TEST(gitaly.push(change, Gitaly::kQuarantine).status == 200);
}

BOOST_DATA_TEST_CASE(a_push_creates_the_project_at_gitaly, data::make(dialects()), dialect) {
    Gitaly gitaly{dialect};
    gitaly.git.gitaly().break_calls("CreateRepository", TestGitaly::Fault::denies);
    check(
        gitaly.push_anew(),
        422,
        refusal("Could not create project: Repository could not be created")
    );
    BOOST_TEST(gitaly.push_anew().status == 200);
    BOOST_TEST(gitaly.push_anew().status == 200);
    BOOST_TEST(
        gitaly.server.shell_post("allowed", "user_id=7&project=rubi/fresh&action=git-upload-pack")
            .status == 200
    );
}

BOOST_DATA_TEST_CASE(
    new_repository_has_the_default_branch_that_is_set, data::make(dialects()), dialect
) {
    Gitaly gitaly{dialect};
    gitaly.run("update application_settings set default_branch_name = 'trunk'");
    BOOST_TEST(gitaly.push_anew().status == 200);
    std::size_t repositories = 0;
    for (const auto& entry : fs::recursive_directory_iterator{gitaly.git.storage()}) {
        if (entry.path().filename() == "HEAD") {
            ++repositories;
            BOOST_TEST(text_of(entry.path()) == "ref: refs/heads/trunk\n");
        }
    }
    BOOST_TEST(repositories == 1U);
}

BOOST_DATA_TEST_CASE(decision_says_who_was_asked, data::make(dialects()), dialect) {
    Gitaly gitaly{dialect};
    gitaly.push_first_commits();
    const http::Response response = gitaly.fetch();
    const auto* const decision = std::get_if<log::AccessDecision>(&response.audit);
    BOOST_REQUIRE(decision != nullptr);
    BOOST_TEST(decision->inspector == "gitaly");
    BOOST_TEST((decision->inspection > std::chrono::nanoseconds{0}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

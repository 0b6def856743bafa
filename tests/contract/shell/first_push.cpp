// Pushes that bring a project's first branches: its default branch, HEAD and protection.
#include <array>
#include <string>
#include <vector>

#include "tests/contract/shell/push_hook.hpp"
#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kProjectWithRepository =
    "update projects set empty_repo = true, default_branch = null, disk_path = 'group/project' "
    "where id = 1";

std::string created(const std::string& branch) {
    return fmt::format("{} {} refs/heads/{}\n", kZero, kOne, branch);
}

std::string refusal(std::string_view message) {
    return fmt::format(R"({{"status":false,"message":"{}"}})", message);
}

/// Project 1, `group1/first`, whose group user 7 is a developer of and user 1 the owner, with an
/// empty repository.
struct NewProject : Hook {
    explicit NewProject(db::Dialect dialect, Eyes eyes = Eyes::local) : Hook(dialect), git(eyes) {
        run(kProjectWithRepository);
        git.create_repository();
        server.settings.storages = git.storages();
    }

    /// The hook's call after such a push.
    [[nodiscard]] http::Response push(const std::vector<std::string>& branches) {
        std::string changes;
        for (const std::string& branch : branches) {
            changes += created(branch);
        }
        return tell(body_of({.gl_repository = "project-1", .changes = changes}));
    }
    /// The access check of a push by user 7.
    [[nodiscard]] http::Response ask(const std::string& change) {
        return server.shell_post(
            "allowed",
            fmt::format(
                R"({{"user_id":7,"gl_repository":"project-1","action":"git-receive-pack",)"
                R"("protocol":"ssh","changes":"{}\n"}})",
                change
            )
        );
    }
    void set_head(const std::string& branch) {
        git.git(git.repository(), {"symbolic-ref", "HEAD", "refs/heads/" + branch});
    }
    [[nodiscard]] std::string head() {
        return git.git(git.repository(), {"symbolic-ref", "--short", "HEAD"});
    }
    [[nodiscard]] std::string default_branch() {
        return look("select default_branch from projects where id = 1");
    }
    [[nodiscard]] std::string rules() {
        return look("select name from protected_branches where project_id = 1 order by id");
    }
    [[nodiscard]] std::string job() {
        return look("select new_default_branch from post_receive_jobs order by id");
    }

    GitSandbox git;
};

struct Case {
    const char* name;
    const char* head;
    std::vector<std::string> pushed;
    const char* default_branch;

    friend std::ostream& operator<<(std::ostream& out, const Case& example) {
        return out << example.name;
    }
};

const std::vector<Case> kCases{
    {"what HEAD names", "main", {"main"}, "main"},
    {"what HEAD names, of several", "trunk", {"main", "master", "trunk"}, "trunk"},
    {"main", "trunk", {"a", "master", "main"}, "main"},
    {"master", "main", {"a", "master"}, "master"},
    {"the first", "main", {"topic/b", "a"}, "topic/b"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_first_push)

BOOST_DATA_TEST_CASE(
    repository_and_database_agree, data::make(dialects()) * data::make(kCases), dialect, example
) {
    NewProject project{dialect};
    project.set_head(example.head);
    BOOST_TEST(project.push(example.pushed).status == 200);
    BOOST_TEST(project.server.used_slow_lane());
    BOOST_TEST(project.server.log_detail() == "");
    BOOST_TEST(project.head() == example.default_branch);
    BOOST_TEST(project.default_branch() == example.default_branch);
    BOOST_TEST(project.rules() == example.default_branch);
    BOOST_TEST(project.job() == example.default_branch);
}

BOOST_DATA_TEST_CASE(gitaly_is_asked_and_told, data::make(dialects()), dialect) {
    NewProject project{dialect, Eyes::gitaly};
    BOOST_TEST(project.push({"a", "master"}).status == 200);
    BOOST_TEST(project.server.used_slow_lane());
    BOOST_TEST(project.server.log_detail() == "");
    BOOST_TEST(project.head() == "master");
    BOOST_TEST(project.default_branch() == "master");
}

BOOST_DATA_TEST_CASE(nobody_looks, data::make(dialects()), dialect) {
    NewProject project{dialect};
    project.server.settings.storages["default"].path.clear();
    project.server.settings.storages["default"].inspector = settings::Inspector::none;
    BOOST_TEST(project.push({"a", "master"}).status == 200);
    BOOST_TEST(!project.server.used_slow_lane());
    BOOST_TEST(project.server.log_detail() == "");
    BOOST_TEST(project.default_branch() == "master");
    BOOST_TEST(project.rules() == "master");
    BOOST_TEST(project.job() == "master");
    BOOST_TEST(project.head() == "main");
}

BOOST_DATA_TEST_CASE(later_pushes_are_ordinary, data::make(dialects()), dialect) {
    NewProject project{dialect};
    BOOST_TEST(project.push({"master"}).status == 200);
    BOOST_TEST(project.push({"main"}).status == 200);
    BOOST_TEST(!project.server.used_slow_lane());
    BOOST_TEST(project.default_branch() == "master");
    BOOST_TEST(project.rules() == "master");
    BOOST_TEST(project.job() == "master null");
    BOOST_TEST(project.head() == "master");
}

BOOST_DATA_TEST_CASE(what_brings_no_branch_is_none, data::make(dialects()), dialect) {
    NewProject project{dialect};
    for (const std::string& changes :
         {std::string{},
          std::string{"_any"},
          fmt::format("{} {} refs/tags/v1\n", kZero, kOne),
          fmt::format("{} {} refs/heads/gone\n", kOne, kZero),
          std::string{"x y refs/heads/main\n"}}) {
        BOOST_TEST(project.messages({.gl_repository = "project-1", .changes = changes}) == "");
        BOOST_TEST(!project.server.used_slow_lane(), changes);
    }
    BOOST_TEST(project.messages({.gl_repository = "wiki-1", .changes = created("main")}) == "");
    BOOST_TEST(!project.server.used_slow_lane());
    BOOST_TEST(project.default_branch() == "null");
    BOOST_TEST(project.rules() == "");
}

BOOST_DATA_TEST_CASE(branch_that_the_operator_named_counts, data::make(dialects()), dialect) {
    NewProject project{dialect};
    project.run("update projects set default_branch = 'stable' where id = 1");
    BOOST_TEST(project.push({"master", "stable"}).status == 200);
    BOOST_TEST(project.default_branch() == "stable");
    BOOST_TEST(project.head() == "stable");
}

BOOST_DATA_TEST_CASE(a_repository_that_cannot_be_read, data::make(dialects()), dialect) {
    NewProject project{dialect};
    project.run("update projects set disk_path = 'no/where' where id = 1");
    BOOST_TEST(project.push({"master"}).status == 200);
    BOOST_TEST(
        project.server.log_detail().starts_with("HEAD was not asked, which is left to the job: "),
        project.server.log_detail()
    );
    BOOST_TEST(project.default_branch() == "master");
    BOOST_TEST(project.job() == "master");
}

// Refs have moved: a refusal would lose the push's job.
BOOST_DATA_TEST_CASE(a_full_slow_lane_does_not_refuse_it, data::make(dialects()), dialect) {
    NewProject project{dialect};
    project.server.fill_slow_lane();
    BOOST_TEST(project.push({"master"}).status == 200);
    BOOST_TEST(
        project.server.log_detail() ==
        "HEAD was not asked, which is left to the job: the slow lane is full"
    );
    BOOST_TEST(project.head() == "main");
    BOOST_TEST(project.default_branch() == "master");
    BOOST_TEST(project.job() == "master");
}

BOOST_DATA_TEST_CASE(head_that_cannot_be_moved, data::make(dialects()), dialect) {
    NewProject project{dialect};
    write_text(project.git.repository() / "HEAD.lock", "");
    BOOST_TEST(project.push({"master"}).status == 200);
    BOOST_TEST(
        project.server.log_detail().starts_with("HEAD was not moved, which is left to the job: "),
        project.server.log_detail()
    );
    BOOST_TEST(project.head() == "main");
    BOOST_TEST(project.default_branch() == "master");
    BOOST_TEST(project.job() == "master");
}

// What is written in the first pass would be written twice.
BOOST_DATA_TEST_CASE(first_pass_changes_nothing, data::make(dialects()), dialect) {
    NewProject project{dialect};
    Call call;
    call.method = http::Method::post;
    call.target = "/api/v4/internal/post_receive";
    call.headers = {{"Gitlab-Shell-Api-Request", project.server.shell_jwt()}};
    call.content_type = "application/json";
    call.body = body_of({.gl_repository = "project-1", .changes = created("master")});
    BOOST_TEST(project.server.dispatch(call, Lane::fast).needs_slow_lane);
    BOOST_TEST(project.jobs() == "0");
    BOOST_TEST(project.default_branch() == "null");
    BOOST_TEST(project.head() == "main");
}

BOOST_DATA_TEST_CASE(a_database_that_fails_leaves_head_alone, data::make(dialects()), dialect) {
    NewProject project{dialect};
    project.run("alter table post_push_messages rename to post_push_messages_elsewhere");
    BOOST_TEST(project.push({"master"}).status == 500);
    BOOST_TEST(project.head() == "main");
    BOOST_TEST(project.default_branch() == "null");
    BOOST_TEST(project.rules() == "");
}

BOOST_DATA_TEST_CASE(developer_keeps_off_the_new_default_branch, data::make(dialects()), dialect) {
    NewProject project{dialect};
    const std::string first = project.git.commit({{"a", "1"}});
    project.git.push({"main:master"});
    BOOST_TEST(project.push({"master"}).status == 200);
    const std::string next = project.git.commit({{"a", "2"}});
    project.git.git(project.git.work(), {"checkout", "--quiet", "--orphan", "other"});
    const std::string other = project.git.commit({{"b", "1"}});
    project.git.push({"main:next", "other"});

    check(
        project.ask(fmt::format("{} {} refs/heads/master", first, kZero)),
        401,
        refusal("The default branch of a project cannot be deleted.")
    );
    check(
        project.ask(fmt::format("{} {} refs/heads/master", first, other)),
        401,
        refusal("You are not allowed to force push code to a protected branch on this project.")
    );
    check(
        project.ask(fmt::format("{} {} refs/heads/master", first, next)),
        401,
        refusal("You are not allowed to push code to protected branches on this project.")
    );
    BOOST_TEST(project.ask(fmt::format("{} {} refs/heads/topic", kZero, next)).status == 200);
}

BOOST_DATA_TEST_CASE(group_that_protects_nothing_is_heeded, data::make(dialects()), dialect) {
    NewProject project{dialect};
    project.run(
        "update namespaces set default_branch_protection_defaults = "
        R"('{"allowed_to_push":[{"access_level":30}],"allowed_to_merge":[{"access_level":30}],)"
        R"("allow_force_push":true}' where id = 1)"
    );
    const std::string first = project.git.commit({{"a", "1"}});
    project.git.push({"main:master"});
    BOOST_TEST(project.push({"master"}).status == 200);
    BOOST_TEST(project.rules() == "");
    const std::string next = project.git.commit({{"a", "2"}});
    project.git.push({"main:next"});
    BOOST_TEST(project.ask(fmt::format("{} {} refs/heads/master", first, next)).status == 200);
    check(
        project.ask(fmt::format("{} {} refs/heads/master", first, kZero)),
        401,
        refusal("The default branch of a project cannot be deleted.")
    );
}

// The database may take a repository for empty that was filled before it knew.
BOOST_DATA_TEST_CASE(
    repository_that_was_filled_already_keeps_its_head, data::make(dialects()), dialect
) {
    for (const Eyes eyes : {Eyes::local, Eyes::gitaly}) {
        NewProject project{dialect, eyes};
        project.git.commit({{"a", "1"}});
        project.git.push({"main", "main:topic"});
        BOOST_TEST(project.push({"topic"}).status == 200);
        BOOST_TEST(project.default_branch() == "main");
        BOOST_TEST(project.head() == "main");
        BOOST_TEST(project.rules() == "main");
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

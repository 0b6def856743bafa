// What the runner makes of jobs whose push gave a project its default branch.
#include <fcntl.h>
#include <string>
#include <vector>

#include "admin/jobs/runner.hpp"
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/descriptor.hpp"
#include "app/time_format.hpp"
#include "handlers/inspectors/inspectors.hpp"
#include "tests/integration/admin/tool.hpp"
#include "tests/integration/inspectors/git_sandbox.hpp"
#include "tests/support/hook_files.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using namespace std::chrono_literals;
using admin::jobs::Outcome;

namespace {

class SetClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return now_; }
    void advance(std::chrono::milliseconds time) { now_ += time; }

private:
    Timestamp now_ = *parse_timestamp("2040-01-31T08:00:00.000Z");
};

/// A runner, and project 1 of the demo data with a repository that HEAD names main in.
struct Fixture {
    explicit Fixture(db::Dialect dialect, test::Eyes eyes = test::Eyes::local)
        : git(eyes), tool(dialect), session(tool.database().options(), usage) {
        settings.hooks_dir = hooks.folder().string();
        settings.max_attempts = 3;
        git.create_repository();
        run("update projects set disk_path = 'group/project', default_branch = 'master' "
            "where id = 1");
    }

    void run(const std::string& sql) { session.execute_once(sql); }

    /// Of a push that brought these branches, the first of which became the default one.
    void add_job(
        const std::vector<std::string>& pushed,
        const std::string& columns = {},
        const std::string& values = {}
    ) {
        std::string changes;
        for (const std::string& branch : pushed) {
            changes += fmt::format("{:040} {:1>40} refs/heads/{}\n", 0, 1, branch);
        }
        run(fmt::format(
            "insert into post_receive_jobs (gl_repository, identifier, project_id, changes, "
            "new_default_branch, created_at{}) values ('project-1', 'user-1', 1, '{}', '{}', "
            "'2040-01-31T07:00:00.000Z'{})",
            columns,
            changes,
            pushed.front(),
            values
        ));
    }

    void set_head(const std::string& reference) {
        test::write_text(git.repository() / "HEAD", reference + "\n");
    }
    [[nodiscard]] std::string head() {
        return git.git(git.repository(), {"symbolic-ref", "--short", "HEAD"});
    }
    [[nodiscard]] std::string look(const std::string& sql) { return tool.look(sql); }
    [[nodiscard]] std::string default_branch() {
        return look("select default_branch from projects where id = 1");
    }
    [[nodiscard]] std::string rules() {
        return look("select name from protected_branches where project_id = 1 order by id");
    }

    test::GitSandbox git;
    test::Tool tool;
    test::HookFiles hooks;
    settings::Jobs settings;
    SetClock clock;
    Descriptor nowhere{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
    log::Stream log_stream{nowhere.get(), "jobs", clock};
    log::Logger logger{log_stream, settings::LogLevel::info};
    db::Usage usage;
    db::Session session;
    admin::jobs::Runner runner{
        handlers::PostReceiveJobStore{session},
        handlers::DefaultBranchStore{session},
        git.inspectors(),
        settings,
        clock,
        logger};
};

struct Case {
    const char* name;
    const char* head;            ///< as it stands in the file
    const char* default_branch;  ///< of the database when the job runs
    std::vector<std::string> pushed;
    const char* agreed;
    const char* rules;  ///< made by the job

    friend std::ostream& operator<<(std::ostream& out, const Case& example) {
        return out << example.name;
    }
};

const std::vector<Case> kCases{
    {"they agree", "ref: refs/heads/master", "master", {"master"}, "master", ""},
    {"HEAD names what is not there", "ref: refs/heads/main", "master", {"master"}, "master", ""},
    {"HEAD names another pushed branch",
     "ref: refs/heads/trunk",
     "master",
     {"master", "trunk"},
     "trunk",
     "trunk"},
    {"somebody has chosen since",
     "ref: refs/heads/trunk",
     "stable",
     {"master", "trunk"},
     "stable",
     ""},
    {"HEAD is detached",
     "1111111111111111111111111111111111111111",
     "master",
     {"master"},
     "master",
     ""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_job_heads)

BOOST_DATA_TEST_CASE(
    head_and_database_agree, data::make(test::dialects()) * data::make(kCases), dialect, example
) {
    Fixture fixture{dialect};
    fixture.set_head(example.head);
    fixture.run(fmt::format(
        "update projects set default_branch = '{}' where id = 1", example.default_branch
    ));
    // Twice, as after a crash between the work and its end.
    for (int time = 0; time < 2; ++time) {
        fixture.add_job(example.pushed);
        BOOST_TEST((fixture.runner.run_next() == Outcome::done));
        BOOST_TEST(fixture.head() == example.agreed);
        BOOST_TEST(fixture.default_branch() == example.agreed);
        BOOST_TEST(fixture.rules() == example.rules);
    }
    BOOST_TEST(fixture.look("select count(*) from post_receive_jobs") == "0");
}

BOOST_DATA_TEST_CASE(gitaly_is_asked_and_told, data::make(test::dialects())) {
    Fixture fixture{sample, test::Eyes::gitaly};
    fixture.add_job({"master"});
    BOOST_TEST((fixture.runner.run_next() == Outcome::done));
    BOOST_TEST(fixture.head() == "master");
    BOOST_TEST(fixture.look("select count(*) from post_receive_jobs") == "0");
}

BOOST_DATA_TEST_CASE(other_jobs_leave_head_alone, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.add_job({"master"});
    fixture.run("update post_receive_jobs set new_default_branch = null");
    BOOST_TEST((fixture.runner.run_next() == Outcome::done));
    BOOST_TEST(fixture.head() == "main");
}

BOOST_DATA_TEST_CASE(
    without_project_branch_or_inspector_nothing_is_done, data::make(test::dialects())
) {
    for (const char* const sql :
         {"update post_receive_jobs set project_id = null",
          "update projects set pending_delete = true where id = 1",
          "update projects set default_branch = null where id = 1",
          "update projects set repository_storage = 'elsewhere' where id = 1"}) {
        Fixture fixture{sample};
        fixture.add_job({"master"});
        fixture.run(sql);
        BOOST_TEST((fixture.runner.run_next() == Outcome::done), sql);
        BOOST_TEST(fixture.head() == "main", sql);
    }
}

BOOST_DATA_TEST_CASE(a_runner_that_died_loses_nothing, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.add_job(
        {"master"}, ", state, attempts, claimed_until", ", 'running', 1, '2040-01-31T08:00:30.000Z'"
    );
    BOOST_TEST((fixture.runner.run_next() == Outcome::none_due));
    BOOST_TEST(fixture.head() == "main");
    fixture.clock.advance(31s);
    BOOST_TEST((fixture.runner.run_next() == Outcome::done));
    BOOST_TEST(fixture.head() == "master");
}

// Executables find a repository that is as it shall be, or are not called.
BOOST_DATA_TEST_CASE(a_failure_is_tried_again_before_the_hooks, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.hooks.script(
        "10-look",
        fmt::format(
            "git -C {} symbolic-ref HEAD >> $(dirname $0)/seen", fixture.git.repository().native()
        )
    );
    fixture.add_job({"master"});
    fixture.run("update projects set disk_path = 'no/where' where id = 1");
    BOOST_TEST((fixture.runner.run_next() == Outcome::failed));
    BOOST_TEST(fixture.look("select state from post_receive_jobs") == "waiting");
    const std::string error = fixture.look("select last_error from post_receive_jobs");
    BOOST_TEST(error.starts_with("cannot ask HEAD: "), error);
    BOOST_TEST(fixture.hooks.read("seen") == "");

    fixture.run("update projects set disk_path = 'group/project' where id = 1");
    const auto lock = fixture.git.repository() / "HEAD.lock";
    test::write_text(lock, "");
    fixture.clock.advance(10s);
    BOOST_TEST((fixture.runner.run_next() == Outcome::failed));
    const std::string second = fixture.look("select last_error from post_receive_jobs");
    BOOST_TEST(second.starts_with("cannot move HEAD: "), second);
    BOOST_TEST(fixture.hooks.read("seen") == "");

    std::filesystem::remove(lock);
    fixture.clock.advance(20s);
    BOOST_TEST((fixture.runner.run_next() == Outcome::done));
    BOOST_TEST(fixture.hooks.read("seen") == "refs/heads/master\n");
}

BOOST_AUTO_TEST_SUITE_END()

// What the runner makes of jobs, and the commands that look after them.
#include <array>
#include <fcntl.h>
#include <string>
#include <vector>

#include "admin/jobs/runner.hpp"
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/descriptor.hpp"
#include "app/json/reader.hpp"
#include "app/time_format.hpp"
#include "handlers/inspectors/inspectors.hpp"
#include "tests/integration/admin/tool.hpp"
#include "tests/support/hook_files.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using namespace std::chrono_literals;
using admin::jobs::Outcome;
using test::member_of;
using test::Tool;

namespace {

class SetClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return now_; }
    void advance(std::chrono::milliseconds time) { now_ += time; }

private:
    Timestamp now_ = *parse_timestamp("2040-01-31T08:00:00.000Z");
};

/// A runner on the demo data with a folder of hooks.
struct Fixture {
    explicit Fixture(db::Dialect dialect)
        : tool(dialect), session(tool.database().options(), usage) {
        settings.hooks_dir = hooks.folder().string();
        settings.max_attempts = 3;
    }

    /// `columns` beside the two that are always there, as `, name` and `, value`.
    void add_job(
        const std::string& gl_repository,
        const std::string& names = {},
        const std::string& values = {}
    ) {
        session.execute_once(fmt::format(
            "insert into post_receive_jobs (gl_repository, identifier, created_at{}{}) values "
            "('{}', 'key-11', '2040-01-31T07:00:00.000Z'{})",
            names.find("changes") == std::string::npos ? ", changes" : "",
            names,
            gl_repository,
            (names.find("changes") == std::string::npos ? ", ''" : "") + values
        ));
    }

    /// What happens to all jobs that are due.
    std::vector<Outcome> run() {
        std::vector<Outcome> outcomes;
        for (Outcome outcome = runner.run_next(); outcome != Outcome::none_due;
             outcome = runner.run_next()) {
            outcomes.push_back(outcome);
        }
        return outcomes;
    }

    [[nodiscard]] std::string look(const std::string& sql) { return tool.look(sql); }

    Tool tool;
    test::HookFiles hooks;
    settings::Jobs settings;
    SetClock clock;
    Descriptor nowhere{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
    log::Stream log_stream{nowhere.get(), "jobs", clock};
    log::Logger logger{log_stream, settings::LogLevel::info};
    db::Usage usage;
    db::Session session;
    settings::Storages storages;
    auth::GitalyTokens gitaly_tokens;
    handlers::inspectors::Inspectors inspectors{storages, gitaly_tokens};
    admin::jobs::Runner runner{
        handlers::PostReceiveJobStore{session},
        handlers::DefaultBranchStore{session},
        inspectors,
        settings,
        clock,
        logger};
};

/// Takes the claim away as soon as the runner looks at the clock to renew it.
class Thief final : public Clock {
public:
    Thief(const Clock& clock, db::Session& session) : clock_(clock), session_(session) {}
    [[nodiscard]] Timestamp now() const override {
        constexpr int kAtRenewal = 4;  // release, claim and its end come before
        if (++calls_ == kAtRenewal) {
            session_.execute_once(
                "update post_receive_jobs set claimed_until = '2050-01-01T00:00:00.000Z'"
            );
        }
        return clock_.now();
    }

private:
    const Clock& clock_;
    db::Session& session_;
    mutable int calls_ = 0;
};

bool are(const std::vector<Outcome>& outcomes, std::initializer_list<Outcome> expected) {
    return std::ranges::equal(outcomes, expected);
}

struct BadHook {
    const char* what;
    const char* body;
    const char* error;
    const char* output;
};

std::ostream& operator<<(std::ostream& out, const BadHook& hook) {
    return out << hook.what;
}

constexpr std::array kBadHooks{
    BadHook{"fails", "echo no luck; exit 3", "10-bad: exit status 3", "no luck\n"},
    BadHook{"hangs", "echo waiting; sleep 600", "10-bad: took longer than 1 s", "waiting\n"},
    BadHook{"is killed", "kill -KILL $$", "10-bad: ended by SIGKILL", ""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_jobs)

BOOST_DATA_TEST_CASE(a_hook_gets_the_job, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.hooks.script("10-keep", "cat > $(dirname $0)/job.json");
    fixture.add_job(
        "project-3",
        ", user_id, project_id, changes, push_options, correlation_id",
        ", 1, 3, '00 a1 refs/heads/main\n', '{\"ci\":{\"skip\":true}}', '01ABC'"
    );

    BOOST_TEST(are(fixture.run(), {Outcome::done}));
    BOOST_TEST(fixture.look("select count(*) from post_receive_jobs") == "0");
    const auto job = json::parse(fixture.hooks.read("job.json"));
    BOOST_TEST_REQUIRE(job.has_value());
    BOOST_TEST(member_of(*job, "attempt") == "1");
    BOOST_TEST(member_of(*job, "project_path") == "gnuwget/wget2");
    BOOST_TEST(member_of(*job, "correlation_id") == "01ABC");
    BOOST_TEST(member_of(*job->find("user"), "username") == "root");
    BOOST_TEST(member_of(job->find("changes")->array()->front(), "ref") == "refs/heads/main");
    BOOST_TEST((job->find("push_options")->find("ci") != nullptr));
}

BOOST_DATA_TEST_CASE(without_hooks_pushes_are_recorded, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.settings.hooks_dir += "/nothing";
    fixture.session.execute_once(
        "update projects set updated_at = '2030-01-01T00:00:00.000Z' where id = 3"
    );
    fixture.add_job("wiki-3", ", user_id, project_id", ", 1, 3");
    BOOST_TEST(are(fixture.run(), {Outcome::done}));
    BOOST_TEST(
        fixture.look("select substr(cast(updated_at as text), 1, 10) from projects where id = 3") ==
        "2040-01-31"
    );
    BOOST_TEST(
        fixture.look("select cast(last_activity_on as text) from users where id = 1") ==
        "2040-01-31"
    );
}

BOOST_DATA_TEST_CASE(a_job_of_nobody_for_nothing_is_done, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.add_job("project-4711");
    BOOST_TEST(are(fixture.run(), {Outcome::done}));
}

BOOST_DATA_TEST_CASE(hooks_run_by_name_until_one_fails, data::make(test::dialects())) {
    Fixture fixture{sample};
    const std::string log = (fixture.hooks.folder() / "log").string();
    fixture.hooks.script("30-third", "echo third >> " + log);
    fixture.hooks.script("10-first", "echo first >> " + log);
    fixture.hooks.script("20-second", "echo second >> " + log + "; exit 1");
    fixture.add_job("project-3");
    BOOST_TEST(are(fixture.run(), {Outcome::failed}));
    BOOST_TEST(fixture.hooks.read("log") == "first\nsecond\n");
}

BOOST_DATA_TEST_CASE(
    a_bad_hook_is_tried_again_and_given_up,
    data::make(test::dialects()) * data::make(kBadHooks),
    dialect,
    hook
) {
    Fixture fixture{dialect};
    fixture.settings.hook_timeout = 1s;
    fixture.hooks.script("10-bad", hook.body);
    fixture.add_job("project-3");
    fixture.add_job("project-3");
    const std::string state = "select state || ' ' || attempts from post_receive_jobs where id = 1";

    BOOST_TEST(are(fixture.run(), {Outcome::failed}));
    BOOST_TEST(fixture.look(state) == "waiting 1");
    BOOST_TEST(fixture.look("select last_error from post_receive_jobs where id = 1") == hook.error);
    BOOST_TEST(
        fixture.look("select last_output from post_receive_jobs where id = 1") == hook.output
    );
    // The later one waits behind it.
    fixture.clock.advance(9s);
    BOOST_TEST(fixture.run().empty());
    fixture.clock.advance(1s);
    BOOST_TEST(are(fixture.run(), {Outcome::failed}));
    fixture.clock.advance(19s);
    BOOST_TEST(fixture.run().empty());
    fixture.clock.advance(1s);

    fixture.hooks.script("10-bad", "test $(sed 's/.*\"id\":\\([0-9]*\\).*/\\1/') != 1");
    BOOST_TEST(are(fixture.run(), {Outcome::failed, Outcome::done}));
    BOOST_TEST(fixture.look(state) == "failed 3");
    BOOST_TEST(fixture.look("select count(*) from post_receive_jobs where id = 2") == "0");
}

BOOST_DATA_TEST_CASE(of_a_flood_the_end_is_kept, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.hooks.script("10-flood", "yes | head -c 10000000; echo last words; exit 1");
    fixture.add_job("project-3");
    BOOST_TEST(are(fixture.run(), {Outcome::failed}));
    const std::string output = fixture.look("select last_output from post_receive_jobs");
    BOOST_TEST(output.size() == 8192U);
    BOOST_TEST(output.ends_with("y\nlast words\n"));
}

BOOST_DATA_TEST_CASE(output_of_any_bytes_is_kept, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.hooks.script("10-bytes", R"(printf 'a\000b\377'; exit 1)");
    fixture.add_job("project-3");
    BOOST_TEST(are(fixture.run(), {Outcome::failed}));
    BOOST_TEST(fixture.look("select last_output from post_receive_jobs") == "ab\xEF\xBF\xBD");
}

BOOST_DATA_TEST_CASE(a_folder_that_cannot_be_read_fails_the_job, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.settings.hooks_dir = fixture.hooks.file("file", "").string();
    fixture.add_job("project-3");
    BOOST_TEST(are(fixture.run(), {Outcome::failed}));
    BOOST_TEST(
        fixture.look("select last_error from post_receive_jobs") ==
        "cannot read the folder " + fixture.settings.hooks_dir + ": Not a directory"
    );
}

BOOST_DATA_TEST_CASE(what_a_crashed_runner_left_is_done, data::make(test::dialects())) {
    Fixture fixture{sample};
    fixture.add_job(
        "project-3",
        ", state, attempts, claimed_until",
        ", 'running', 1, '2040-01-31T08:00:30.000Z'"
    );
    fixture.add_job("project-3");
    BOOST_TEST(fixture.run().empty());
    fixture.clock.advance(31s);
    BOOST_TEST(are(fixture.run(), {Outcome::done, Outcome::done}));
}

// Another runner took the job up before the first hook ran.
BOOST_DATA_TEST_CASE(a_lost_claim_ends_the_attempt, data::make(test::dialects())) {
    Fixture fixture{sample};
    const std::string log = (fixture.hooks.folder() / "log").string();
    fixture.hooks.script("10-first", "echo first >> " + log);
    fixture.hooks.script("20-second", "echo second >> " + log);
    fixture.add_job("project-3");
    handlers::PostReceiveJobStore other{fixture.session};

    const Thief thief{fixture.clock, fixture.session};
    admin::jobs::Runner runner{
        other,
        handlers::DefaultBranchStore{fixture.session},
        fixture.inspectors,
        fixture.settings,
        thief,
        fixture.logger};
    BOOST_TEST((runner.run_next() == Outcome::lost));
    BOOST_TEST(fixture.hooks.read("log") == "");
    BOOST_TEST(fixture.look("select state from post_receive_jobs") == "running");
}

BOOST_DATA_TEST_CASE(commands_show_and_change_jobs, data::make(test::dialects())) {
    Fixture fixture{sample};
    Tool& tool = fixture.tool;
    fixture.add_job("project-3", ", project_id, user_id", ", 3, 1");
    fixture.add_job("wiki-3", ", state, last_error, last_output", ", 'failed', 'e', 'said'");
    fixture.add_job("project-4", ", state", ", 'failed'");
    fixture.add_job(
        "project-5", ", state, claimed_until", ", 'running', '2040-01-31T09:00:00.000Z'"
    );

    BOOST_TEST(tool.answer("jobs list").array()->size() == 4U);
    BOOST_TEST(tool.answer("jobs list --state failed").array()->size() == 2U);
    BOOST_TEST(tool.answer("jobs list --state waiting").array()->size() == 1U);
    BOOST_TEST(tool.answer("jobs list --state running").array()->size() == 1U);
    const json::Value of_project = tool.answer("jobs list --project gnuwget/wget2");
    BOOST_TEST_REQUIRE(of_project.array()->size() == 1U);
    BOOST_TEST(member_of(of_project.array()->front(), "project") == "gnuwget/wget2");
    BOOST_TEST((of_project.array()->front().find("last_output") == nullptr));
    const json::Value shown = tool.answer("jobs show 2");
    BOOST_TEST(member_of(shown, "last_error") == "e");
    BOOST_TEST(member_of(shown, "last_output") == "said");
    BOOST_TEST(member_of(tool.answer("jobs show 1"), "user") == "root");

    BOOST_TEST(tool.run("jobs retry 2") == 0);
    BOOST_TEST(tool.out() == "1 job queued\n");
    BOOST_TEST(fixture.look("select state from post_receive_jobs where id = 2") == "waiting");
    BOOST_TEST(member_of(tool.answer("jobs retry --failed"), "queued") == "1");
    BOOST_TEST(member_of(tool.answer("jobs drop --failed"), "dropped") == "0");
    BOOST_TEST(member_of(tool.answer("jobs drop 1 2"), "dropped") == "2");
    BOOST_TEST(fixture.look("select count(*) from post_receive_jobs") == "2");
}

BOOST_DATA_TEST_CASE(commands_refuse_with_a_reason, data::make(test::dialects())) {
    Fixture fixture{sample};
    Tool& tool = fixture.tool;
    fixture.add_job(
        "project-5", ", state, claimed_until", ", 'running', '2040-01-31T09:00:00.000Z'"
    );
    const auto refuses =
        [&tool](const std::string& arguments, int status, std::string_view reason) {
            BOOST_TEST(tool.run(arguments) == status, arguments);
            BOOST_TEST((tool.err().find(reason) != std::string::npos), tool.err());
        };
    refuses("jobs show 2", 1, "there is no job 2");
    refuses("jobs retry 2", 1, "there is no job 2");
    refuses("jobs retry 1", 1, "job 1 is running: wait for its end");
    refuses("jobs drop 1", 1, "job 1 is running: wait for its end");
    refuses("jobs drop", 2, "");
    refuses("jobs drop 1 --failed", 2, "");
    refuses("jobs drop x", 2, "");
    refuses("jobs list --state done", 2, "done");
    refuses("jobs list --project none", 1, "--project: there is no project none");
    refuses("jobs", 2, "subcommand");
}

BOOST_AUTO_TEST_SUITE_END()

#include "handlers/stores/pushes/post_receive_job_store.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/time_format.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::handlers {
namespace {

using namespace std::chrono_literals;
using test::dialects;

const Timestamp kNow = *parse_timestamp("2030-01-31T08:00:00.000Z");

/// A store on a session of its own, as a runner has it.
struct Runner {
    explicit Runner(const test::TestDatabase& database) : session(database.options(), usage) {}

    db::Usage usage;
    db::Session session;
    PostReceiveJobStore store{session};
};

void add_job(db::Session& session, const std::string& gl_repository) {
    session.execute_once(fmt::format(
        "insert into post_receive_jobs (gl_repository, identifier, changes, run_at, created_at) "
        "values ('{}', 'user-1', '', '2030-01-31T08:00:00.000Z', '2030-01-31T07:59:00.000Z')",
        gl_repository
    ));
}

/// The id claimed, or 0.
long long claimed(PostReceiveJobStore& store, Timestamp now = kNow) {
    const auto claim = store.claim(now, now + 1min);
    return claim ? claim->id.value : 0;
}

std::string text_of(db::Session& session, std::string_view sql) {
    std::optional<std::string> text;
    session.fetch_one({"test.text", sql}, soci::into(text));
    return text.value_or("null");
}

constexpr std::string_view kStateOfFirst =
    "select state || ' ' || attempts from post_receive_jobs where id = 1";

}  // namespace

BOOST_AUTO_TEST_SUITE(post_receive_job_store)

BOOST_DATA_TEST_CASE(per_repository_one_after_the_other, dialects(), dialect) {
    test::TestDatabase database{dialect};
    for (const char* const repository : {"project-1", "project-1", "project-2", "project-1"}) {
        add_job(database.session(), repository);
    }
    PostReceiveJobStore store{database.session()};

    const auto first = store.claim(kNow, kNow + 1min);
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST(first->id.value == 1);
    BOOST_TEST(claimed(store) == 3);
    BOOST_TEST(claimed(store) == 0);
    BOOST_TEST(store.finish(*first));
    BOOST_TEST(claimed(store) == 2);
    BOOST_TEST(claimed(store) == 0);
}

BOOST_DATA_TEST_CASE(one_that_backs_off_keeps_its_place, dialects(), dialect) {
    test::TestDatabase database{dialect};
    add_job(database.session(), "project-1");
    add_job(database.session(), "project-1");
    PostReceiveJobStore store{database.session()};

    const auto first = store.claim(kNow, kNow + 1min);
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST(store.fail(*first, {.error = "e", .output = "o", .retry_at = kNow + 10s}, kNow));
    BOOST_TEST(claimed(store, kNow + 9s) == 0);
    BOOST_TEST(claimed(store, kNow + 10s) == 1);
    BOOST_TEST(text_of(database.session(), kStateOfFirst) == "running 2");
    BOOST_TEST(
        text_of(
            database.session(),
            "select last_error || ' ' || last_output from post_receive_jobs where id = 1"
        ) == "e o"
    );
}

BOOST_DATA_TEST_CASE(one_that_failed_for_good_lets_others_pass, dialects(), dialect) {
    test::TestDatabase database{dialect};
    add_job(database.session(), "project-1");
    add_job(database.session(), "project-1");
    PostReceiveJobStore store{database.session()};

    const auto first = store.claim(kNow, kNow + 1min);
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST(store.fail(*first, {.error = "e", .output = "", .retry_at = {}}, kNow));
    BOOST_TEST(text_of(database.session(), kStateOfFirst) == "failed 1");
    BOOST_TEST(claimed(store) == 2);

    // Its repository has a job that runs, so it waits, though it is the earlier one.
    BOOST_TEST(store.retry(PostReceiveJobId{1}, kNow));
    BOOST_TEST(claimed(store) == 0);
}

BOOST_DATA_TEST_CASE(a_job_of_a_crashed_runner_is_taken_up_again, dialects(), dialect) {
    test::TestDatabase database{dialect};
    add_job(database.session(), "project-1");
    PostReceiveJobStore store{database.session()};

    auto lost = store.claim(kNow, kNow + 1min);
    BOOST_TEST_REQUIRE(lost.has_value());
    BOOST_TEST(store.release_abandoned(kNow + 1min, 3) == 0U);
    BOOST_TEST(store.release_abandoned(kNow + 61s, 3) == 1U);
    const auto second = store.claim(kNow + 61s, kNow + 2min);
    BOOST_TEST_REQUIRE(second.has_value());

    // The first one was only slow.
    BOOST_TEST(!store.renew(*lost, kNow + 61s, kNow + 3min));
    BOOST_TEST(!store.finish(*lost));
    BOOST_TEST(!store.fail(*lost, {.error = "late", .output = "", .retry_at = {}}, kNow + 61s));
    BOOST_TEST(text_of(database.session(), kStateOfFirst) == "running 2");
    BOOST_TEST(store.finish(*second));
    BOOST_TEST(!store.find(PostReceiveJobId{1}).has_value());
}

BOOST_DATA_TEST_CASE(one_that_kills_its_runners_fails_for_good, dialects(), dialect) {
    test::TestDatabase database{dialect};
    add_job(database.session(), "project-1");
    PostReceiveJobStore store{database.session()};
    Timestamp now = kNow;
    for (int attempt = 1; attempt <= 3; ++attempt) {
        BOOST_TEST(claimed(store, now) == 1);
        now += 2min;
        BOOST_TEST(store.release_abandoned(now, 3) == 1U);
    }
    BOOST_TEST(text_of(database.session(), kStateOfFirst) == "failed 3");
}

BOOST_DATA_TEST_CASE(a_renewed_claim_is_good_for_longer, dialects(), dialect) {
    test::TestDatabase database{dialect};
    add_job(database.session(), "project-1");
    PostReceiveJobStore store{database.session()};

    auto claim = store.claim(kNow, kNow + 1min);
    BOOST_TEST_REQUIRE(claim.has_value());
    BOOST_TEST(store.renew(*claim, kNow + 50s, kNow + 2min));
    BOOST_TEST(store.release_abandoned(kNow + 90s, 3) == 0U);
    BOOST_TEST(store.finish(*claim));
}

// The row with the smaller id comes into sight after the other one was claimed.
BOOST_DATA_TEST_CASE(never_two_of_one_repository_at_once, dialects(), dialect) {
    test::TestDatabase database{dialect};
    add_job(database.session(), "project-1");
    add_job(database.session(), "project-1");
    database.session().execute_once("update post_receive_jobs set id = 10 where id = 2");
    database.session().execute_once("update post_receive_jobs set id = 20 where id = 1");
    PostReceiveJobStore store{database.session()};
    BOOST_TEST(claimed(store) == 10);
    database.session().execute_once("update post_receive_jobs set id = 5 where id = 20");
    BOOST_TEST(claimed(store) == 0);
    BOOST_CHECK_THROW(
        database.session().execute_once("update post_receive_jobs set state = 'running', "
                                        "claimed_until = '2030-01-31T09:00:00.000Z'"),
        db::UniqueViolation
    );
}

struct Run {
    long long id = 0;
    std::string gl_repository;
};

/// Does all jobs. Two of one repository at once, or in a wrong order, show in `runs`.
void work(const test::TestDatabase& database, std::mutex& mutex, std::vector<Run>& runs) {
    Runner runner{database};
    for (;;) {
        const auto claim = runner.store.claim(kNow, kNow + 1min);
        if (claim) {
            const auto job = runner.store.find(claim->id);
            {
                const std::lock_guard lock{mutex};
                runs.push_back({claim->id.value, job->gl_repository});
            }
            if (!runner.store.finish(*claim)) {
                throw std::runtime_error{"a claim was lost"};
            }
            continue;
        }
        long long left = 0;
        runner.session.fetch_one(
            {"test.left", "select count(*) from post_receive_jobs"}, soci::into(left)
        );
        if (left == 0) {
            return;
        }
    }
}

BOOST_DATA_TEST_CASE(several_runners_share_the_work, dialects(), dialect) {
    constexpr long long kJobs = 300;
    test::TestDatabase database{dialect};
    for (long long job = 0; job < kJobs; ++job) {
        add_job(database.session(), fmt::format("project-{}", job % 7));
    }
    std::mutex mutex;
    std::vector<Run> runs;
    {
        std::vector<std::jthread> runners;
        for (int runner = 0; runner < 4; ++runner) {
            runners.emplace_back([&] { work(database, mutex, runs); });
        }
    }

    std::map<std::string, std::vector<long long>> by_repository;
    for (const Run& run : runs) {
        by_repository[run.gl_repository].push_back(run.id);
    }
    BOOST_TEST(runs.size() == static_cast<std::size_t>(kJobs));
    BOOST_TEST(by_repository.size() == 7U);
    for (const auto& [gl_repository, ids] : by_repository) {
        BOOST_TEST(std::ranges::is_sorted(ids), gl_repository);
        BOOST_TEST((std::ranges::adjacent_find(ids) == ids.end()), gl_repository);
    }
}

BOOST_DATA_TEST_CASE(
    on_postgresql_no_claimer_waits_for_another, test::only(db::Dialect::postgresql), dialect
) {
    test::TestDatabase database{dialect};
    add_job(database.session(), "project-1");
    add_job(database.session(), "project-2");
    Runner other{database};
    other.session.execute_once("set lock_timeout = '2s'");

    database.session().execute_once("begin");
    PostReceiveJobStore store{database.session()};
    BOOST_TEST(claimed(store) == 1);
    BOOST_TEST(claimed(other.store) == 2);
    database.session().execute_once("commit");
}

BOOST_DATA_TEST_CASE(a_push_is_recorded, dialects(), dialect) {
    test::TestDatabase database{dialect};
    db::Session& session = database.session();
    for (const char* const sql :
         {"insert into users (id, username, name, email) values (1, 'u', 'U', 'u@example.com')",
          "insert into namespaces (id, type, name, path) values (1, 'Group', 'g', 'g')",
          "insert into projects (id, namespace_id, name, path, updated_at) values "
          "(1, 1, 'p', 'p', '2030-01-01T00:00:00.000Z')"}) {
        session.execute_once(sql);
    }
    constexpr std::string_view kProject =
        "select substr(cast(updated_at as text), 1, 10) from projects";
    constexpr std::string_view kUser = "select cast(last_activity_on as text) from users";
    PostReceiveJobStore store{session};

    store.record({.pushed_at = kNow, .user_id = 1, .project_id = 1});
    BOOST_TEST(text_of(session, kProject) == "2030-01-31");
    BOOST_TEST(text_of(session, kUser) == "2030-01-31");

    // An older one, done later.
    store.record({.pushed_at = kNow - 48h, .user_id = 1, .project_id = 1});
    BOOST_TEST(text_of(session, kProject) == "2030-01-31");
    BOOST_TEST(text_of(session, kUser) == "2030-01-31");
}

BOOST_DATA_TEST_CASE(the_backlog_is_what_waits, dialects(), dialect) {
    test::TestDatabase database{dialect};
    PostReceiveJobStore store{database.session()};
    BOOST_TEST(store.backlog().waiting == 0);
    BOOST_TEST(!store.backlog().oldest.has_value());

    add_job(database.session(), "project-1");
    add_job(database.session(), "project-1");
    add_job(database.session(), "project-2");
    BOOST_TEST(claimed(store) == 1);
    BOOST_TEST(store.backlog().waiting == 2);
    BOOST_TEST((store.backlog().oldest == kNow - 1min));
}

BOOST_DATA_TEST_CASE(operators_change_what_does_not_run, dialects(), dialect) {
    test::TestDatabase database{dialect};
    constexpr long long kJobs = 450;  // more than one part
    for (long long job = 0; job < kJobs; ++job) {
        add_job(database.session(), fmt::format("project-{}", job));
    }
    database.session().execute_once("update post_receive_jobs set state = 'failed', attempts = 9");
    PostReceiveJobStore store{database.session()};

    BOOST_TEST(!store.retry(PostReceiveJobId{4711}, kNow));
    BOOST_TEST(!store.drop(PostReceiveJobId{4711}));
    BOOST_TEST(store.retry(PostReceiveJobId{1}, kNow));
    BOOST_TEST(claimed(store) == 1);
    BOOST_TEST(text_of(database.session(), kStateOfFirst) == "running 1");
    BOOST_TEST(!store.retry(PostReceiveJobId{1}, kNow));
    BOOST_TEST(!store.drop(PostReceiveJobId{1}));
    BOOST_TEST(store.drop(PostReceiveJobId{2}));

    BOOST_TEST(store.retry_failed(kNow) == 448U);
    BOOST_TEST(store.backlog().waiting == 448);
    BOOST_TEST(store.drop_failed() == 0U);
    database.session().execute_once("update post_receive_jobs set state = 'failed' where id > 1");
    BOOST_TEST(store.drop_failed() == 448U);
    BOOST_TEST(text_of(database.session(), kStateOfFirst) == "running 1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers

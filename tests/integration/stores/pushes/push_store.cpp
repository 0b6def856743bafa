#include "handlers/stores/pushes/push_store.hpp"

#include <atomic>
#include <functional>
#include <latch>
#include <memory>
#include <thread>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/db/session.hpp"
#include "app/time_format.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {
namespace {

using handlers::FinishedPush;
using handlers::PushStore;
using std::chrono::seconds;

const Timestamp kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};

/// A store on a session of its own.
struct Pushes {
    explicit Pushes(TestDatabase& database, const Timeouts& timeouts = {})
        : session(database.options(timeouts), usage) {}

    void begin(Timestamp now = kNow) { store.begin("project-3", now); }
    void finish(Timestamp now = kNow) {
        FinishedPush push;
        push.gl_repository = "project-3";
        push.push_options = "{}";
        BOOST_TEST(store.finish(push, now).messages.empty());
    }

    db::Usage usage;
    db::Session session;
    PushStore store{session};
};

/// What the counter says at that time; a row whose time is over counts as 0.
std::string counter(TestDatabase& database, Timestamp now = kNow) {
    return database.look(
        "select coalesce(max(value), 0) from reference_counters "
        "where gl_repository = 'project-3' and expires_at > '" +
        to_iso8601(now) + "'"
    );
}

constexpr int kThreads = 16;
constexpr int kRounds = 20;

/// Leaves one push under way.
void push_often(Pushes& pushes, std::latch& start, std::atomic<int>& failures) {
    FinishedPush push;
    push.gl_repository = "project-3";
    push.push_options = "{}";
    start.arrive_and_wait();
    try {
        for (int round = 0; round < kRounds; ++round) {
            pushes.begin();
            static_cast<void>(pushes.store.finish(push, kNow));
        }
        pushes.begin();
    } catch (const std::exception&) {
        ++failures;
    }
}

/// Counts itself where it made the branch the default one of project 3.
void push_first(
    Pushes& pushes, const std::string& branch, std::latch& start, std::atomic<int>& settled
) {
    FinishedPush push;
    push.gl_repository = "project-3";
    push.push_options = "{}";
    push.project_id = ProjectId{3};
    push.first_default_branch = branch;
    start.arrive_and_wait();
    if (pushes.store.finish(push, kNow).new_default_branch) {
        ++settled;
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(push_store)

BOOST_DATA_TEST_CASE(pushes_under_way_are_counted, dialects(), dialect) {
    TestDatabase database{dialect};
    Pushes pushes{database};
    pushes.begin();
    pushes.begin();
    pushes.store.begin("project-4", kNow);
    BOOST_TEST(counter(database) == "2");
    pushes.finish();
    BOOST_TEST(counter(database) == "1");
    pushes.finish();
    BOOST_TEST(counter(database) == "0");
    BOOST_TEST(
        database.look("select value from reference_counters where gl_repository = 'project-4'") ==
        "1"
    );
}

BOOST_DATA_TEST_CASE(counter_never_falls_below_zero, dialects(), dialect) {
    TestDatabase database{dialect};
    Pushes pushes{database};
    pushes.finish();
    BOOST_TEST(counter(database) == "0");
    pushes.begin();
    pushes.finish();
    pushes.finish();
    pushes.begin();
    BOOST_TEST(counter(database) == "1");
}

BOOST_DATA_TEST_CASE(counter_is_forgotten_ten_minutes_after_the_last_begin, dialects(), dialect) {
    TestDatabase database{dialect};
    Pushes pushes{database};
    pushes.begin();
    pushes.begin(kNow + seconds{10});
    BOOST_TEST(counter(database, kNow + seconds{609}) == "2");
    BOOST_TEST(counter(database, kNow + seconds{610}) == "0");
    // An end does not make it live longer.
    pushes.finish(kNow + seconds{300});
    BOOST_TEST(counter(database, kNow + seconds{609}) == "1");
    BOOST_TEST(counter(database, kNow + seconds{610}) == "0");
    // What is forgotten is not counted down, and a new push starts at 1.
    pushes.finish(kNow + seconds{700});
    pushes.begin(kNow + seconds{701});
    BOOST_TEST(counter(database, kNow + seconds{701}) == "1");
}

BOOST_DATA_TEST_CASE(people_and_projects_that_are_gone_are_left_out, dialects(), dialect) {
    TestDatabase database{dialect};
    Pushes pushes{database};
    FinishedPush push;
    push.gl_repository = "project-3";
    push.push_options = "{}";
    push.user_id = UserId{1};
    push.project_id = ProjectId{3};
    push.messages_for = push.user_id;
    push.first_default_branch = "main";
    const handlers::PushOutcome outcome = pushes.store.finish(push, kNow);
    BOOST_TEST(outcome.messages.empty());
    BOOST_TEST(!outcome.new_default_branch.has_value());
    BOOST_TEST(
        database.look("select count(*) from post_receive_jobs "
                      "where user_id is null and project_id is null") == "1"
    );
}

BOOST_DATA_TEST_CASE(of_first_pushes_at_once_one_gives_the_default_branch, dialects(), dialect) {
    TestDatabase database{dialect};
    for (const char* const sql :
         {"insert into namespaces (id, type, name, path) values (1, 'Group', 'a', 'a')",
          "insert into projects (id, namespace_id, name, path, empty_repo) values "
          "(3, 1, 'p', 'p', true)"}) {
        database.session().execute_once(sql);
    }
    const Timeouts patient{.busy = seconds{120}, .statement = std::chrono::milliseconds{120'000}};
    std::vector<std::unique_ptr<Pushes>> workers;
    for (int thread = 0; thread < kThreads; ++thread) {
        workers.push_back(std::make_unique<Pushes>(database, patient));
    }
    std::atomic<int> settled{0};
    std::latch start{kThreads};
    {
        std::vector<std::jthread> threads;
        for (const auto& worker : workers) {
            threads.emplace_back(
                push_first,
                std::ref(*worker),
                fmt::format("b{}", threads.size()),
                std::ref(start),
                std::ref(settled)
            );
        }
    }
    BOOST_TEST(settled == 1);
    BOOST_TEST(database.look("select count(*) from post_receive_jobs") == std::to_string(kThreads));
    // One default branch, one rule, and one job that moves HEAD.
    const std::string branch = database.look("select default_branch from projects");
    BOOST_TEST(database.look("select name from protected_branches") == branch);
    BOOST_TEST(database.look("select count(*) from protected_branch_push_access_levels") == "1");
    BOOST_TEST(
        database.look("select new_default_branch from post_receive_jobs "
                      "where new_default_branch is not null") == branch
    );
}

// The race that a read before the write would lose: an end and a begin of one repository at once.
BOOST_DATA_TEST_CASE(begins_and_ends_at_once_are_all_counted, dialects(), dialect) {
    TestDatabase database{dialect};
    const Timeouts patient{.busy = seconds{120}, .statement = std::chrono::milliseconds{120'000}};
    std::vector<std::unique_ptr<Pushes>> workers;
    for (int thread = 0; thread < kThreads; ++thread) {
        workers.push_back(std::make_unique<Pushes>(database, patient));
    }
    std::atomic<int> failures{0};
    std::latch start{kThreads};
    {
        std::vector<std::jthread> threads;
        for (const auto& worker : workers) {
            threads.emplace_back(
                push_often, std::ref(*worker), std::ref(start), std::ref(failures)
            );
        }
    }
    BOOST_TEST(failures == 0);
    BOOST_TEST(counter(database) == std::to_string(kThreads));
    BOOST_TEST(
        database.look("select count(*) from post_receive_jobs") ==
        std::to_string(kThreads * kRounds)
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

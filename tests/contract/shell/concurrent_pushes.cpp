// Many pushes to one repository at once, each worker on a session of its own.
#include <atomic>
#include <functional>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr int kThreads = 64;
constexpr int kPushesOfEach = 3;
/// Writers queue for a while on SQLite; that one waits long is not what is looked for.
constexpr Timeouts kPatient{
    .busy = std::chrono::seconds{120}, .statement = std::chrono::milliseconds{120'000}};

struct Tally {
    std::atomic<int> begun{0};
    std::atomic<int> finished{0};
    std::atomic<int> messages{0};
};

void push(InProcessServer& server, Tally& tally) {
    const http::Response before = server.shell_post("pre_receive", "gl_repository=project-3");
    tally.begun += before.body == R"({"reference_counter_increased":true})" ? 1 : 0;
    const http::Response after =
        server.shell_post("post_receive", "gl_repository=project-3&identifier=user-1");
    tally.finished += after.status == 200 ? 1 : 0;
    tally.messages += after.body.find("moved text") == std::string::npos ? 0 : 1;
}

void push_often(InProcessServer& server, std::latch& start, Tally& tally) {
    start.arrive_and_wait();
    for (int count = 0; count < kPushesOfEach; ++count) {
        push(server, tally);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_concurrent_pushes)

BOOST_DATA_TEST_CASE(none_is_lost_and_none_counted_twice, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    import_demo(database);
    database.session().execute_once(
        "insert into post_push_messages (kind, user_id, gl_repository, message, expires_at) "
        "values ('moved', 1, 'project-3', 'moved text', '2026-01-15T12:05:00.000Z')"
    );
    std::vector<std::unique_ptr<InProcessServer>> servers;
    for (int thread = 0; thread < kThreads; ++thread) {
        servers.push_back(
            std::make_unique<InProcessServer>(settings::PoolName::internal, database, kPatient)
        );
    }
    Tally tally;
    std::latch start{kThreads};
    {
        std::vector<std::jthread> threads;
        threads.reserve(kThreads);
        for (const auto& server : servers) {
            threads.emplace_back(push_often, std::ref(*server), std::ref(start), std::ref(tally));
        }
    }
    BOOST_TEST(tally.begun == kThreads * kPushesOfEach);
    BOOST_TEST(tally.finished == kThreads * kPushesOfEach);
    BOOST_TEST(tally.messages == 1, "a message is shown once");
    BOOST_TEST(database.look("select value from reference_counters") == "0");
    BOOST_TEST(
        database.look("select count(*) from post_receive_jobs") ==
        std::to_string(kThreads * kPushesOfEach)
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

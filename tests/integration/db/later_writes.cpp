// Writes that no request waits for: the newest of a subject, in batches, and never without bound.
#include "app/db/later_writes.hpp"

#include <thread>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/db/things.hpp"
#include "tests/support/write_lock.hpp"

namespace innergate::test {
namespace {

using db::LaterWrites;

LaterWrites::Write add_thing(long long id, std::string name) {
    return [id, name = std::move(name)](db::Session& session) { Things::add(session, id, name); };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(later_writes)

BOOST_DATA_TEST_CASE(of_one_subject_the_newest_is_made, dialects(), dialect) {
    Things things{dialect};
    LaterWrites later;
    later.add({"things", 1}, add_thing(1, "old"));
    later.add({"things", 2}, add_thing(2, "other"));
    later.add({"things", 1}, add_thing(1, "new"));
    later.write(things.session);
    BOOST_TEST(things.find(1).value() == "new");
    BOOST_TEST(things.find(2).value() == "other");
    later.write(things.session);
    BOOST_TEST(things.count() == 2);
}

BOOST_DATA_TEST_CASE(refused_write_takes_no_other_with_it, dialects(), dialect) {
    Things things{dialect};
    things.add(2, "there");
    LaterWrites later;
    for (long long id = 1; id <= 250; ++id) {
        later.add({"things", id}, add_thing(id, "thing " + std::to_string(id)));
    }
    later.write(things.session);
    BOOST_TEST(things.count() == 250);
    BOOST_TEST(things.find(2).value() == "there");
}

BOOST_DATA_TEST_CASE(what_cannot_be_written_now_is_kept, only(db::Dialect::sqlite), dialect) {
    Things things{dialect, kImpatient};
    LaterWrites later;
    later.add({"things", 1}, add_thing(1, "old"));
    {
        const WriteLock lock{things.database, ""};
        BOOST_CHECK_THROW(later.write(things.session), db::Unavailable);
    }
    later.add({"things", 2}, add_thing(2, "two"));
    later.write(things.session);
    BOOST_TEST(things.count() == 2);
}

BOOST_DATA_TEST_CASE(what_is_too_much_is_dropped_and_counted, only(db::Dialect::sqlite), dialect) {
    Things things{dialect};
    LaterWrites later;
    constexpr long long kMost = LaterWrites::kMost;
    for (long long id = 1; id <= kMost + 5; ++id) {
        later.add({"things", id}, add_thing(id, "thing " + std::to_string(id)));
    }
    BOOST_TEST(later.dropped() == 5U);
    later.write(things.session);
    BOOST_TEST(things.count() == kMost);
    // There is room again.
    later.add({"things", kMost + 1}, add_thing(kMost + 1, "one more"));
    later.write(things.session);
    BOOST_TEST(later.dropped() == 5U);
    BOOST_TEST(things.count() == kMost + 1);
}

BOOST_DATA_TEST_CASE(threads_may_add_while_one_writes, only(db::Dialect::sqlite), dialect) {
    constexpr long long kThreads = 4;
    constexpr long long kEach = 500;
    Things things{dialect};
    LaterWrites later;
    std::vector<std::thread> threads;
    for (long long thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&later, thread] {
            for (long long id = thread * kEach; id < (thread + 1) * kEach; ++id) {
                later.add({"things", id}, add_thing(id, "thing " + std::to_string(id)));
            }
        });
    }
    for (int round = 0; round < 5; ++round) {
        later.write(things.session);
    }
    std::ranges::for_each(threads, &std::thread::join);
    later.write(things.session);
    BOOST_TEST(things.count() == kThreads * kEach);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

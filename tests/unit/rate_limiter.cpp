#include "app/rate_limiter.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace innergate {
namespace {

constexpr Timestamp kStart{std::chrono::hours{500'000}};

}  // namespace

BOOST_AUTO_TEST_SUITE(rate_limiter)

BOOST_AUTO_TEST_CASE(the_call_after_the_limit_is_refused) {
    RateLimiter limiter;
    for (int call = 1; call <= 3; ++call) {
        BOOST_TEST(!limiter.is_exceeded("git-upload-pack a/b key-1", 3, kStart));
    }
    BOOST_TEST(limiter.is_exceeded("git-upload-pack a/b key-1", 3, kStart));
    BOOST_TEST(!limiter.is_exceeded("git-upload-pack a/b key-2", 3, kStart));
}

BOOST_AUTO_TEST_CASE(a_new_minute_starts_from_nothing) {
    RateLimiter limiter;
    const Timestamp last = kStart + std::chrono::milliseconds{59'999};
    BOOST_TEST(!limiter.is_exceeded("bucket", 1, kStart));
    BOOST_TEST(limiter.is_exceeded("bucket", 1, last));
    BOOST_TEST(!limiter.is_exceeded("bucket", 1, kStart + std::chrono::minutes{1}));
}

BOOST_AUTO_TEST_CASE(no_limit_is_never_exceeded) {
    RateLimiter limiter;
    for (int call = 0; call < 10'000; ++call) {
        BOOST_TEST_REQUIRE(!limiter.is_exceeded("bucket", 0, kStart));
    }
}

BOOST_AUTO_TEST_CASE(many_other_buckets_change_nothing) {
    RateLimiter limiter;
    for (int other = 0; other < 10'000; ++other) {
        static_cast<void>(limiter.is_exceeded("other " + std::to_string(other), 1000, kStart));
    }
    for (int call = 1; call <= 600; ++call) {
        BOOST_TEST_REQUIRE(!limiter.is_exceeded("bucket", 620, kStart));
    }
}

// Of as many as a pool can be asked in a minute. Nothing is kept of them but the counts.
BOOST_AUTO_TEST_CASE(a_flood_of_random_buckets_shuts_nobody_out) {
    RateLimiter limiter;
    for (int other = 0; other < 2'000'000; ++other) {
        static_cast<void>(limiter.is_exceeded("random " + std::to_string(other), 1000, kStart));
    }
    for (int call = 1; call <= 400; ++call) {
        BOOST_TEST_REQUIRE(!limiter.is_exceeded("bucket", 600, kStart));
    }
}

BOOST_AUTO_TEST_CASE(threads_lose_no_count) {
    constexpr int kThreads = 8;
    constexpr int kCalls = 1000;
    RateLimiter limiter;
    std::atomic<int> admitted = 0;
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&] {
            for (int call = 0; call < kCalls; ++call) {
                admitted += limiter.is_exceeded("bucket", 5000, kStart) ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    // Of the calls that were under way when the limit was reached some were let through, no other.
    BOOST_TEST(admitted >= 5000);
    BOOST_TEST(admitted <= 5000 + 3 * (kThreads - 1));
    BOOST_TEST(limiter.is_exceeded("bucket", kThreads * kCalls, kStart));
    BOOST_TEST(!limiter.is_exceeded("bucket", kThreads * kCalls + 2, kStart));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

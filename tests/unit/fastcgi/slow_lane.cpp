// Requests that take long wait for each other, not the others for them.
#include <atomic>
#include <set>
#include <thread>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/fastcgi/body_reader.hpp"
#include "tests/unit/fastcgi/slow_lane_fixture.hpp"

namespace innergate::fastcgi {
namespace {

namespace data = boost::unit_test::data;

BOOST_FIXTURE_TEST_SUITE(slow_lane, SlowLaneFixture)

BOOST_AUTO_TEST_CASE(full_lane_leaves_other_requests_alone) {
    start_with_lane();
    constexpr std::size_t kPlaces = 64;
    std::vector<FastcgiClient> slow = hold_lane();
    slow.reserve(kPlaces);
    while (slow.size() < kPlaces) {
        slow.push_back(connect());
        BOOST_REQUIRE(slow.back().send(get("/slow/" + std::to_string(slow.size()))));
    }
    BOOST_REQUIRE(wait_for_queued(kPlaces - 2));
    std::vector<FastcgiClient> fast;
    fast.reserve(8);
    for (int count = 0; count < 8; ++count) {
        fast.push_back(connect());
    }
    for (int round = 0; round < 20; ++round) {
        for (FastcgiClient& client : fast) {
            BOOST_REQUIRE(client.send(get("/fast")));
        }
        for (FastcgiClient& client : fast) {
            BOOST_REQUIRE(summary(client.receive()) == "200 GET /fast");
        }
        BOOST_REQUIRE(summary(fast.front().exchange(get("/slow/more"))) == "503 full");
    }
    // All of that while no slow request has come any further.
    BOOST_TEST(done_slowly.count() == 0U);
    BOOST_TEST(pool().slow_threads_busy() == 2U);
    BOOST_TEST(pool().slow_requests_queued() == kPlaces - 2);
    BOOST_TEST(pool().threads() == 4U);
    gate.open();
    for (std::size_t index = 0; index < slow.size(); ++index) {
        const std::string target = index < 2 ? "/slow/wait" : "/slow/" + std::to_string(index + 1);
        BOOST_TEST(summary(slow[index].receive()) == "200 GET " + target);
    }
    BOOST_TEST(handed_over.count() == kPlaces);
    BOOST_TEST(done_slowly.count() == kPlaces);
    BOOST_TEST(summary(fast.front().exchange(get("/slow/later"))) == "200 GET /slow/later");
}

BOOST_AUTO_TEST_CASE(connection_is_kept_after_a_slow_answer) {
    options.threads = 1;
    options.slow_threads = 1;
    // One place, which the connection's own next request must find free.
    options.slow_queue = 0;
    start_with_lane();
    FastcgiClient client = connect();
    for (int count = 0; count < 50; ++count) {
        BOOST_REQUIRE(summary(client.exchange(get("/slow"))) == "200 GET /slow");
        BOOST_REQUIRE(summary(client.exchange(get("/fast"))) == "200 GET /fast");
    }
    BOOST_TEST(pool().open_connections() == 1U);
    BOOST_TEST(done_slowly.count() == 50U);
}

BOOST_AUTO_TEST_CASE(connection_that_is_not_to_be_kept_is_closed) {
    start_with_lane();
    FastcgiClient client = connect();
    FastcgiRequest unkept = get("/slow");
    unkept.keeps_connection = false;
    BOOST_TEST(summary(client.exchange(unkept)) == "200 GET /slow");
    BOOST_TEST(client.is_closed_by_server());
}

BOOST_DATA_TEST_CASE_F(
    SlowLaneFixture,
    body_goes_along_and_leaves_nothing_behind,
    data::make({"/read/slow", "/slow"}) * data::make({0U, 1U, 8'192U, 9'000U, 65'536U, 100'000U}),
    target,
    body_bytes
) {
    start_with_lane();
    // Nobody asks for the body before the request has changed threads.
    const std::string body(body_bytes, 'x');
    const std::string expected =
        std::string_view{target} == "/slow" ? "200 POST /slow" : "200 " + body;
    FastcgiClient client = connect();
    for (int count = 0; count < 3; ++count) {
        BOOST_REQUIRE((summary(client.exchange(post(target, body))) == expected));
        BOOST_REQUIRE(summary(client.exchange(get("/next"))) == "200 GET /next");
    }
}

BOOST_AUTO_TEST_CASE(body_is_off_the_socket_before_the_request_waits) {
    start_with_lane();
    const std::vector<FastcgiClient> held = hold_lane();
    FastcgiClient client = connect();
    // More than a socket holds: sending it ends only when somebody reads, and the lane is held.
    const std::string body(BodyReader::kMaxDrainBytes, 'x');
    BOOST_REQUIRE(client.send(post("/slow/large", body)));
    BOOST_REQUIRE(handed_over.wait_for(3));
    BOOST_TEST(done_slowly.count() == 0U);
    gate.open();
    BOOST_TEST(summary(client.receive()) == "200 POST /slow/large");
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(body_over_the_route_limit_is_too_large_there_too) {
    start_with_lane();
    FastcgiClient client = connect();
    FastcgiRequest request = post("/read/slow", std::string(100'001, 'x'));
    BOOST_TEST(summary(client.exchange(request)) == "413 413 Content Too Large");
    request.content_length = "";
    BOOST_TEST(summary(client.exchange(request)) == "413 413 Content Too Large");
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(body_cut_off_is_refused_there_too) {
    start_with_lane();
    FastcgiClient client = connect();
    const std::string bytes = encode(post("/read/slow", std::string(50'000, 'x')));
    BOOST_REQUIRE(client.send(bytes.substr(0, 30'000)));
    client.finish_sending();
    BOOST_TEST(summary(client.receive()) == "400 400 Bad Request");
    BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(request_whose_peer_left_while_it_waited_is_given_up) {
    start_with_lane();
    std::vector<FastcgiClient> held = hold_lane();
    FastcgiClient staying = connect();
    {
        FastcgiClient gone = connect();
        BOOST_REQUIRE(gone.send(get("/slow/gone")));
        BOOST_REQUIRE(handed_over.wait_for(3));
    }
    BOOST_REQUIRE(staying.send(get("/slow/staying")));
    BOOST_REQUIRE(handed_over.wait_for(4));
    gate.open();
    BOOST_TEST(summary(staying.receive()) == "200 GET /slow/staying");
    BOOST_REQUIRE(faults.wait_for(1));
    for (FastcgiClient& client : held) {
        BOOST_TEST(summary(client.receive()) == "200 GET /slow/wait");
    }
    BOOST_TEST(stops_within(kDeadline));
    BOOST_TEST(pool().open_connections() == 0U);
    BOOST_TEST(done_slowly.count() == 3U);
    BOOST_TEST(faults.count() == 1U);
}

BOOST_AUTO_TEST_CASE(peer_that_only_stopped_sending_is_answered) {
    start_with_lane();
    const std::vector<FastcgiClient> held = hold_lane();
    FastcgiClient client = connect();
    BOOST_REQUIRE(client.send(get("/slow/half")));
    client.finish_sending();
    BOOST_REQUIRE(handed_over.wait_for(3));
    gate.open();
    BOOST_TEST(summary(client.receive()) == "200 GET /slow/half");
}

BOOST_AUTO_TEST_CASE(peer_gone_while_its_request_runs_is_harmless) {
    start_with_lane();
    { const std::vector<FastcgiClient> gone = hold_lane(); }
    gate.open();
    FastcgiClient client = connect();
    BOOST_TEST(summary(client.exchange(get("/slow/next"))) == "200 GET /slow/next");
    BOOST_TEST(stops_within(kDeadline));
    BOOST_TEST(pool().open_connections() == 0U);
    BOOST_TEST(done_slowly.count() == 3U);
}

BOOST_AUTO_TEST_CASE(escaped_exception_costs_one_request_and_no_place) {
    options.slow_threads = 1;
    options.slow_queue = 0;
    start_with_lane();
    FastcgiClient client = connect();
    const std::string expected = R"(500 {"message":"500 Internal Server Error"})";
    for (int count = 0; count < 3; ++count) {
        BOOST_TEST(summary(client.exchange(get("/slow/throw"))) == expected);
        // Where it is already, no request is sent.
        BOOST_TEST(summary(client.exchange(get("/slow/again"))) == expected);
        BOOST_TEST(summary(client.exchange(get("/slow/next"))) == "200 GET /slow/next");
    }
    BOOST_TEST(faults.count() == 6U);
}

BOOST_AUTO_TEST_CASE(pool_without_slow_threads_takes_no_slow_requests) {
    options.slow_threads = 0;
    start_with_lane();
    BOOST_TEST(ask(get("/slow")) == "503 full");
}

BOOST_AUTO_TEST_CASE(slow_threads_follow_the_others_and_make_their_own_answers) {
    std::mutex mutex;
    std::map<unsigned, Lane> lanes;
    std::set<std::thread::id> makers;
    bool is_answered_where_made = true;
    start_with([&](const WorkerThread& thread) {
        const std::thread::id maker = std::this_thread::get_id();
        const std::lock_guard lock{mutex};
        lanes[thread.index] = thread.lane;
        makers.insert(maker);
        return [&, thread, maker](const http::Request& request) -> std::optional<http::Response> {
            const std::lock_guard answer_lock{mutex};
            is_answered_where_made = is_answered_where_made && maker == std::this_thread::get_id();
            if (thread.lane == Lane::fast && thread.reserve_slow_place()) {
                return std::nullopt;
            }
            return describe(request);
        };
    });
    for (int count = 0; count < 20; ++count) {
        BOOST_REQUIRE(ask(get("/")) == "200 GET /");
    }
    const std::lock_guard lock{mutex};
    const std::map<unsigned, Lane> expected{
        {0, Lane::fast},
        {1, Lane::fast},
        {2, Lane::fast},
        {3, Lane::fast},
        {4, Lane::slow},
        {5, Lane::slow}};
    BOOST_TEST((lanes == expected));
    BOOST_TEST(makers.size() == 6U);
    BOOST_TEST(is_answered_where_made);
}

BOOST_AUTO_TEST_CASE(failing_factory_of_a_slow_thread_is_reported_by_start) {
    const auto fail_on_last = [](const WorkerThread& thread) -> Answer {
        if (thread.index == 5) {
            throw std::runtime_error{"no database"};
        }
        return describe;
    };
    BOOST_CHECK_THROW(start_with(fail_on_last), std::runtime_error);
    start_successor(describe);
    BOOST_TEST(ask(get("/")) == "200 GET /");
}

/// Many connections at once, each with requests of both kinds; every answer is its own request's.
BOOST_AUTO_TEST_CASE(requests_of_both_kinds_do_not_mix) {
    options.slow_queue = 8;
    start_with_lane();
    std::atomic<unsigned> wrong = 0;
    std::vector<std::thread> clients;
    for (unsigned number = 0; number < 8; ++number) {
        clients.emplace_back([this, number, &wrong] {
            FastcgiClient client = connect();
            for (std::size_t count = 0; count < 50; ++count) {
                const std::string body =
                    std::to_string(number) + std::string(count * 400, 'x') + std::to_string(count);
                const std::string target = count % 3 == 0 ? "/read" : "/read/slow";
                wrong += summary(client.exchange(post(target, body))) == "200 " + body ? 0 : 1;
            }
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
    BOOST_TEST(wrong == 0U);
    BOOST_TEST(done_slowly.count() == 8U * 33);
}

BOOST_DATA_TEST_CASE(
    request_that_waited_too_long_is_late, data::make({0, 3'600'000}), patience_ms
) {
    options.slow_patience = std::chrono::milliseconds{patience_ms};
    start_with([](const WorkerThread& thread) -> Answer {
        if (thread.lane == Lane::slow) {
            return [](const http::Request& request) {
                return text(request.is_late ? "late" : "in time");
            };
        }
        return [thread](const http::Request&) -> std::optional<http::Response> {
            return thread.reserve_slow_place() ? std::nullopt : std::optional{text("full")};
        };
    });
    const std::string expected = patience_ms == 0 ? "200 late" : "200 in time";
    FastcgiClient client = connect();
    // The second request is another one, on the same connection and in the same memory.
    BOOST_TEST(summary(client.exchange(get("/"))) == expected);
    BOOST_TEST(summary(client.exchange(get("/"))) == expected);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi

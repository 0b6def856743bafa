// A stop loses nothing that has begun, and does not wait for what never begins.
#include <atomic>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {
namespace {

class StoppingFixture : public PoolFixture {
public:
    Gate gate;

    void start_gated() {
        start([this](const http::Request& request) {
            if (request.target == "/wait") {
                gate.wait();
            }
            return describe(request);
        });
    }
};

/// Clients that ask one request after the other on connections they keep. Like nginx, they retry a
/// request refused on a kept connection on a fresh one; refused there, it is lost.
class Load {
public:
    Counter answered;
    Counter lost;

    Load(const PoolFixture& pool, std::size_t clients) {
        clients_.reserve(clients);
        for (std::size_t count = 0; count < clients; ++count) {
            clients_.emplace_back([this, &pool] { run(pool); });
        }
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() { finish(); }

    void finish() {
        is_done_ = true;
        for (std::thread& client : clients_) {
            client.join();
        }
        clients_.clear();
    }

private:
    void run(const PoolFixture& pool) {
        std::optional<FastcgiClient> client;
        while (!is_done_) {
            const bool is_fresh = !client;
            if (is_fresh) {
                client = pool.connect();
            }
            if (client->exchange(get("/load"))) {
                answered.add();
                continue;
            }
            client.reset();
            if (is_fresh) {
                lost.add();
            }
        }
    }

    std::atomic<bool> is_done_ = false;
    std::vector<std::thread> clients_;
};

BOOST_FIXTURE_TEST_SUITE(stopping, StoppingFixture)

BOOST_AUTO_TEST_CASE(pool_without_connections_stops_at_once) {
    options.threads = 4;
    options.drain_grace = 2 * kDeadline;
    start();
    BOOST_TEST(stops_within(kDeadline));
}

BOOST_AUTO_TEST_CASE(pool_whose_connections_are_gone_stops_at_once) {
    options.threads = 4;
    options.drain_grace = 2 * kDeadline;
    start();
    FastcgiRequest unkept = get("/");
    unkept.keeps_connection = false;
    FastcgiClient client = connect();
    BOOST_TEST(summary(client.exchange(unkept)) == "200 GET /");
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(stops_within(kDeadline));
}

BOOST_AUTO_TEST_CASE(idle_connections_are_closed_after_the_grace) {
    options.threads = 4;
    start();
    std::vector<FastcgiClient> clients;
    for (int count = 0; count < 16; ++count) {
        clients.push_back(connect());
        if (count % 2 == 0) {
            BOOST_REQUIRE(summary(clients.back().exchange(get("/"))) == "200 GET /");
        }
    }
    // Accepted but silent connections count too; a request tells that those before it are accepted.
    BOOST_REQUIRE(ask(get("/")) == "200 GET /");
    BOOST_TEST(stops_within(kDeadline / 2));
    BOOST_TEST(pool().open_connections() == 0U);
    for (FastcgiClient& client : clients) {
        BOOST_TEST(client.is_closed_by_server());
    }
}

BOOST_AUTO_TEST_CASE(kept_connections_are_closed_after_their_next_answer) {
    options.threads = 4;
    options.drain_grace = 2 * kDeadline;
    start();
    std::vector<FastcgiClient> clients;
    for (int count = 0; count < 16; ++count) {
        clients.push_back(connect());
        BOOST_REQUIRE(summary(clients.back().exchange(get("/"))) == "200 GET /");
    }
    pool().stop();
    for (FastcgiClient& client : clients) {
        BOOST_TEST(summary(client.exchange(get("/last"))) == "200 GET /last");
        BOOST_TEST(client.is_closed_by_server());
    }
    BOOST_TEST(stops_within(kDeadline));
}

BOOST_AUTO_TEST_CASE(running_request_is_finished) {
    options.threads = 2;
    options.drain_grace = 0ms;
    start_gated();
    FastcgiClient client = connect();
    BOOST_REQUIRE(client.send(get("/wait")));
    BOOST_REQUIRE(gate.wait_for_entered(1));
    pool().stop();
    gate.open();
    BOOST_TEST(stops_within(kDeadline));
    BOOST_TEST(summary(client.receive()) == "200 GET /wait");
    BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(request_that_waits_for_a_thread_at_the_end_is_answered) {
    options.drain_grace = 0ms;
    start_gated();
    std::vector<FastcgiClient> clients;
    for (int count = 0; count < 8; ++count) {
        clients.push_back(connect());
        BOOST_REQUIRE(summary(clients.back().exchange(get("/"))) == "200 GET /");
    }
    BOOST_REQUIRE(clients.front().send(get("/wait")));
    BOOST_REQUIRE(gate.wait_for_entered(1));
    // The grace is over at once, and the requests are queued behind its end.
    pool().stop();
    for (std::size_t index = 1; index < clients.size(); ++index) {
        BOOST_REQUIRE(clients[index].send(get("/queued")));
    }
    gate.open();
    BOOST_TEST(stops_within(kDeadline));
    BOOST_TEST(summary(clients.front().receive()) == "200 GET /wait");
    for (std::size_t index = 1; index < clients.size(); ++index) {
        BOOST_TEST(summary(clients[index].receive()) == "200 GET /queued");
    }
}

BOOST_AUTO_TEST_CASE(new_connections_wait_for_the_successor) {
    options.threads = 2;
    start_gated();
    FastcgiClient running = connect();
    BOOST_REQUIRE(running.send(get("/wait")));
    BOOST_REQUIRE(gate.wait_for_entered(1));
    pool().stop();
    std::vector<FastcgiClient> early;
    for (int count = 0; count < 8; ++count) {
        early.push_back(connect());
        BOOST_REQUIRE(early.back().send(get("/early")));
    }
    gate.open();
    BOOST_TEST(stops_within(kDeadline));
    BOOST_TEST(summary(running.receive()) == "200 GET /wait");
    BOOST_TEST(pool().open_connections() == 0U);

    start_successor([](const http::Request&) { return text("successor"); });
    for (FastcgiClient& client : early) {
        BOOST_TEST(summary(client.receive()) == "200 successor");
    }
}

BOOST_AUTO_TEST_CASE(stops_under_load_lose_nothing) {
    options.threads = 2;
    start();
    Load load{*this, 4};
    for (std::size_t round = 1; round <= 20; ++round) {
        BOOST_REQUIRE(load.answered.wait_for(200 * round));
        BOOST_TEST(stops_within(kDeadline));
        start_successor(describe);
    }
    load.finish();
    BOOST_TEST(load.lost.count() == 0U);
}

BOOST_AUTO_TEST_CASE(stop_may_be_repeated_and_left_to_the_destructor) {
    options.threads = 4;
    start();
    FastcgiClient client = connect();
    BOOST_REQUIRE(summary(client.exchange(get("/"))) == "200 GET /");
    pool().stop();
    pool().stop();
    start_successor(describe);
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi

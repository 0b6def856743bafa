// A reload, a restart or a second process on the socket loses no connection and no wake-up: a
// request that comes alone in the gap is answered though no other follows it.
#include <atomic>
#include <random>
#include <thread>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {
namespace {

#ifdef __SANITIZE_THREAD__
constexpr int kReloads = 100;  // each takes twenty times as long there
#else
constexpr int kReloads = 1500;
#endif

class ReloadingFixture {
public:
    ReloadingFixture() { options.drain_grace = 5ms; }

    [[nodiscard]] std::unique_ptr<WorkerPool> new_pool(Answer answer = describe) const {
        auto pool = std::make_unique<WorkerPool>(
            Descriptor{::fcntl(listener_.get(), F_DUPFD_CLOEXEC, 3)},
            options,
            [answer = std::move(answer)](const WorkerThread&) { return answer; }
        );
        pool->start();
        return pool;
    }

    void replace(std::unique_ptr<WorkerPool>& pool) const {
        auto successor = new_pool();
        pool->stop_for(*successor);
        pool = std::move(successor);
    }

    [[nodiscard]] FastcgiClient connect() const { return FastcgiClient::connect_unix(path_); }

    /// Runs `change` and, some time in its first two milliseconds, one request. Whether it was
    /// answered.
    template <class Ask, class Change>
    [[nodiscard]] bool is_answered_during(const Change& change, const Ask& ask) {
        std::atomic<bool> is_answered = false;
        const auto delay = std::chrono::microseconds{delay_(random_)};
        std::thread lone{[&] {
            const auto begin = std::chrono::steady_clock::now() + delay;
            while (std::chrono::steady_clock::now() < begin) {
                std::this_thread::yield();
            }
            is_answered = ask();
        }};
        change();
        lone.join();
        return is_answered;
    }

    [[nodiscard]] bool ask_anew() const {
        FastcgiClient client = connect();
        return client.exchange(get("/lone")).has_value();
    }

    WorkerPoolOptions options{.threads = 2, .limits = {}, .on_fault = [](std::string_view) {}};

private:
    TemporaryDirectory directory_;
    std::string path_ = directory_.file("pool.sock");
    Descriptor listener_ = open_listener("unix:" + path_);
    // The same delays in every run.
    std::mt19937 random_{20'261'130};  // NOLINT(cert-msc32-c,cert-msc51-cpp)
    std::uniform_int_distribution<int> delay_{0, 2000};
};

BOOST_FIXTURE_TEST_SUITE(reloading, ReloadingFixture)

BOOST_AUTO_TEST_CASE(lone_request_in_the_gap_of_a_reload_is_answered) {
    auto pool = new_pool();
    for (int reload = 0; reload < kReloads; ++reload) {
        const bool is_answered =
            is_answered_during([&] { replace(pool); }, [this] { return ask_anew(); });
        BOOST_REQUIRE_MESSAGE(is_answered, "nobody answered at reload " << reload);
    }
}

BOOST_AUTO_TEST_CASE(lone_request_is_answered_while_another_process_on_the_socket_stops) {
    auto remaining = new_pool();
    for (int restart = 0; restart < kReloads; ++restart) {
        auto other = new_pool();
        const bool is_answered =
            is_answered_during([&] { other.reset(); }, [this] { return ask_anew(); });
        BOOST_REQUIRE_MESSAGE(is_answered, "nobody answered at stop " << restart);
    }
}

BOOST_AUTO_TEST_CASE(lone_request_in_the_gap_of_a_restart_is_answered) {
    auto pool = new_pool();
    for (int restart = 0; restart < kReloads; ++restart) {
        const bool is_answered = is_answered_during(
            [&] {
                pool.reset();
                pool = new_pool();
            },
            [this] { return ask_anew(); }
        );
        BOOST_REQUIRE_MESSAGE(is_answered, "nobody answered at restart " << restart);
    }
}

BOOST_AUTO_TEST_CASE(kept_connection_survives_reloads) {
    // With a POST, which nginx does not send a second time.
    auto pool = new_pool();
    FastcgiClient kept = connect();
    FastcgiClient idle = connect();
    BOOST_REQUIRE(idle.exchange(get("/first")).has_value());
    for (int reload = 0; reload < kReloads; ++reload) {
        const bool is_answered = is_answered_during(
            [&] { replace(pool); }, [&] { return kept.exchange(post("/kept", "body")).has_value(); }
        );
        BOOST_REQUIRE_MESSAGE(is_answered, "connection lost at reload " << reload);
    }
    BOOST_TEST(summary(idle.exchange(get("/last"))) == "200 GET /last");
    BOOST_TEST(pool->open_connections() == 2U);
}

BOOST_AUTO_TEST_CASE(request_in_hand_keeps_its_connection) {
    Gate gate;
    auto pool = new_pool([&gate](const http::Request& request) {
        gate.wait();
        return describe(request);
    });
    FastcgiClient client = connect();
    BOOST_REQUIRE(client.send(get("/in-hand")));
    BOOST_REQUIRE(gate.wait_for_entered(1));
    auto successor = new_pool();
    auto last = new_pool();
    pool->stop_for(*successor);
    // Before the request is answered, so that its connection has two ways to go.
    successor->stop_for(*last);
    successor->join();
    gate.open();
    BOOST_TEST(summary(client.receive()) == "200 GET /in-hand");
    pool->join();
    BOOST_TEST(summary(client.exchange(post("/next", "body"))) == "200 POST /next");
    BOOST_TEST(last->open_connections() == 1U);
}

BOOST_AUTO_TEST_CASE(connection_handed_to_a_pool_that_has_ended_is_closed) {
    auto pool = new_pool();
    FastcgiClient kept = connect();
    BOOST_REQUIRE(kept.exchange(get("/first")).has_value());
    auto successor = new_pool();
    successor->stop();
    successor->join();
    pool->stop_for(*successor);
    BOOST_TEST(kept.is_closed_by_server());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi

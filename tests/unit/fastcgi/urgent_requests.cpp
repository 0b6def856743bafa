// Requests about health are answered though all threads are held up, on new and on kept
// connections, and nobody else is served out of turn.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/fastcgi/peek.hpp"
#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {
namespace {

using support::encode_begin;
using support::encode_param;
using support::encode_stream;
using support::RecordType;

class HeldUpFixture : public PoolFixture {
public:
    Gate gate;

    HeldUpFixture() {
        options.threads = 2;
        options.is_urgent = [](std::string_view target) { return target == "/health"; };
        start([this](const http::Request& request) {
            if (request.target == "/wait") {
                gate.wait();
            }
            return describe(request);
        });
        kept_ = connect();
        BOOST_REQUIRE(summary(kept_->exchange(get("/"))) == "200 GET /");
    }

    void hold_up_all_threads() {
        for (unsigned count = 0; count < options.threads; ++count) {
            held_.push_back(connect());
            BOOST_REQUIRE(held_.back().send(get("/wait")));
        }
        BOOST_REQUIRE(gate.wait_for_entered(options.threads));
    }
    void let_go() {
        gate.open();
        for (FastcgiClient& client : held_) {
            BOOST_TEST(summary(client.receive()) == "200 GET /wait");
        }
    }
    [[nodiscard]] FastcgiClient& kept() { return *kept_; }

private:
    std::optional<FastcgiClient> kept_;
    std::vector<FastcgiClient> held_;
};

BOOST_FIXTURE_TEST_SUITE(urgent_requests, HeldUpFixture)

BOOST_AUTO_TEST_CASE(are_answered_while_all_threads_are_held_up) {
    hold_up_all_threads();
    for (int count = 0; count < 20; ++count) {
        BOOST_TEST(ask(get("/health")) == "200 GET /health");
        BOOST_TEST(summary(kept().exchange(get("/health"))) == "200 GET /health");
    }
    let_go();
}

BOOST_AUTO_TEST_CASE(are_answered_behind_a_crowd_that_waits) {
    hold_up_all_threads();
    std::vector<FastcgiClient> crowd;
    for (int count = 0; count < 100; ++count) {
        crowd.push_back(connect());
        BOOST_REQUIRE(crowd.back().send(get("/crowd")));
    }
    BOOST_TEST(ask(get("/health")) == "200 GET /health");
    let_go();
    for (FastcgiClient& client : crowd) {
        BOOST_TEST(summary(client.receive()) == "200 GET /crowd");
    }
}

BOOST_AUTO_TEST_CASE(others_wait_for_a_thread) {
    hold_up_all_threads();
    BOOST_REQUIRE(kept().send(get("/other")));
    // When this one is answered, the other has been passed over.
    BOOST_TEST(ask(get("/health")) == "200 GET /health");
    BOOST_TEST(pool().requests_waiting() == 1U);
    let_go();
    BOOST_TEST(summary(kept().receive()) == "200 GET /other");
}

BOOST_AUTO_TEST_CASE(one_that_has_not_arrived_whole_holds_up_nobody) {
    hold_up_all_threads();
    const std::string whole = encode(get("/health"));
    BOOST_REQUIRE(kept().send(std::string_view{whole}.substr(0, whole.size() - 1)));
    BOOST_TEST(ask(get("/health")) == "200 GET /health");
    BOOST_REQUIRE(kept().send(std::string_view{whole}.substr(whole.size() - 1)));
    BOOST_TEST(summary(kept().receive()) == "200 GET /health");
    let_go();
}

BOOST_AUTO_TEST_CASE(are_answered_while_the_pool_stops) {
    hold_up_all_threads();
    pool().stop();
    BOOST_TEST(summary(kept().exchange(get("/health"))) == "200 GET /health");
    let_go();
    BOOST_TEST(stops_within(kDeadline));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(peeking)

BOOST_AUTO_TEST_CASE(finds_the_target_of_a_whole_request) {
    const std::string request = encode(get("/a?b=c"));
    BOOST_TEST(target_of_whole_request(request).value() == "/a?b=c");
    FastcgiRequest with_long_value = get("/long");
    with_long_value.params = {{"A", std::string(300, 'x')}, {std::string(200, 'N'), ""}};
    BOOST_TEST(target_of_whole_request(encode(with_long_value)).value() == "/long");
}

BOOST_AUTO_TEST_CASE(finds_none_in_any_beginning_of_a_request) {
    const std::string request = encode(get("/a"));
    for (std::size_t size = 0; size < request.size(); ++size) {
        BOOST_TEST(!target_of_whole_request(std::string_view{request}.substr(0, size)));
    }
}

BOOST_AUTO_TEST_CASE(finds_none_where_there_is_a_body_or_no_target) {
    BOOST_TEST(!target_of_whole_request(encode(post("/a", "body"))));
    BOOST_TEST(!target_of_whole_request(
        encode_begin(true) + encode_stream(RecordType::params, encode_param("A", "b")) +
        encode_stream(RecordType::standard_input, "")
    ));
    // A length beyond the record's end.
    BOOST_TEST(!target_of_whole_request(
        encode_begin(true) + encode_stream(RecordType::params, "\x0b\x7fREQUEST_URI/") +
        encode_stream(RecordType::standard_input, "")
    ));
    BOOST_TEST(!target_of_whole_request(std::string(64, '\xff')));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi

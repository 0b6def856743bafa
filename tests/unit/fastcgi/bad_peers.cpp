// Peers that break off, stall, or do not speak the protocol: they lose their connection, nobody
// else theirs.
#include <atomic>
#include <random>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {
namespace {

namespace data = boost::unit_test::data;
using support::RecordType;

BOOST_FIXTURE_TEST_SUITE(bad_peers, PoolFixture)

BOOST_AUTO_TEST_CASE(absurd_parameter_lengths_close_the_connection) {
    start();
    const std::string largest = "\xff\xff\xff\xff";
    const std::string nothing(1, '\0');
    for (const std::string& lengths : {largest + largest, largest + nothing, nothing + largest}) {
        FastcgiClient client = connect();
        BOOST_REQUIRE(client.send(
            support::encode_begin(true) + encode_stream(RecordType::params, lengths + "NAMEvalue")
        ));
        BOOST_TEST(client.is_closed_by_server());
        BOOST_TEST(ask(get("/next")) == "200 GET /next");
    }
}

BOOST_DATA_TEST_CASE_F(PoolFixture, rubbish_closes_the_connection, data::xrange(20U), seed) {
    start();
    std::minstd_rand random{seed + 1};
    std::string rubbish(1 + random() % 20'000, '\0');
    std::ranges::generate(rubbish, [&random] { return static_cast<char>(random()); });
    if (seed % 2 == 1) {
        rubbish.insert(0, support::encode_begin(true));
    }
    FastcgiClient client = connect();
    client.send(rubbish);
    client.finish_sending();
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

// A cut between two parameters looks like their end to libfcgi: the request must not be served
// without what would have followed.
BOOST_AUTO_TEST_CASE(request_cut_anywhere_costs_only_its_connection) {
    start();
    FastcgiRequest request = post("/read", "some body");
    request.params = {{"HTTP_AUTHORIZATION", "secret"}};
    const std::string bytes = encode(request);
    const std::size_t head_bytes =
        bytes.size() - encode_stream(RecordType::standard_input, request.body).size();
    for (std::size_t length = 1; length < bytes.size(); ++length) {
        FastcgiClient client = connect();
        BOOST_REQUIRE(client.send(std::string_view{bytes}.substr(0, length)));
        client.finish_sending();
        BOOST_TEST_CONTEXT("cut after " << length << " of " << bytes.size() << " bytes") {
            BOOST_TEST(
                summary(client.receive()) ==
                (length < head_bytes ? "closed" : "400 400 Bad Request")
            );
        }
    }
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(half_a_request_then_silence_frees_the_thread) {
    options.limits.io_timeout = 1s;
    start();
    FastcgiClient silent = connect();
    BOOST_REQUIRE(silent.send(std::string_view{encode(get("/"))}.substr(0, 20)));
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
    BOOST_TEST(silent.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(half_a_body_then_silence_is_answered_and_closed) {
    options.limits.io_timeout = 1s;
    start();
    FastcgiClient silent = connect();
    const std::string bytes = encode(post("/read", std::string(1'000, 'x')));
    BOOST_REQUIRE(silent.send(std::string_view{bytes}.substr(0, bytes.size() - 100)));
    BOOST_TEST(summary(silent.receive()) == "400 400 Bad Request");
    BOOST_TEST(silent.is_closed_by_server());
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(peer_that_never_reads_frees_the_thread) {
    options.limits.io_timeout = 1s;
    constexpr std::size_t kMoreThanSocketsHold = 20'000'000;
    std::string large;
    large.resize(kMoreThanSocketsHold, 'x');
    start([&large](const http::Request& request) {
        return request.target == "/large" ? text(large) : describe(request);
    });
    FastcgiClient deaf = connect();
    BOOST_REQUIRE(deaf.send(get("/large")));
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

// libfcgi by itself reads on for as long as a peer sends, after it has given the connection up.
BOOST_AUTO_TEST_CASE(peer_that_never_stops_sending_rubbish_frees_the_thread) {
    start();
    FastcgiClient babbler = connect();
    BOOST_REQUIRE(babbler.send("?"));
    std::atomic<bool> is_done = false;
    std::thread babbling{[&] {
        while (!is_done && babbler.send(std::string(1'000, '?'))) {
        }
    }};
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
    is_done = true;
    babbling.join();
    BOOST_TEST(babbler.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(peer_gone_before_the_answer_is_harmless) {
    Gate gate;
    start([&gate](const http::Request& request) {
        if (request.target == "/wait") {
            gate.wait();
            return text(std::string(1'000'000, 'x'));
        }
        return describe(request);
    });
    {
        FastcgiClient gone = connect();
        BOOST_REQUIRE(gone.send(get("/wait")));
        BOOST_REQUIRE(gate.wait_for_entered(1));
    }
    gate.open();
    FastcgiClient client = connect();
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
    BOOST_TEST(pool().open_connections() == 1U);
}

BOOST_AUTO_TEST_CASE(abort_in_the_middle_of_a_request_closes_the_connection) {
    start();
    FastcgiClient client = connect();
    BOOST_REQUIRE(client.send(
        support::encode_begin(true) + encode_record(RecordType::params, "") +
        encode_record(RecordType::abort_request, "")
    ));
    BOOST_TEST(summary(client.receive()).starts_with("400"));
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

/// While it lives, the process can open exactly one more descriptor.
class OneDescriptorLeft {
public:
    OneDescriptorLeft() {
        ::getrlimit(RLIMIT_NOFILE, &previous_);
        const int next = ::dup(STDERR_FILENO);
        const int after_next = ::dup(STDERR_FILENO);
        ::close(next);
        ::close(after_next);
        const rlimit lowered{
            .rlim_cur = static_cast<rlim_t>(after_next), .rlim_max = previous_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &lowered);
    }
    OneDescriptorLeft(const OneDescriptorLeft&) = delete;
    OneDescriptorLeft& operator=(const OneDescriptorLeft&) = delete;
    ~OneDescriptorLeft() { ::setrlimit(RLIMIT_NOFILE, &previous_); }

private:
    rlimit previous_{};
};

BOOST_AUTO_TEST_CASE(running_out_of_descriptors_neither_spins_nor_loses_connections) {
    options.threads = 4;
    start();
    FastcgiClient kept = connect();
    BOOST_REQUIRE(summary(kept.exchange(get("/"))) == "200 GET /");
    std::optional<OneDescriptorLeft> shortage{std::in_place};
    FastcgiClient waiting = connect();
    BOOST_REQUIRE(waiting.send(get("/waited")));
    BOOST_REQUIRE(faults.wait_for(1));
    const auto first_fault = std::chrono::steady_clock::now();
    BOOST_REQUIRE(faults.wait_for(8));
    // Several threads may run into it at once, but then all keep still.
    BOOST_TEST((std::chrono::steady_clock::now() - first_fault >= ConnectionSet::kAcceptPause / 2));
    BOOST_TEST(summary(kept.exchange(get("/kept"))) == "200 GET /kept");
    shortage.reset();
    BOOST_TEST(summary(waiting.receive()) == "200 GET /waited");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi

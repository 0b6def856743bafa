// Request bodies: read or not, honest or not, the connection must stay usable for the next request.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/fastcgi/body_reader.hpp"
#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {
namespace {

namespace data = boost::unit_test::data;

BOOST_FIXTURE_TEST_SUITE(bodies, PoolFixture)

BOOST_DATA_TEST_CASE_F(
    PoolFixture,
    unread_body_does_not_break_the_next_request,
    data::make({"GET", "POST"}) * data::make({1U, 8'000U, 9'000U, 20'000U, 65'535U, 300'000U}),
    method,
    body_bytes
) {
    start();
    FastcgiClient client = connect();
    FastcgiRequest request = post("/unread", std::string(body_bytes, 'x'));
    request.method = method;
    for (int count = 0; count < 3; ++count) {
        BOOST_REQUIRE(
            summary(client.exchange(request)) == std::string{"200 "} + method + " /unread"
        );
    }
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

// libfcgi reads 8 KiB at a time. Where the parameters end just before such a boundary, the empty
// record that ends the body is still in the socket when the request could be answered.
BOOST_AUTO_TEST_CASE(parameters_may_end_anywhere_around_the_read_buffer) {
    start();
    constexpr std::size_t kBoundary = 8'192;
    constexpr std::size_t kSweep = 48;
    std::size_t requests_across_boundary = 0;
    for (std::size_t fill = kBoundary - 3 * kSweep; fill < kBoundary + kSweep; ++fill) {
        FastcgiRequest request = get("/");
        request.params = {{"HTTP_FILL", std::string(fill, 'x')}};
        const std::size_t total_bytes = encode(request).size();
        requests_across_boundary +=
            total_bytes + kSweep > kBoundary && total_bytes < kBoundary + kSweep ? 1 : 0;
        FastcgiClient client = connect();
        BOOST_TEST_CONTEXT("request of " << total_bytes << " bytes") {
            BOOST_REQUIRE(summary(client.exchange(request)) == "200 GET /");
            BOOST_REQUIRE(summary(client.exchange(get("/next"))) == "200 GET /next");
        }
    }
    BOOST_TEST(requests_across_boundary > kSweep);
}

BOOST_DATA_TEST_CASE_F(
    PoolFixture,
    body_is_read_whole,
    data::make({1U, 8'191U, 8'192U, 65'535U, 65'536U, 99'999U, 100'000U}),
    body_bytes
) {
    start();
    std::string body(body_bytes, 'x');
    body.back() = '!';
    FastcgiClient client = connect();
    BOOST_TEST((summary(client.exchange(post("/read", body))) == "200 " + body));
    FastcgiRequest unannounced = post("/read", body);
    unannounced.content_length = "";
    BOOST_TEST((summary(client.exchange(unannounced)) == "200 " + body));
    BOOST_TEST(summary(client.exchange(get("/read"))) == "200 ");
}

BOOST_AUTO_TEST_CASE(body_may_hold_any_byte) {
    start();
    const std::string body{"\0\r\n\xff\0", 5};
    BOOST_TEST((ask(post("/read", body)) == "200 " + body));
}

BOOST_AUTO_TEST_CASE(body_over_the_route_limit_is_too_large) {
    start();
    FastcgiClient client = connect();
    FastcgiRequest request = post("/read", std::string(100'001, 'x'));
    BOOST_TEST(summary(client.exchange(request)) == "413 413 Content Too Large");
    request.content_length = "";
    BOOST_TEST(summary(client.exchange(request)) == "413 413 Content Too Large");
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(body_announced_over_the_pool_limit_never_reaches_the_application) {
    options.limits.max_body_bytes = 1'000;
    Counter answered;
    start([&answered](const http::Request& request) {
        answered.add();
        return describe(request);
    });
    FastcgiClient client = connect();
    const std::string expected = R"(413 {"error":"413 Content Too Large"})";
    BOOST_TEST(summary(client.exchange(post("/read", std::string(1'001, 'x')))) == expected);
    FastcgiRequest overflowing = post("/read", "x");
    overflowing.content_length = "99999999999999999999999999";
    BOOST_TEST(summary(client.exchange(overflowing)) == expected);
    BOOST_TEST(answered.count() == 0U);
    BOOST_TEST(
        summary(client.exchange(post("/read", std::string(1'000, 'y')))) ==
        "200 " + std::string(1'000, 'y')
    );
}

BOOST_AUTO_TEST_CASE(body_over_the_pool_limit_but_not_announced_is_too_large) {
    options.limits.max_body_bytes = 1'000;
    start();
    FastcgiRequest request = post("/read", std::string(1'001, 'x'));
    request.content_length = "";
    BOOST_TEST(ask(request) == "413 413 Content Too Large");
}

BOOST_AUTO_TEST_CASE(body_must_have_the_announced_length) {
    start();
    FastcgiClient client = connect();
    for (const char* const announced : {"3", "5", "0", "90000"}) {
        FastcgiRequest request = post("/read", "four");
        request.content_length = announced;
        BOOST_TEST_CONTEXT("announced " << announced) {
            BOOST_TEST(summary(client.exchange(request)) == "400 400 Bad Request");
        }
    }
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(body_cut_off_by_the_peer_is_refused) {
    start();
    FastcgiClient client = connect();
    const std::string bytes = encode(post("/read", std::string(50'000, 'x')));
    BOOST_REQUIRE(client.send(bytes.substr(0, 30'000)));
    client.finish_sending();
    BOOST_TEST(summary(client.receive()) == "400 400 Bad Request");
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

// More than is worth draining: the peer gets its answer though it sends everything before it reads.
BOOST_DATA_TEST_CASE_F(
    PoolFixture, answer_to_a_huge_unread_body_arrives, data::make({1U, 8U, 64U}), drain_limits
) {
    options.limits.max_body_bytes = 1;
    start();
    {
        FastcgiClient client = connect();
        const FastcgiRequest request =
            post("/", std::string(drain_limits * BodyReader::kMaxDrainBytes + 1, 'x'));
        BOOST_TEST(summary(client.exchange(request)) == R"(413 {"error":"413 Content Too Large"})");
        BOOST_TEST(client.is_closed_by_server());
    }
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi

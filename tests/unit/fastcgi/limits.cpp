// Requests refused before the application sees them, over the wire.
#include <boost/test/unit_test.hpp>

#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {
namespace {

class CountedFixture : public PoolFixture {
public:
    Counter answered;

    void start_counted() {
        start([this](const http::Request& request) {
            answered.add();
            return describe(request);
        });
    }
};

BOOST_FIXTURE_TEST_SUITE(limits, CountedFixture)

BOOST_AUTO_TEST_CASE(huge_parameter_blocks_are_refused) {
    start_counted();
    FastcgiClient client = connect();
    FastcgiRequest few_large = get("/");
    few_large.params = {{"SOME", std::string(70'000, 'x')}, {"OTHER", std::string(1'000'000, 'x')}};
    FastcgiRequest many_small = get("/");
    for (int count = 0; count < 20'000; ++count) {
        many_small.params.emplace_back("P" + std::to_string(count), "v");
    }
    const std::string expected = R"(400 {"error":"header fields are too large"})";
    BOOST_TEST(summary(client.exchange(few_large)) == expected);
    BOOST_TEST(summary(client.exchange(many_small)) == expected);
    BOOST_TEST(answered.count() == 0U);
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(refused_request_with_a_body_leaves_the_connection_usable) {
    start_counted();
    FastcgiClient client = connect();
    FastcgiRequest request = post("no-slash", std::string(50'000, 'x'));
    BOOST_TEST(
        summary(client.exchange(request)) ==
        R"(400 {"error":"request target is missing or malformed"})"
    );
    BOOST_TEST(answered.count() == 0U);
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(request_without_parameters_is_refused) {
    start_counted();
    FastcgiClient client = connect();
    BOOST_REQUIRE(client.send(
        support::encode_begin(true) + encode_stream(support::RecordType::params, "") +
        encode_stream(support::RecordType::standard_input, "")
    ));
    BOOST_TEST(
        summary(client.receive()) == R"(400 {"error":"request method is missing or malformed"})"
    );
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(only_responders_are_served) {
    start_counted();
    for (const std::uint16_t role : {std::uint16_t{2}, std::uint16_t{3}}) {
        FastcgiClient client = connect();
        FastcgiRequest request = get("/");
        request.role = role;
        BOOST_TEST(
            summary(client.exchange(request)) == R"(400 {"error":"FastCGI role is not supported"})"
        );
        BOOST_TEST(client.is_closed_by_server());
    }
    FastcgiClient client = connect();
    FastcgiRequest unknown = get("/");
    unknown.role = 99;
    BOOST_TEST(summary(client.exchange(unknown)) == "closed");
    BOOST_TEST(answered.count() == 0U);
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi

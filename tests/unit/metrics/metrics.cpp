#include "app/metrics/metrics.hpp"

#include <thread>

#include <boost/test/unit_test.hpp>

namespace innergate::metrics {
namespace {

using std::chrono::milliseconds;

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(metrics_registry)

BOOST_AUTO_TEST_CASE(requests_are_counted_over_all_threads) {
    Registry registry{"internal", "1.2.3", {"/a", "/b"}, 2};
    registry.recorder(0).count({.route = 0, .status = 200, .duration = milliseconds{2}});
    registry.recorder(1).count({.route = 0, .status = 200, .duration = milliseconds{200}});
    registry.recorder(1).count({.route = 1, .status = 404, .duration = milliseconds{1}});
    registry.recorder(1).count({.route = std::nullopt, .status = 418, .duration = milliseconds{1}});
    const std::string text = registry.exposition();
    BOOST_TEST(has_line(
        text, R"(innergate_http_requests_total{pool="internal",route="/a",status="200"} 2)"
    ));
    BOOST_TEST(has_line(
        text, R"(innergate_http_requests_total{pool="internal",route="/b",status="404"} 1)"
    ));
    BOOST_TEST(has_line(
        text, R"(innergate_http_requests_total{pool="internal",route="unmatched",status="other"} 1)"
    ));
    BOOST_TEST(has_line(
        text,
        R"(innergate_http_request_duration_seconds_bucket{pool="internal",route="/a",le="0.0025"} 1)"
    ));
    BOOST_TEST(has_line(
        text,
        R"(innergate_http_request_duration_seconds_bucket{pool="internal",route="/a",le="+Inf"} 2)"
    ));
    BOOST_TEST(has_line(
        text, R"(innergate_http_request_duration_seconds_count{pool="internal",route="/a"} 2)"
    ));
    BOOST_TEST(has_line(text, R"(innergate_build_info{pool="internal",version="1.2.3"} 1)"));
}

BOOST_AUTO_TEST_CASE(database_costs_add_up) {
    Registry registry{"public", "1", {"/a", "/b"}, 1};
    for (std::size_t call = 0; call < 4; ++call) {
        registry.recorder(0).count(
            {.route = call / 3,
             .status = 200,
             .database_duration = milliseconds{500},
             .database_statements = 2}
        );
    }
    const std::string text = registry.exposition();
    BOOST_TEST(has_line(text, R"(innergate_database_seconds_total{pool="public",route="/a"} 1.5)"));
    BOOST_TEST(has_line(text, R"(innergate_database_seconds_total{pool="public",route="/b"} 0.5)"));
    BOOST_TEST(has_line(text, R"(innergate_database_statements_total{pool="public",route="/a"} 6)")
    );
    BOOST_TEST(has_line(text, R"(innergate_database_statements_total{pool="public",route="/b"} 2)")
    );
}

BOOST_AUTO_TEST_CASE(gauges_are_read_at_each_scrape) {
    Registry registry{"internal", "1", {}, 1};
    double value = 1;
    registry.add_gauge("innergate_threads_busy", "Busy threads", [&value] { return value; });
    BOOST_TEST(has_line(registry.exposition(), R"(innergate_threads_busy{pool="internal"} 1)"));
    value = 2;
    BOOST_TEST(has_line(registry.exposition(), R"(innergate_threads_busy{pool="internal"} 2)"));
}

BOOST_AUTO_TEST_CASE(scrapes_run_beside_the_counting) {
    constexpr int kCalls = 20'000;
    Registry registry{"internal", "1", {"/a"}, 1};
    {
        const std::jthread worker{[&registry] {
            for (int call = 0; call < kCalls; ++call) {
                registry.recorder(0).count({.route = 0, .status = 200});
            }
        }};
        for (int scrape = 0; scrape < 20; ++scrape) {
            BOOST_TEST(!registry.exposition().empty());
        }
    }
    BOOST_TEST(has_line(
        registry.exposition(),
        R"(innergate_http_requests_total{pool="internal",route="/a",status="200"} 20000)"
    ));
}

BOOST_AUTO_TEST_CASE(counters_that_are_kept_elsewhere_have_their_labels) {
    Registry registry{"internal", "1.2.3", {}, 1};
    double count = 1;
    registry.add_counters("things_total", "Things", [&count] {
        return std::vector<Registry::Sample>{
            {.labels = {{"storage", "a"}, {"question", "exists"}}, .value = count},
            {.labels = {{"storage", "b \"c\""}}, .value = 2}};
    });
    const std::string first = registry.exposition();
    BOOST_TEST(has_line(first, "# TYPE things_total counter"));
    BOOST_TEST(has_line(first, R"(things_total{pool="internal",storage="a",question="exists"} 1)"));
    BOOST_TEST(has_line(first, R"(things_total{pool="internal",storage="b \"c\""} 2)"));
    count = 7;
    BOOST_TEST(has_line(
        registry.exposition(), R"(things_total{pool="internal",storage="a",question="exists"} 7)"
    ));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::metrics

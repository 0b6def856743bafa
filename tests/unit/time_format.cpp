#include "app/time_format.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate {
namespace {

const Timestamp kTime = Date{std::chrono::year{2019} / 6 / 27} + std::chrono::hours{15} +
                        std::chrono::minutes{29} + std::chrono::seconds{2} +
                        std::chrono::milliseconds{219};

}  // namespace

BOOST_AUTO_TEST_SUITE(time_formats)

BOOST_AUTO_TEST_CASE(times_and_dates_are_iso8601) {
    BOOST_TEST(to_iso8601(kTime) == "2019-06-27T15:29:02.219Z");
    BOOST_TEST(to_rfc3339(kTime) == "2019-06-27T15:29:02+00:00");
    BOOST_TEST(to_iso8601(Date{std::chrono::year{987} / 1 / 2}) == "0987-01-02");
}

BOOST_AUTO_TEST_CASE(both_databases_spellings_are_read) {
    for (const std::string_view text :
         {"2019-06-27T15:29:02.219Z",
          "2019-06-27 15:29:02.219+00",
          "2019-06-27 15:29:02.219999+00"}) {
        BOOST_TEST((parse_timestamp(text) == kTime), text);
    }
    BOOST_TEST((parse_timestamp("2019-06-27 15:29:02+00") == kTime - std::chrono::milliseconds{219})
    );
}

BOOST_AUTO_TEST_CASE(other_zones_and_broken_times_are_refused) {
    for (const std::string_view text :
         {"2019-06-27 15:29:02+02",
          "2019-06-27",
          "2019-06-27T24:00:00Z",
          "2019-02-30T00:00:00Z",
          "2019-06-27T15:29:02.Z",
          "",
          "x"}) {
        BOOST_TEST(!parse_timestamp(text).has_value(), text);
    }
    BOOST_TEST(!parse_date("2019-06-27x").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

#include "app/written_time.hpp"

#include <boost/test/unit_test.hpp>

#include "app/time_format.hpp"

namespace innergate {
namespace {

std::string date_of(std::string_view text) {
    const auto date = parse_written_date(text);
    return date ? to_iso8601(*date) : "none";
}

std::string time_of(std::string_view text) {
    const auto time = parse_written_time(text);
    return time ? to_iso8601(*time) : "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(written_time)

BOOST_AUTO_TEST_CASE(dates_as_people_write_them) {
    for (const char* const text :
         {"2020-07-24",
          " 2020-07-24 ",
          "2020-7-24",
          "2020/07/24",
          "20200724",
          "24 Jul 2020",
          "24 jul 2020",
          "24 July 2020",
          "Jul 24, 2020",
          "July 24 2020",
          "24-Jul-2020",
          "Fri, 24 Jul 2020",
          "24.07.2020",
          "24-07-2020",
          "24/07/2020",
          "2020-07-24T23:59:59Z",
          "2020-07-24T23:59:59.999+02:00",
          "2020-07-24 23:59:59 UTC",
          "Fri, 24 Jul 2020 10:00:00 GMT"}) {
        BOOST_TEST(date_of(text) == "2020-07-24", text);
    }
    BOOST_TEST(date_of("2024-02-29") == "2024-02-29");
}

BOOST_AUTO_TEST_CASE(what_is_no_date) {
    for (const char* const text :
         {"",
          " ",
          "tomorrow",
          "2020-02-30",
          "2023-02-29",
          "2020-13-01",
          "2020-07",
          "2020-07-24x",
          "2020-07-24 x",
          "2020-07-24T",
          "2020-07-24; drop table users",
          "-2020-07-24",
          "99999-07-24",
          "0000-01-01",
          "13/06/21",
          "20-07-24",
          "24 Foo 2020",
          "1595548800000000"}) {
        BOOST_TEST(date_of(text) == "none", text);
    }
}

BOOST_AUTO_TEST_CASE(times_as_programs_write_them) {
    for (const char* const text :
         {"2020-01-01 10:30:05 UTC",
          "2020-01-01T10:30:05Z",
          "2020-01-01T10:30:05",
          " 2020-01-01 10:30:05 ",
          "2020-01-01 12:30:05 +0200",
          "2020-01-01T12:30:05+02:00",
          "2020-01-01T09:00:05-0130",
          "2020-01-01T12:30:05+02",
          "2020-01-01T12:30:05 +2",
          "1 Jan 2020 10:30:05 gmt",
          "01/01/2020 10:30:05",
          "20200101T10:30:05z"}) {
        BOOST_TEST(time_of(text) == "2020-01-01T10:30:05.000Z", text);
    }
    BOOST_TEST(time_of("2020-01-01") == "2020-01-01T00:00:00.000Z");
    BOOST_TEST(time_of("2020-01-01 23:59") == "2020-01-01T23:59:00.000Z");
    BOOST_TEST(time_of("2020-01-01T23:59+05:00") == "2020-01-01T18:59:00.000Z");
    BOOST_TEST(time_of("2020-01-01T00:00:00.1239Z") == "2020-01-01T00:00:00.123Z");
    BOOST_TEST(time_of("2020-01-01T00:30:00+01:00") == "2019-12-31T23:30:00.000Z");
}

BOOST_AUTO_TEST_CASE(what_is_no_time) {
    for (const char* const text :
         {"",
          "now",
          "10:30",
          "2020-02-30 10:30:00",
          "2020-01-01 24:00:00",
          "2020-01-01 10:60:00",
          "2020-01-01 10:30:60",
          "2020-01-01 10:30:005",
          "2020-01-01 10:30:020000000000000000000Z",
          "2020-01-01 10:30:99999999999.5",
          "2020-01-01 10:30: 20000000000",
          "2020-01-01 10:99999999999",
          "2020-01-01 10:30:99999999999:00",
          "2020-01-01 1:2:3",
          "2020-01-01 10:30:00 CEST",
          "2020-01-01 10:30:00+24:00",
          "2020-01-01 10:30:00+02:00 x",
          "2020-01-01 10:30:00-",
          "2020-01-01 10:30:00----",
          "2020-01-01 10:30:00-02:",
          "2020-01-01 10:30:00-:30",
          "2020-01-01 10:30:00-123",
          "2020-01-01 10:30:00-02:0",
          "2020-01-01 10:30:00-02:00:00",
          "2020-01-01 10:30:00-0:Z",
          "2020-01-01 10:30:00-02:00 UTC",
          "2020-01-01T"}) {
        BOOST_TEST(time_of(text) == "none", text);
    }
}

BOOST_AUTO_TEST_CASE(internet_times) {
    const auto is_read = [](std::string_view text) { return parse_rfc3339(text).has_value(); };
    BOOST_TEST(
        (parse_rfc3339("2024-05-02T11:14:07.1239+02:00") ==
         parse_written_time("2024-05-02T09:14:07.123Z"))
    );
    BOOST_TEST(is_read("2024-05-02T09:14:07Z"));
    BOOST_TEST(is_read("2024-05-02T09:14:07-11:30"));
    for (const char* const text :
         {"",
          "2024-05-02",
          "2024-05-02T09:14Z",
          "2024-05-02T09:14:07",
          "2024-05-02 09:14:07Z",
          "2024-05-02T09:14:07.Z",
          "2024-05-02T09:14:07 Z",
          "2024-05-02T09:14:07UTC",
          "2024-05-02T09:14:07+0200",
          "2024-05-02T09:14:07+02:00Z",
          "2024-05-02T09:14:60Z",
          "2024-02-30T09:14:07Z",
          "20240502T091407Z",
          "05/06/2024",
          "May 2, 2024"}) {
        BOOST_TEST(!is_read(text), text);
    }
}

BOOST_AUTO_TEST_CASE(one_pair_of_quotes_goes) {
    BOOST_TEST(without_quotes(R"("premium")") == "premium");
    BOOST_TEST(without_quotes("'premium'") == "premium");
    BOOST_TEST(without_quotes(R"(""premium"")") == R"("premium")");
    BOOST_TEST(without_quotes(R"("")").empty());
    for (const std::string_view text : {"", "\"", "premium", "\"premium", "\"premium'"}) {
        BOOST_TEST(without_quotes(text) == text, text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

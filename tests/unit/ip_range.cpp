#include "app/ip_range.hpp"

#include <ostream>
#include <string_view>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace innergate {
namespace {

namespace data = boost::unit_test::data;

struct Row {
    std::string_view address;
    std::string_view range;
    bool is_inside;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.address << " in " << row.range;
}

const Row kRows[]{
    {"192.0.2.7", "192.0.2.7", true},
    {"192.0.2.8", "192.0.2.7", false},
    {"192.0.2.255", "192.0.2.0/24", true},
    {"192.0.2.1", "192.0.2.99/24", true},
    {"192.0.3.0", "192.0.2.0/24", false},
    {"203.0.113.9", "0.0.0.0/0", true},
    {"2001:db8::1", "0.0.0.0/0", false},
    {"192.0.2.1", "::/0", false},
    {"2001:db8::1", "2001:0DB8:0:0::1", true},
    {"fe80::1%lo", "fe80::/10", true},
    {"::ffff:192.0.2.1", "192.0.2.0/24", true},
    {"192.0.2.1", "::ffff:192.0.2.1", true},
    {"192.0.2.1", "::ffff:192.0.2.0/120", true},
    {"192.0.3.1", "::ffff:192.0.2.0/120", false},
    {"192.0.2.1", "banana", false},
    {"banana", "banana", false},
    {"", "", false},
    {"unix:", "unix:", false},
    {"192.0.2.1", "192.0.2.0/33", false},
};

const std::string_view kRanges[]{
    "127.0.0.1",
    "::1",
    "10.0.0.0/8",
    "10.0.0.1/8",
    "2001:db8::/32",
    "0.0.0.0/0",
    "::ffff:10.0.0.0/104"};

const std::string_view kOthers[]{
    "",
    "banana",
    "10.0.0.0/99",
    "10.0.0.0/",
    "10.0.0/8",
    "10.0.0.256",
    "/8",
    "2001:::1",
    "::/129",
    "10.0.0.0/-1",
    "10.0.0.0/8 ",
    "fe80::1%eth0",
    "localhost",
    "127.0.0.1:1",
    "[::1]",
    "10.0.0.0-9",
    "unix:",
    "10.0.0.0/8/8"};

}  // namespace

BOOST_AUTO_TEST_SUITE(ip_range)

BOOST_DATA_TEST_CASE(holds_addresses, data::make(kRows), row) {
    BOOST_TEST(is_in_ip_range(row.address, row.range) == row.is_inside);
}

BOOST_DATA_TEST_CASE(is_an_address_or_a_network, data::make(kRanges), text) {
    BOOST_TEST(is_ip_range(text));
}

BOOST_DATA_TEST_CASE(is_nothing_else, data::make(kOthers), text) {
    BOOST_TEST(!is_ip_range(text));
}

BOOST_AUTO_TEST_CASE(an_address_may_have_its_interface) {
    BOOST_TEST(is_ip_address("fe80::1%lo"));
    BOOST_TEST(is_ip_address("192.0.2.1"));
    BOOST_TEST(!is_ip_address("192.0.2.0/24"));
    BOOST_TEST(!is_ip_address("unix:"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

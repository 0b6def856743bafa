#include "handlers/domain/git_access/ip_allow_list.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain::git_access {
namespace {

bool is_admitted(std::vector<std::vector<std::string>> groups, const std::string& address) {
    return is_address_admitted(groups, address);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ip_allow_lists)

BOOST_AUTO_TEST_CASE(without_restrictions_every_text_passes) {
    BOOST_TEST(is_admitted({}, "192.0.2.1"));
    BOOST_TEST(is_admitted({}, "[127.0"));
    BOOST_TEST(is_admitted({}, ""));
}

BOOST_AUTO_TEST_CASE(addresses_and_networks_of_both_families_match) {
    BOOST_TEST(is_admitted({{"192.0.2.7"}}, "192.0.2.7"));
    BOOST_TEST(!is_admitted({{"192.0.2.7"}}, "192.0.2.8"));
    BOOST_TEST(is_admitted({{"192.0.2.0/24"}}, "192.0.2.0"));
    BOOST_TEST(is_admitted({{"192.0.2.0/24"}}, "192.0.2.255"));
    BOOST_TEST(!is_admitted({{"192.0.2.0/24"}}, "192.0.3.0"));
    BOOST_TEST(is_admitted({{"192.0.2.7/32"}}, "192.0.2.7"));
    BOOST_TEST(is_admitted({{"0.0.0.0/0"}}, "203.0.113.9"));
    BOOST_TEST(is_admitted({{"2001:db8::/32"}}, "2001:db8:1::1"));
    BOOST_TEST(!is_admitted({{"2001:db8::/32"}}, "2001:db9::1"));
    BOOST_TEST(is_admitted({{"2001:0DB8::1"}}, "2001:db8:0:0::1"));
    BOOST_TEST(is_admitted({{"::/0"}}, "2001:db9::1"));
}

BOOST_AUTO_TEST_CASE(families_do_not_match_each_other) {
    BOOST_TEST(!is_admitted({{"0.0.0.0/0"}}, "2001:db8::1"));
    BOOST_TEST(!is_admitted({{"::/0"}}, "192.0.2.1"));
}

BOOST_AUTO_TEST_CASE(host_bits_of_a_network_do_not_count) {
    BOOST_TEST(is_admitted({{"192.0.2.99/24"}}, "192.0.2.1"));
    BOOST_TEST(is_admitted({{"2001:db8::99/64"}}, "2001:db8::1"));
}

BOOST_AUTO_TEST_CASE(an_ipv4_address_may_be_written_as_ipv6) {
    BOOST_TEST(is_admitted({{"192.0.2.0/24"}}, "::ffff:192.0.2.1"));
    BOOST_TEST(is_admitted({{"::ffff:192.0.2.1"}}, "192.0.2.1"));
    BOOST_TEST(!is_admitted({{"192.0.2.0/24"}}, "::ffff:192.0.3.1"));
}

BOOST_AUTO_TEST_CASE(one_range_of_a_group_is_enough_but_every_group_must_admit) {
    BOOST_TEST(is_admitted({{"198.51.100.0/24", "192.0.2.0/24"}}, "192.0.2.1"));
    BOOST_TEST(is_admitted({{"192.0.0.0/16"}, {"192.0.2.0/24"}}, "192.0.2.1"));
    BOOST_TEST(!is_admitted({{"192.0.0.0/16"}, {"192.0.2.0/24"}}, "192.0.3.1"));
    BOOST_TEST(!is_admitted({{"192.0.2.0/24"}, {}}, "192.0.2.1"));
}

BOOST_AUTO_TEST_CASE(what_is_no_address_does_not_pass) {
    for (const char* const text :
         {"[127.0", "", "localhost", "192.0.2.1:22", "192.0.2", "0x7f.1"}) {
        BOOST_TEST(!is_admitted({{"0.0.0.0/0", "::/0"}}, text), text);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_range_admits_nobody) {
    for (const char* const range : {"", "/", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/x", "all"}) {
        BOOST_TEST(!is_admitted({{range}}, "192.0.2.1"), range);
        BOOST_TEST(!is_admitted({{range}}, "2001:db8::1"), range);
    }
}

// Gitaly's hook has no address to tell.
BOOST_AUTO_TEST_CASE(no_address_at_all_passes) {
    const std::vector<std::vector<std::string>> groups{{"192.0.2.0/24"}};
    BOOST_TEST(is_address_admitted(groups, std::nullopt));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

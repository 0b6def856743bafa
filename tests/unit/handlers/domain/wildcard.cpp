#include "handlers/domain/wildcard.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {

BOOST_AUTO_TEST_SUITE(wildcards)

BOOST_AUTO_TEST_CASE(without_a_star_only_the_name_itself_matches) {
    BOOST_TEST(matches_wildcard("main", "main"));
    for (const char* const other : {"Main", "main2", "a/main", "mai", ""}) {
        BOOST_TEST(!matches_wildcard("main", other), other);
    }
}

BOOST_AUTO_TEST_CASE(a_star_is_any_run_slashes_and_nothing_included) {
    BOOST_TEST(matches_wildcard("release/*", "release/1/2"));
    BOOST_TEST(matches_wildcard("release/*", "release/"));
    BOOST_TEST(matches_wildcard("*-stable", "17-11-stable"));
    BOOST_TEST(matches_wildcard("*", ""));
    BOOST_TEST(matches_wildcard("*", "any/thing"));
    BOOST_TEST(matches_wildcard("a*b*c", "abc"));
    BOOST_TEST(matches_wildcard("a*b*c", "a-c-b-b-c"));
    BOOST_TEST(matches_wildcard("a**c", "ac"));
}

BOOST_AUTO_TEST_CASE(both_ends_are_anchored) {
    BOOST_TEST(!matches_wildcard("release/*", "my-release/1"));
    BOOST_TEST(!matches_wildcard("*-stable", "17-stable-1"));
    BOOST_TEST(!matches_wildcard("a*a", "a"));
    BOOST_TEST(!matches_wildcard("ab*ba", "aba"));
    BOOST_TEST(!matches_wildcard("a*b*c", "a-c-c"));
    BOOST_TEST(!matches_wildcard("a*b*c", "a-bc-d"));
    BOOST_TEST(!matches_wildcard("RELEASE/*", "release/1"));
}

BOOST_AUTO_TEST_CASE(all_else_stands_for_itself) {
    BOOST_TEST(matches_wildcard("v1.?[x]*", "v1.?[x]y"));
    BOOST_TEST(!matches_wildcard("v1.*", "v12"));
    BOOST_TEST(!matches_wildcard("v?", "v1"));
}

// A matcher that tries every way to spread the stars would take longer than the universe has been
// there.
BOOST_AUTO_TEST_CASE(many_stars_cost_nothing) {
    std::string pattern;
    for (int i = 0; i < 50; ++i) {
        pattern += "a*";
    }
    const std::string text(20'000, 'a');
    BOOST_TEST(matches_wildcard(pattern, text));
    BOOST_TEST(!matches_wildcard(pattern + "b", text));
    BOOST_TEST(!matches_wildcard(pattern + "b*", text));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

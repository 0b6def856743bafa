#include "handlers/domain/broadcast_message.hpp"

#include <array>

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

long long chosen(
    std::vector<Banner> banners,
    std::string_view full_path = "group/sub/project",
    std::optional<int> access_level = 30
) {
    const Banner* const banner = choose_banner(banners, full_path, access_level);
    return banner == nullptr ? 0 : banner->id;
}

Banner banner(long long id, std::string target_path = {}, std::vector<int> levels = {}) {
    return {
        .id = id,
        .message = "text",
        .target_path = std::move(target_path),
        .target_access_levels = std::move(levels),
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(broadcast_message)

BOOST_AUTO_TEST_CASE(target_paths) {
    constexpr std::string_view kPath = "group/sub/project";
    for (const char* const pattern :
         {"group/sub/project",
          "/group/sub/project",
          "Group/SUB/project",
          "group/*",
          "/group/*",
          "*",
          "*/project",
          "group/*/project",
          "g*p/*b/*t",
          "group/sub/project*",
          "***"}) {
        BOOST_TEST(matches_target_path(pattern, kPath), pattern);
    }
    for (const char* const pattern :
         {"group/sub",
          "sub/project",
          "group/sub/project/",
          "*/projects",
          "group/*/other",
          "group.sub/project",
          "?roup/sub/project",
          "group/sub/projec"}) {
        BOOST_TEST(!matches_target_path(pattern, kPath), pattern);
    }
}

BOOST_AUTO_TEST_CASE(hostile_pattern_costs_no_time) {
    std::string pattern;
    for (int star = 0; star < 500; ++star) {
        pattern += "*a";
    }
    BOOST_TEST(!matches_target_path(pattern + "b", std::string(20'000, 'a')));
}

BOOST_AUTO_TEST_CASE(newest_for_everywhere) {
    BOOST_TEST(chosen({}) == 0);
    BOOST_TEST(chosen({banner(1), banner(3), banner(2)}) == 3);
}

BOOST_AUTO_TEST_CASE(one_for_the_path_goes_before_newer_ones_for_everywhere) {
    BOOST_TEST(chosen({banner(1, "group/*"), banner(9)}) == 1);
    BOOST_TEST(chosen({banner(1, "group/*"), banner(2, "*/project"), banner(9)}) == 2);
    BOOST_TEST(chosen({banner(1, "other/*"), banner(9)}) == 9);
    BOOST_TEST(chosen({banner(1, "other/*")}) == 0);
}

BOOST_AUTO_TEST_CASE(without_project_only_those_for_everywhere) {
    BOOST_TEST(chosen({banner(1, "*"), banner(2)}, "") == 2);
    BOOST_TEST(chosen({banner(1, "*")}, "") == 0);
}

BOOST_AUTO_TEST_CASE(access_levels_must_be_met_exactly) {
    const std::vector<Banner> banners{banner(1), banner(2, "", {30, 40}), banner(3, "", {50})};
    BOOST_TEST(chosen(banners, "a/b", 30) == 2);
    BOOST_TEST(chosen(banners, "a/b", 50) == 3);
    BOOST_TEST(chosen(banners, "a/b", 20) == 1);
    BOOST_TEST(chosen(banners, "a/b", 0) == 1);
    BOOST_TEST(chosen(banners, "a/b", std::nullopt) == 1);
    BOOST_TEST(chosen({banner(1), banner(2, "a/*", {50})}, "a/b", 30) == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

#include "handlers/domain/git_access/project_settings.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain::git_access {
namespace {

BOOST_AUTO_TEST_SUITE(project_settings)

BOOST_AUTO_TEST_CASE(feature_that_is_not_set_is_enabled) {
    BOOST_CHECK(feature_level(std::nullopt) == FeatureLevel::enabled);
    BOOST_CHECK(feature_level(FeatureLevel::disabled) == FeatureLevel::disabled);
    BOOST_CHECK(feature_level(FeatureLevel::public_) == FeatureLevel::public_);
}

BOOST_AUTO_TEST_CASE(lfs_is_what_the_project_says_then_its_group_then_on) {
    BOOST_TEST(is_lfs_enabled(std::nullopt, std::nullopt));
    BOOST_TEST(!is_lfs_enabled(std::nullopt, false));
    BOOST_TEST(is_lfs_enabled(std::nullopt, true));
    BOOST_TEST(is_lfs_enabled(true, false));
    BOOST_TEST(!is_lfs_enabled(false, true));
    BOOST_TEST(!is_lfs_enabled(false, std::nullopt));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::handlers::domain::git_access

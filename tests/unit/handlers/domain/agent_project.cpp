#include "handlers/domain/agent_project.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

using git_access::FeatureLevel;
using git_access::Visibility;

constexpr ProjectId kProject{7};
constexpr ProjectId kOther{8};

bool sees(ProjectId agents_own, Visibility visibility, FeatureLevel feature, bool is_restricted) {
    return may_agent_see(
        {.id = kProject,
         .visibility = visibility,
         .repository_feature = feature,
         .is_public_restricted = is_restricted},
        agents_own
    );
}

}  // namespace

BOOST_AUTO_TEST_SUITE(agent_project)

BOOST_AUTO_TEST_CASE(its_own_whatever_it_is) {
    for (const Visibility visibility :
         {Visibility::private_, Visibility::internal, Visibility::public_}) {
        BOOST_TEST(sees(kProject, visibility, FeatureLevel::disabled, true));
    }
}

BOOST_AUTO_TEST_CASE(others_as_anybody) {
    BOOST_TEST(sees(kOther, Visibility::public_, FeatureLevel::enabled, false));
    BOOST_TEST(sees(kOther, Visibility::public_, FeatureLevel::public_, false));
    BOOST_TEST(!sees(kOther, Visibility::public_, FeatureLevel::enabled, true));
    BOOST_TEST(!sees(kOther, Visibility::public_, FeatureLevel::members, false));
    BOOST_TEST(!sees(kOther, Visibility::public_, FeatureLevel::disabled, false));
    BOOST_TEST(!sees(kOther, Visibility::internal, FeatureLevel::enabled, false));
    BOOST_TEST(!sees(kOther, Visibility::private_, FeatureLevel::enabled, false));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

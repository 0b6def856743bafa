#include "app/db/number_cache.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::db {
namespace {

constexpr NumberCache::Subject kSubject{"test.count", 7, 10};
constexpr NumberCache::Numbers kNumbers{1, 2, 3};

}  // namespace

BOOST_AUTO_TEST_SUITE(number_cache)

BOOST_AUTO_TEST_CASE(numbers_are_good_at_their_version_only) {
    NumberCache kept;
    BOOST_TEST(!kept.find(kSubject, 5).has_value());
    kept.keep(kSubject, 5, kNumbers);
    BOOST_TEST((kept.find(kSubject, 5) == kNumbers));
    BOOST_TEST(!kept.find(kSubject, 6).has_value());
    BOOST_TEST(!kept.find(kSubject, 4).has_value());
    kept.keep(kSubject, 6, {4, 5, 6});
    BOOST_TEST((kept.find(kSubject, 6) == NumberCache::Numbers{4, 5, 6}));
    BOOST_TEST(!kept.find(kSubject, 5).has_value());
}

BOOST_AUTO_TEST_CASE(subjects_are_told_apart) {
    NumberCache kept;
    kept.keep(kSubject, 5, kNumbers);
    BOOST_TEST(!kept.find({"test.other", 7, 10}, 5).has_value());
    BOOST_TEST(!kept.find({"test.count", 8, 10}, 5).has_value());
    BOOST_TEST(!kept.find({"test.count", 7, 15}, 5).has_value());
}

BOOST_AUTO_TEST_CASE(they_do_not_grow_without_end) {
    NumberCache kept;
    constexpr auto kMax = static_cast<long long>(NumberCache::kMaxSubjects);
    for (long long id = 0; id < kMax; ++id) {
        kept.keep({"test.count", id}, 1, kNumbers);
    }
    BOOST_TEST(kept.find({"test.count", 0}, 1).has_value());
    kept.keep({"test.count", 0}, 2, kNumbers);  // one it has
    BOOST_TEST(kept.find({"test.count", 1}, 1).has_value());
    kept.keep({"test.count", kMax}, 1, kNumbers);
    BOOST_TEST(kept.find({"test.count", kMax}, 1).has_value());
    BOOST_TEST(!kept.find({"test.count", 1}, 1).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::db

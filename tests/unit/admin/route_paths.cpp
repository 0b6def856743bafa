#include "admin/schema/route_paths.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace innergate::admin;

namespace innergate::admin {

static std::ostream& operator<<(std::ostream& out, const NewRedirect& redirect) {
    return out << redirect.path << " to " << redirect.source.id;
}

}  // namespace innergate::admin

namespace {

Source group(long long id) {
    return {SourceType::namespace_, id};
}

RouteChange moved(long long id, std::string old_path, std::string path) {
    return {group(id), std::move(path), id, std::move(old_path)};
}

RouteChange made(long long id, std::string path) {
    return {group(id), std::move(path), std::nullopt, {}};
}

bool is_given(long long redirect_id) {
    return redirect_id >= 100;
}

std::vector<NewRedirect> added_by(
    const std::vector<RouteChange>& changes, const std::vector<KnownRedirect>& redirects = {}
) {
    return changed_redirects(changes, redirects, is_given).added;
}

std::vector<long long> removed_by(
    const std::vector<RouteChange>& changes, const std::vector<KnownRedirect>& redirects
) {
    return changed_redirects(changes, redirects, is_given).removed;
}

void check(const std::vector<NewRedirect>& got, const std::vector<NewRedirect>& wanted) {
    BOOST_TEST(got == wanted, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(redirects)

BOOST_AUTO_TEST_CASE(a_path_that_is_given_up_leads_on) {
    check(
        added_by({moved(1, "a", "b"), moved(2, "a/x", "b/x")}), {{group(1), "a"}, {group(2), "a/x"}}
    );
    check(added_by({made(1, "a")}), {});
}

BOOST_AUTO_TEST_CASE(not_if_something_has_it_now) {
    check(added_by({moved(1, "a", "b"), moved(2, "b", "a")}), {});
    check(added_by({moved(1, "a", "b"), made(2, "A")}), {});
    check(added_by({moved(1, "a", "A")}), {});
}

BOOST_AUTO_TEST_CASE(what_led_away_from_a_path_that_is_taken_goes) {
    const std::vector<KnownRedirect> redirects{
        {1, "A"}, {2, "a/x/y"}, {3, "ab"}, {4, "b/a"}, {100, "a/given"}};
    BOOST_TEST(removed_by({made(1, "a")}, redirects) == (std::vector<long long>{1, 2}));
}

BOOST_AUTO_TEST_CASE(the_last_to_give_up_a_path_has_its_redirect) {
    const std::vector<KnownRedirect> redirects{{1, "a"}};
    BOOST_TEST(removed_by({moved(2, "A", "b")}, redirects) == std::vector<long long>{1});
    check(added_by({moved(2, "A", "b")}, redirects), {{group(2), "A"}});
}

BOOST_AUTO_TEST_CASE(a_redirect_that_is_given_wins) {
    check(added_by({moved(1, "a", "b")}, {{100, "a"}}), {});
}

BOOST_AUTO_TEST_SUITE_END()

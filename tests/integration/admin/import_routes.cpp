#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/admin/admin_database.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;

namespace {

constexpr std::string_view kTree = R"({
    "namespaces": [{"id": 1, "type": "Group", "name": "a", "path": "a"},
                   {"id": 2, "type": "Group", "name": "b", "path": "b", "parent_id": 1},
                   {"id": 3, "type": "Group", "name": "c", "path": "c"}],
    "projects": [{"id": 1, "namespace_id": 2, "path": "p"}]})";

constexpr const char* kPaths = "select path from routes order by source_type, source_id";

constexpr const char* kRedirects =
    "select path || ':' || source_id from redirect_routes order by path";

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_import_routes)

BOOST_DATA_TEST_CASE(renaming_moves_all_below, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    database.import(R"({"namespaces": [{"id": 1, "path": "Renamed"}]})");
    BOOST_TEST(database.look(kPaths) == "Renamed Renamed/b c Renamed/b/p");
}

BOOST_DATA_TEST_CASE(another_parent_moves_all_below, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    database.import(R"({"namespaces": [{"id": 2, "parent_id": 3}]})");
    BOOST_TEST(database.look(kPaths) == "a c/b c c/b/p");
}

BOOST_DATA_TEST_CASE(two_may_swap_their_paths, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    database.import(R"({"namespaces": [{"id": 1, "path": "c"}, {"id": 3, "path": "a"}]})");
    BOOST_TEST(database.look(kPaths) == "c c/b a c/b/p");
}

BOOST_DATA_TEST_CASE(a_path_that_is_given_up_leads_on, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    database.import(R"({"namespaces": [{"id": 1, "path": "new"}]})");
    BOOST_TEST(database.look(kRedirects) == "a:1 a/b:2 a/b/p:1");

    // Back again: what was left behind is live once more, and the paths in between lead on.
    database.import(R"({"namespaces": [{"id": 1, "path": "a"}]})");
    BOOST_TEST(database.look(kRedirects) == "new:1 new/b:2 new/b/p:1");
}

BOOST_DATA_TEST_CASE(a_path_that_is_taken_leads_away_no_more, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    database.import(R"({"namespaces": [{"id": 1, "path": "new"}]})");
    database.import(R"({"namespaces": [{"id": 4, "type": "Group", "name": "A", "path": "A"}]})");
    BOOST_TEST(database.look(kRedirects) == "");
}

BOOST_DATA_TEST_CASE(who_swaps_paths_leaves_none, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    database.import(R"({"namespaces": [{"id": 1, "path": "c"}, {"id": 3, "path": "a"}]})");
    BOOST_TEST(database.look(kRedirects) == "a/b:2 a/b/p:1");
}

BOOST_DATA_TEST_CASE(a_redirect_that_is_given_stays_as_it_is, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    database.import(R"({
        "namespaces": [{"id": 1, "path": "new"}],
        "redirect_routes": [{"source_type": "Namespace", "source_id": 3, "path": "a"}]})");
    BOOST_TEST(database.look(kRedirects) == "a:3 a/b:2 a/b/p:1");
}

BOOST_DATA_TEST_CASE(another_spelling_leaves_no_redirect, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    database.import(R"({"namespaces": [{"id": 3, "path": "C"}]})");
    BOOST_TEST(database.look(kRedirects) == "");
}

BOOST_DATA_TEST_CASE(a_route_that_is_given_stays_as_it_is, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    database.import(R"({
        "namespaces": [{"id": 2, "name": "other"}],
        "routes": [{"source_type": "Namespace", "source_id": 2, "path": "elsewhere"}]})");
    BOOST_TEST(database.look(kPaths) == "a elsewhere c elsewhere/p");
}

BOOST_DATA_TEST_CASE(a_cycle_of_parents_is_refused, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    BOOST_TEST(
        database.refusal(R"({"namespaces": [{"id": 1, "parent_id": 2}]})") ==
        "file:1:17: table namespaces, row 1, column parent_id: the namespace is an ancestor of "
        "itself"
    );
    BOOST_TEST(database.look(kPaths) == "a a/b c a/b/p");
}

BOOST_DATA_TEST_CASE(a_full_path_belongs_to_one, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kTree);
    BOOST_TEST(
        database.refusal(R"({"projects": [{"id": 9, "namespace_id": 1, "path": "B"}]})") ==
        "file:1:15: table projects, row 1, column path: the full path 'a/B' leads to namespace 2 "
        "already"
    );
}

BOOST_AUTO_TEST_SUITE_END()

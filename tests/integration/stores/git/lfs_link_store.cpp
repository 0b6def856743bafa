#include "handlers/stores/git/lfs_link_store.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

std::string oid(int number) {
    return fmt::format("{:064x}", number);
}

/// Objects 1 to 3, the first two linked to project 30 and the third to project 31.
struct Links : StoreDatabase {
    explicit Links(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into namespaces (id, type, name, path) values (1, 'Group', 'a', 'a')",
               "insert into projects (id, namespace_id, name, path) values "
               "(30, 1, 'p', 'project'), (31, 1, 'q', 'other')",
               fmt::format(
                   "insert into lfs_objects (id, oid, size) values (1, '{}', 1), (2, '{}', 1), "
                   "(3, '{}', 1)",
                   oid(1),
                   oid(2),
                   oid(3)
               ),
               "insert into lfs_objects_projects (lfs_object_id, project_id) values "
               "(1, 30), (2, 30), (3, 31)"}
          ),
          store(session) {}

    handlers::LfsLinkStore store;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(lfs_link_store)

BOOST_DATA_TEST_CASE(what_is_not_linked_to_the_project_is_listed_once, dialects(), dialect) {
    Links links{dialect};
    const std::vector<std::string> asked{oid(4), oid(1), oid(3), oid(2), oid(4), "no \"oid\""};
    const std::vector<std::string> expected{oid(3), oid(4), "no \"oid\""};
    const auto unlinked = links.store.list_unlinked(ProjectId{30}, asked);
    BOOST_TEST(unlinked == expected, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(nothing_is_missing_where_all_or_none_are_asked_for, dialects(), dialect) {
    Links links{dialect};
    const std::vector<std::string> linked{oid(2), oid(1)};
    BOOST_TEST(links.store.list_unlinked(ProjectId{30}, linked).empty());
    BOOST_TEST(links.store.list_unlinked(ProjectId{30}, {}).empty());
}

BOOST_DATA_TEST_CASE(thousands_take_one_statement, dialects(), dialect) {
    Links links{dialect};
    std::vector<std::string> asked;
    for (int number = 1; number <= 5000; ++number) {
        asked.push_back(oid(number));
    }
    links.usage = {};
    BOOST_TEST(links.store.list_unlinked(ProjectId{30}, asked).size() == 4998U);
    // The first use of a session also reads the version of the schema.
    BOOST_TEST(links.usage.statements <= 2U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

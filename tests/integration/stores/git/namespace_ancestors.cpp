// The groups above each namespace, as the database keeps them, against a walk up the tree: after
// every change of many random ones, and after changes by several sessions at a time.
#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

constexpr int kGroups = 25;

// `union` ends even where groups form a ring.
constexpr db::Query kDifferences{"test.namespace_ancestors", R"sql(
    with recursive above(namespace_id, id) as (
        select id, id from namespaces
        union
        select above.namespace_id, own.parent_id
          from above
          join namespaces as own on own.id = above.id
         where own.parent_id is not null
    ),
    walked(namespace_id, ancestor_id, is_root) as (
        select above.namespace_id, own.id, case when own.parent_id is null then 1 else 0 end
          from above
          join namespaces as own on own.id = above.id
         where own.type = 'Group'
    ),
    kept(namespace_id, ancestor_id, is_root) as (
        select namespace_id, ancestor_id, case when is_root then 1 else 0 end
          from namespace_ancestors
    )
    select (select count(*) from (select * from walked except select * from kept) as missing)
           + (select count(*) from (select * from kept except select * from walked) as left_over)
)sql"};

constexpr db::Query kRows{
    "test.namespace_ancestor_rows", "select count(*) from namespace_ancestors"};

/// One statement that changes the tree of the groups 1 to kGroups, of which any may be missing.
class RandomChange {
public:
    explicit RandomChange(unsigned seed) : random_(seed) {}

    [[nodiscard]] std::string next() {
        const int group = below(kGroups) + 1;
        switch (below(10)) {
            case 0:
                return fmt::format("delete from namespaces where id = {}", group);
            case 1:
                return fmt::format(
                    "update namespaces set parent_id = null where id = {} and type = 'Group'", group
                );
            case 2:
                return fmt::format(
                    "update namespaces set type = '{}' where id = {} and parent_id is not null",
                    below(3) == 0 ? "Project" : "Group",
                    group
                );
            case 3:
            case 4:
            case 5:
                return fmt::format(
                    "update namespaces set parent_id = {} where id = {} and exists (select 1 from "
                    "namespaces where id = {})",
                    other_than(group),
                    group,
                    last_
                );
            default:
                return insert(group);
        }
    }

private:
    int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

    int other_than(int group) {
        last_ = (group + below(kGroups - 1)) % kGroups + 1;
        return last_;
    }

    /// On its own, or below one that is there.
    std::string insert(int group) {
        return fmt::format(
            "insert into namespaces (id, type, parent_id, name, path) "
            "values ({0}, 'Group', (select max(id) from namespaces where id <> {0} and id <= {1}), "
            "'group', 'group') on conflict (id) do nothing",
            group,
            below(kGroups + 10) - 5
        );
    }

    std::mt19937 random_;
    int last_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(namespace_ancestors)

BOOST_DATA_TEST_CASE(rows_equal_a_walk_after_each_change, dialects(), dialect) {
    StoreDatabase database{dialect};
    long long most = 0;
    for (unsigned seed = 1; seed <= 4; ++seed) {
        RandomChange change{seed};
        for (int count = 0; count < 150; ++count) {
            const std::string sql = change.next();
            database.session.execute_once(sql);
            BOOST_REQUIRE_MESSAGE(database.number(kDifferences) == 0, "after " << sql);
            most = std::max(most, database.number(kRows));
        }
    }
    BOOST_TEST(most > kGroups);  // there were deep trees
}

BOOST_DATA_TEST_CASE(rows_follow_a_change_that_is_rolled_back, dialects(), dialect) {
    StoreDatabase database{
        dialect,
        {"insert into namespaces (id, type, parent_id, name, path) values "
         "(2, 'Group', null, 'b', 'b'), (3, 'Group', 2, 'c', 'c'), (1, 'Group', null, 'a', 'a')"}};
    database.session.execute_once("begin");
    database.session.execute_once("update namespaces set parent_id = 1 where id = 2");
    database.session.execute_once("rollback");
    BOOST_TEST(database.number(kDifferences) == 0);
    BOOST_TEST(database.number(kRows) == 4);
}

// What docs/operations.md tells somebody who has loaded rows without the triggers.
BOOST_DATA_TEST_CASE(rows_are_found_anew_by_an_update_that_changes_nothing, dialects(), dialect) {
    StoreDatabase database{
        dialect,
        {"insert into namespaces (id, type, parent_id, name, path) values "
         "(2, 'Group', null, 'b', 'b'), (3, 'Group', 2, 'c', 'c'), (4, 'Group', 3, 'd', 'd')",
         "delete from namespace_ancestors",
         "insert into namespace_ancestors (namespace_id, ancestor_id, is_root) values (2, 4, "
         "true)"}};
    BOOST_TEST(database.number(kDifferences) > 0);
    database.session.execute_once("update namespaces set type = type");
    BOOST_TEST(database.number(kDifferences) == 0);
}

// Somebody who works on the file by hand has no foreign keys.
BOOST_DATA_TEST_CASE(rows_equal_a_walk_without_foreign_keys, only(db::Dialect::sqlite), dialect) {
    StoreDatabase database{
        dialect,
        {"insert into namespaces (id, type, parent_id, name, path) values "
         "(1, 'Group', null, 'a', 'a'), (2, 'Group', 1, 'b', 'b'), (3, 'Group', 2, 'c', 'c')"}};
    db::Session& session = database.database.session();
    session.execute_once("pragma foreign_keys = off");
    for (const char* const sql :
         {"delete from namespaces where id = 2",
          "insert into namespaces (id, type, parent_id, name, path) "
          "values (2, 'Group', 1, 'b', 'b')",
          "insert or replace into namespaces (id, type, parent_id, name, path) "
          "values (2, 'Group', null, 'b', 'b')",
          "update namespaces set id = 7 where id = 1",
          "update namespaces set parent_id = 7 where id = 2",
          "update or ignore namespaces set parent_id = 3 where id = 7"}) {
        session.execute_once(sql);
        BOOST_TEST(database.number(kDifferences) == 0, "after " << sql);
    }
}

BOOST_DATA_TEST_CASE(
    rows_equal_a_walk_after_changes_at_the_same_time, only(db::Dialect::postgresql), dialect
) {
    StoreDatabase database{dialect};
    std::array<int, 4> done{};
    std::vector<std::thread> sessions;
    for (std::size_t number = 0; number < done.size(); ++number) {
        sessions.emplace_back([&database, &done, number] {
            db::Usage usage;
            db::Session session{database.database.options(), usage};
            RandomChange change{static_cast<unsigned>(number) + 10};
            for (int count = 0; count < 120; ++count) {
                try {
                    session.execute_once("begin");
                    session.execute_once(change.next());
                    session.execute_once(change.next());
                    session.execute_once("commit");
                    ++done.at(number);
                } catch (const std::runtime_error&) {
                    session.execute_once("rollback");  // a deadlock, or a parent that is gone
                }
            }
        });
    }
    for (std::thread& session : sessions) {
        session.join();
    }
    BOOST_TEST(database.number(kDifferences) == 0);
    BOOST_TEST(std::ranges::count_if(done, [](int count) { return count > 20; }) == 4);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

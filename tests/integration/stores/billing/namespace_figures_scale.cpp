// The figures of a tree of a thousand groups with a hundred thousand memberships.
#include <array>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/namespaces/show_namespace.hpp"
#include "tests/integration/stores/billing/billed_world.hpp"
#include "tests/support/numbered_rows.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {
namespace {

/// Group 1 is the root of 2 to 1000, each the parent of up to ten; 1001 of another ten. Half of the
/// memberships are of groups, half of projects.
constexpr int kGroups = 1010;
constexpr int kOtherRoot = 1001;
constexpr int kUsers = 60'000;
constexpr int kProjects = 10'000;
constexpr int kMemberships = 50'000;
constexpr std::array kLevels{5, 10, 15, 20, 30, 40, 50};

constexpr std::array kFill{
    "insert into users (id, username, name, email, state, user_type) "
    "select n, 'user' || n, 'User', 'user' || n || '@example.com', "
    "case when n % 15 = 0 then 'blocked' else 'active' end, case when n % 20 = 0 then 6 else 0 end "
    "from numbers where n <= 60000",
    "insert into namespaces (id, type, parent_id, name, path) "
    "select n, 'Group', case when n = 1 or n = 1001 then null when n > 1001 then 1001 "
    "else (n - 2) / 10 + 1 end, 'group', 'group' || n from numbers where n <= 1010",
    "insert into projects (id, namespace_id, name, path, repository_size) "
    "select n, n % 1010 + 1, 'project', 'project' || n, n * 1000000000 from numbers "
    "where n <= 10000",
    "insert into members (user_id, source_type, source_id, access_level, state, requested_at, "
    "invite_token) select n % 25000 + 1, 'Namespace', n * 7 % 1009 + 1, "
    "case n % 7 when 0 then 5 when 6 then 50 when 5 then 40 when 4 then 30 when 3 then 20 "
    "when 2 then 15 else 10 end, case when n % 11 = 0 then 1 else 0 end, "
    "case when n % 13 = 0 then current_timestamp end, "
    "case when n % 17 = 0 then 'group' || n end from numbers where n <= 50000",
    "insert into members (user_id, source_type, source_id, access_level, state, requested_at, "
    "invite_token) select n % 40000 + 10001, 'Project', n % 9973 + 1, "
    "case n % 7 when 0 then 5 when 6 then 50 when 5 then 40 when 4 then 30 when 3 then 20 "
    "when 2 then 15 else 10 end, case when n % 11 = 0 then 1 else 0 end, "
    "case when n % 13 = 0 then current_timestamp end, "
    "case when n % 17 = 0 then 'project' || n end from numbers where n <= 50000",
    "insert into gitlab_subscriptions (namespace_id, hosted_plan_id, start_date) "
    "select 1, id, '2024-01-01' from plans where name = 'ultimate'",
};

BilledWorld::Membership membership(long long number) {
    BilledWorld::Membership row;
    row.level = kLevels.at(static_cast<std::size_t>(number % 7));
    row.is_awaiting = number % 11 == 0;
    row.is_request = number % 13 == 0;
    row.is_invitation = number % 17 == 0;
    return row;
}

/// The same as kFill makes.
BilledWorld make_world() {
    BilledWorld world;
    for (long long id = 1; id <= kUsers; ++id) {
        BilledWorld::User user;
        user.id = id;
        user.is_active = id % 15 != 0;
        user.is_human = id % 20 != 0;
        world.users.emplace(id, user);
    }
    for (long long id = 1; id <= kGroups; ++id) {
        BilledWorld::Group group;
        group.id = id;
        if (id > kOtherRoot) {
            group.parent = kOtherRoot;
        } else if (id != 1 && id != kOtherRoot) {
            group.parent = (id - 2) / 10 + 1;
        }
        world.groups.emplace(id, group);
    }
    world.groups.at(1).plan = "ultimate";
    for (long long id = 1; id <= kProjects; ++id) {
        world.projects.emplace(
            id,
            BilledWorld::Project{.id = id, .group = id % kGroups + 1, .size = id * 1'000'000'000}
        );
    }
    for (long long number = 1; number <= kMemberships; ++number) {
        BilledWorld::Membership row = membership(number);
        row.user = number % 25'000 + 1;
        row.source = number * 7 % 1009 + 1;
        world.memberships.push_back(row);
        row.user = number % 40'000 + 10'001;
        row.is_in_project = true;
        row.source = number % 9973 + 1;
        world.memberships.push_back(row);
    }
    return world;
}

void fill(TestDatabase& database) {
    run_over_numbers(database.session(), kFill, kUsers);
}

TestDatabase& database(db::Dialect dialect) {
    static SharedDatabases databases{fill};
    return databases.on(dialect);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(namespace_figures_scale)

BOOST_DATA_TEST_CASE(figures_of_a_large_tree_are_exact, dialects(), dialect) {
    static const BilledWorld world = make_world();
    handlers::BilledNamespaceStore namespaces{database(dialect).session()};
    handlers::SubscriptionStore subscriptions{database(dialect).session()};
    // From the root to a leaf, the last groups, and a tree with another plan.
    for (const long long id : {1, 2, 12, 112, 102, 1000, kOtherRoot, kGroups}) {
        const auto found = handlers::namespaces::show_namespace(
            {std::to_string(id)}, namespaces, subscriptions, {}
        );
        BOOST_TEST_REQUIRE(found.has_value());
        BOOST_TEST_REQUIRE(found->figures.has_value());
        const BilledWorld::Figures expected = world.figures_of(id);
        BOOST_TEST(found->billable_members_count == expected.billable, "group " << id);
        BOOST_TEST(found->figures->members_count == expected.members, "group " << id);
        BOOST_TEST(found->figures->projects_count == expected.projects, "group " << id);
        BOOST_TEST(found->figures->repository_size == expected.bytes, "group " << id);
    }
    BOOST_TEST(world.figures_of(1).billable > 30'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

#include "handlers/stores/scim/scim_account_store.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/auth/password_hash.hpp"
#include "tests/integration/stores/scim/scim_world.hpp"

namespace innergate::test {

BOOST_AUTO_TEST_SUITE(scim_account_store)

BOOST_DATA_TEST_CASE(username_is_numbered_where_it_is_taken, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {"insert into users (id, username, name, email) "
         "values (5, 'jane', 'Jane', 'jane@example.com')",
         "insert into namespaces (id, type, name, path) values (30, 'Group', 'Jane1', 'Jane1')",
         "insert into routes (source_type, source_id, path) values ('Namespace', 30, 'Jane1')",
         "insert into redirect_routes (source_type, source_id, path) values "
         "('Namespace', 30, 'JANE2'), ('Namespace', 30, 'jane2/x')"}};
    const auto username = [&](const char* user_name, const char* email) {
        const auto id =
            world.store.create(world.group, person(email, user_name, email), kProvisionedAt);
        BOOST_TEST(outcome(id) == "ok");
        return world.look("select username from users where id = (select max(id) from users)");
    };
    BOOST_TEST(username("Jane@example.com", "a@example.com") == "Jane2");
    BOOST_TEST(username("jane@example.org", "b@example.com") == "jane3");
    BOOST_TEST(username("other", "c@example.com") == "other1", "a group is called so");
    BOOST_TEST(username("sub", "d@example.com") == "sub", "a subgroup's path is longer");
    BOOST_TEST(username("@@@", "e@example.com") == "blank");
    BOOST_TEST(world.look("select path from redirect_routes") == "jane2/x");
}

BOOST_DATA_TEST_CASE(username_after_many_others, dialects(), dialect) {
    ScimWorld world{
        dialect,
        {"with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < "
         "120) "
         "insert into users (username, name, email) select 'sam' || n, 'Sam', 'sam' || n || '@x.y' "
         "from numbers",
         "insert into users (username, name, email) values ('SAM', 'Sam', 'sam@x.y')"}};
    BOOST_TEST(
        outcome(world.store.create(world.group, person("uid", "sam", "another@x.y"), kProvisionedAt)
        ) == "ok"
    );
    BOOST_TEST(world.look("select username from users where email = 'another@x.y'") == "sam121");
}

BOOST_DATA_TEST_CASE(nobody_knows_the_password, dialects(), dialect) {
    ScimWorld world{dialect};
    BOOST_TEST(
        outcome(world.store.create(
            world.group, person("uid-1", "jane", "jane@example.com"), kProvisionedAt
        )) == "ok"
    );
    const std::string hash =
        world.look("select encrypted_password from users where id = (select max(id) from users)");
    BOOST_TEST(hash.starts_with("$2b$"));
    BOOST_TEST(!auth::matches_hash("", hash));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

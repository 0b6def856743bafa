// What the database holds besides makes a request no dearer.
#include <array>

#include <boost/test/data/test_case.hpp>

#include "tests/contract/growth/world.hpp"
#include "tests/support/numbered_rows.hpp"

namespace innergate::test {
namespace {

/// What projects and groups of the demo data gather over the years.
constexpr std::array kGathered{
    "insert into vulnerability_identifiers (project_id, fingerprint, external_type, external_id, "
    "name) select 5, '01234567890123456789012345678901234' || (10000 + n), 'cve', 'c', 'c' "
    "from numbers",
    "insert into merge_requests (iid, source_project_id, source_branch, target_project_id, "
    "target_branch) select 1000 + n, 3, 'old' || n, 3, 'main' from numbers",
    "insert into post_receive_jobs (gl_repository, identifier, changes, push_options, run_at, "
    "correlation_id) select 'project-3', 'user-1', '', '{}', '2024-01-01T00:00:00.000Z', 'c' "
    "from numbers",
    "insert into kas_events (name, project_id, properties) select 'e', 5, '{}' from numbers",
};

void gather(TestDatabase& database) {
    add_rows(database);
    run_over_numbers(database.session(), kGathered, kRows);
    forget_statistics(database);
}

/// Of the last of some requests: the first ones prepare statements.
Work work_of(const routing::Route& route, World& world) {
    Work work;
    for (int time = 0; time < 3; ++time) {
        Call call = world.call(route);
        call.body = sample_of(route, {.grown = "changes", .elements = 200, .salt = ++world.salt});
        work = world.measure(call);
    }
    return work;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(growth_of_what_is_stored)

BOOST_DATA_TEST_CASE(requests_do_not_read_it, boost::unit_test::data::make(kPoolNames), name) {
    const settings::PoolName pool = pool_named(name);
    World young{pool};
    add_rows(young.database, 1);
    World old{pool};
    gather(old.database);
    for_each_route(pool, [&](const routing::Route& route) {
        const Work before = work_of(route, young);
        const Work after = work_of(route, old);
        BOOST_TEST(old.last.status == young.last.status);
        // Trees of indexes are a little deeper.
        constexpr double kSlack = 1.5;
        constexpr double kNegligible = 500;
        BOOST_TEST(after.database_steps <= before.database_steps * kSlack + kNegligible);
        BOOST_TEST(after.statements == before.statements);
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

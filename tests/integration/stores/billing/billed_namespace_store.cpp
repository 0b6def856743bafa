#include "handlers/stores/billing/billed_namespace_store.hpp"

#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/stores/billing/subscription_store.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow{Date{2026y / 1 / 15}};

struct Group {
    explicit Group(db::Dialect dialect) : database(dialect) {
        database.session().execute_once(
            "insert into namespaces (id, type, name, path) values (1, 'Group', 'group', 'group')"
        );
    }

    TestDatabase database;
    handlers::BilledNamespaceStore store{database.session()};
};

handlers::BilledChange with_seats(const handlers::BilledState& before, long long seats) {
    handlers::BilledChange change;
    change.quotas = before.quotas;
    change.subscription = before.subscription.value_or(handlers::domain::SubscriptionRecord{});
    change.subscription->terms.seats = seats;
    return change;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(billed_namespace_store)

BOOST_DATA_TEST_CASE(what_is_not_there_is_not_decided, dialects(), dialect) {
    Group group{dialect};
    int decisions = 0;
    const auto changed = group.store.change(
        NamespaceId{2},
        [&decisions](const handlers::BilledState& before) -> Result<handlers::BilledChange> {
            ++decisions;
            return with_seats(before, 1);
        },
        kNow
    );
    BOOST_TEST(!changed.has_value());
    BOOST_TEST(decisions == 0);
}

BOOST_DATA_TEST_CASE(what_is_refused_leaves_no_trace, dialects(), dialect) {
    Group group{dialect};
    const std::string before = group.database.look("select updated_at from namespaces");
    const auto changed = group.store.change(
        NamespaceId{1},
        [](const handlers::BilledState& /*before*/) -> Result<handlers::BilledChange> {
            return failure(ErrorCode::bad_request, "no");
        },
        kNow
    );
    BOOST_TEST_REQUIRE(changed.has_value());
    BOOST_TEST(changed->error().message == "no");
    BOOST_TEST(group.database.look("select updated_at from namespaces") == before);
}

// On SQLite nobody can write meanwhile.
BOOST_DATA_TEST_CASE(
    a_subscription_added_meanwhile_is_kept, only(db::Dialect::postgresql), dialect
) {
    Group group{dialect};
    db::Usage usage;
    db::Session other{group.database.options(), usage};
    int decisions = 0;
    const auto changed = group.store.change(
        NamespaceId{1},
        [&](const handlers::BilledState& before) -> Result<handlers::BilledChange> {
            if (++decisions == 1) {
                other.execute_once(
                    "insert into gitlab_subscriptions (namespace_id, start_date, seats, "
                    "seats_owed) "
                    "values (1, '2024-02-03', 7, 5)"
                );
            }
            return with_seats(before, 9);
        },
        kNow
    );
    BOOST_TEST_REQUIRE(changed.has_value());
    BOOST_TEST(changed->has_value());
    BOOST_TEST(decisions == 2);
    BOOST_TEST(
        group.database.look("select start_date || ' ' || seats || ' ' || seats_owed "
                            "from gitlab_subscriptions") == "2024-02-03 9 5"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

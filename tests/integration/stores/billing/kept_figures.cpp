// A session that has counted a group's figures knows of every change to them, whoever makes it.
#include <array>
#include <string>
#include <string_view>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/db/transaction.hpp"
#include "handlers/stores/billing/billed_namespace_store.hpp"
#include "handlers/stores/billing/subscription_store.hpp"
#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

namespace bdata = boost::unit_test::data;

// Group 1 with subgroup 2 and the group 3 beside it. Of the accounts, 4 belongs to nothing yet, 5
// is blocked, 6 a bot, 7 asks to be let in, 8 is invited, 9 waits for a seat and 10 has minimal
// access.
constexpr std::array kRows{
    "insert into users (id, username, name, email, state, user_type) values "
    "(1, 'u1', 'U', 'u1@example.com', 'active', 0), (2, 'u2', 'U', 'u2@example.com', 'active', 0), "
    "(3, 'u3', 'U', 'u3@example.com', 'active', 0), (4, 'u4', 'U', 'u4@example.com', 'active', 0), "
    "(5, 'u5', 'U', 'u5@example.com', 'blocked', 0), (6, 'u6', 'U', 'u6@example.com', 'active', "
    "6), "
    "(7, 'u7', 'U', 'u7@example.com', 'active', 0), (8, 'u8', 'U', 'u8@example.com', 'active', 0), "
    "(9, 'u9', 'U', 'u9@example.com', 'active', 0), "
    "(10, 'u10', 'U', 'u10@example.com', 'active', 0)",
    "insert into namespaces (id, type, parent_id, name, path) values "
    "(1, 'Group', null, 'one', 'one'), (2, 'Group', 1, 'two', 'two'), "
    "(3, 'Group', null, 'three', 'three')",
    "insert into projects (id, namespace_id, name, path, repository_size) values "
    "(1, 2, 'p', 'p', 100), (2, 3, 'q', 'q', 1000)",
    "insert into members "
    "(id, user_id, source_type, source_id, access_level, state, requested_at, invite_token) values "
    "(1, 1, 'Namespace', 1, 50, 0, null, null), (2, 2, 'Namespace', 2, 30, 0, null, null), "
    "(3, 3, 'Project', 1, 30, 0, null, null), (5, 5, 'Namespace', 1, 30, 0, null, null), "
    "(6, 6, 'Namespace', 1, 30, 0, null, null), "
    "(7, 7, 'Namespace', 1, 30, 0, current_timestamp, null), "
    "(8, 8, 'Namespace', 1, 30, 0, null, 'token'), (9, 9, 'Namespace', 1, 30, 1, null, null), "
    "(10, 10, 'Namespace', 1, 5, 0, null, null), (11, 4, 'Namespace', 3, 30, 0, null, null)",
};

struct Figures {
    long long seats = 0;
    handlers::GroupFigures group;

    friend bool operator==(const Figures& left, const Figures& right) {
        return left.seats == right.seats && left.group.members_count == right.group.members_count &&
               left.group.projects_count == right.group.projects_count &&
               left.group.repository_size == right.group.repository_size;
    }
    friend std::ostream& operator<<(std::ostream& out, const Figures& figures) {
        return out << figures.seats << " seats, " << figures.group.members_count << " members, "
                   << figures.group.projects_count << " projects, " << figures.group.repository_size
                   << " bytes";
    }
};

/// Of group 1, as an answer tells them.
Figures figures(db::Session& session) {
    handlers::BilledNamespaceStore namespaces{session};
    handlers::SubscriptionStore subscriptions{session};
    const auto group = namespaces.find(NamespaceId{1});
    BOOST_TEST_REQUIRE(group.has_value());
    return {
        .seats =
            subscriptions.count_seats(group->id, group->kind(), std::nullopt, group->figures_at),
        .group = namespaces.measure(group->id, group->figures_at),
    };
}

struct Groups : StoreDatabase {
    explicit Groups(db::Dialect dialect) : StoreDatabase(dialect) {
        for (const std::string_view statement : kRows) {
            database.session().execute_once(statement);
        }
    }

    /// As somebody counts who has kept nothing.
    [[nodiscard]] Figures counted() {
        db::Usage other_usage;
        db::Session other{database.options(), other_usage};
        return figures(other);
    }
};

constexpr std::array kChanges{
    "insert into members (id, user_id, source_type, source_id, access_level) "
    "values (20, 4, 'Namespace', 1, 30)",
    "insert into members (id, user_id, source_type, source_id, access_level) "
    "values (20, 4, 'Project', 1, 30)",
    "delete from members where id = 1",
    "update members set access_level = 5 where id = 1",
    "update members set access_level = 20 where id = 10",
    "update members set state = 0 where id = 9",
    "update members set requested_at = null where id = 7",
    "update members set invite_token = null where id = 8",
    "update members set user_id = 5 where id = 3",
    "update members set source_id = 1 where id = 11",
    "update members set source_type = 'Project' where id = 2",
    "update users set state = 'blocked' where id = 3",
    "update users set state = 'active' where id = 5",
    "update users set user_type = 6 where id = 3",
    "update users set user_type = 0 where id = 6",
    "delete from users where id = 2",
    "update namespaces set parent_id = null where id = 2",
    "update namespaces set parent_id = 2 where id = 3",
    "delete from namespaces where id = 2",
    "insert into projects (id, namespace_id, name, path, repository_size) values (3, 1, 'n', 'n', "
    "7)",
    "update projects set repository_size = 101 where id = 1",
    "update projects set namespace_id = 1 where id = 2",
    "delete from projects where id = 1",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(kept_figures)

BOOST_DATA_TEST_CASE(every_change_is_seen, dialects() * bdata::make(kChanges), dialect, change) {
    Groups groups{dialect};
    const Figures before = figures(groups.session);
    BOOST_TEST(before == (Figures{3, {3, 1, 100}}));
    groups.database.session().execute_once(change);
    const Figures after = figures(groups.session);
    BOOST_TEST(after == groups.counted());
    BOOST_TEST(!(after == before), "it changes nothing, and so tests nothing");
}

BOOST_DATA_TEST_CASE(they_are_counted_once_while_nothing_changes, dialects(), dialect) {
    Groups groups{dialect};
    const Figures first = figures(groups.session);
    const unsigned statements = groups.usage.statements;
    groups.arrange(
        {"update users set name = 'Another' where id = 1",
         "update namespaces set name = 'another' where id = 1",
         "update members set expires_at = '2030-01-01' where id = 1"}
    );
    BOOST_TEST(figures(groups.session) == first);
    BOOST_TEST(
        groups.usage.statements == statements + 1, "the namespace is read, and nothing else"
    );
}

BOOST_DATA_TEST_CASE(what_is_not_committed_yet_is_seen_when_it_is, dialects(), dialect) {
    Groups groups{dialect};
    const Figures before = figures(groups.session);
    {
        db::Transaction transaction{groups.database.session()};
        groups.database.session().execute_once(kChanges.front());
        BOOST_TEST(figures(groups.session) == before);
        transaction.commit();
    }
    BOOST_TEST(figures(groups.session).seats == before.seats + 1);
}

BOOST_DATA_TEST_CASE(what_is_rolled_back_leaves_no_trace, dialects(), dialect) {
    Groups groups{dialect};
    const Figures before = figures(groups.session);
    {
        const db::Transaction transaction{groups.session};
        groups.session.execute_once(kChanges.front());
        BOOST_TEST(figures(groups.session).seats == before.seats + 1);
    }
    BOOST_TEST(figures(groups.session) == before);
}

BOOST_DATA_TEST_CASE(
    the_later_of_two_transactions_is_not_lost, only(db::Dialect::postgresql), dialect
) {
    Groups groups{dialect};
    db::Usage other_usage;
    db::Session other{groups.database.options(), other_usage};
    db::Transaction first{groups.database.session()};
    groups.database.session().execute_once(kChanges.front());
    db::Transaction second{other};
    other.execute_once("update users set state = 'blocked' where id = 3");
    second.commit();
    const Figures between = figures(groups.session);
    BOOST_TEST(between.seats == 2);
    first.commit();
    BOOST_TEST(figures(groups.session).seats == 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

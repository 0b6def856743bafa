// What is counted of a group, and who owns it, against the model, over many small random worlds.
#include <array>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "handlers/namespaces/show_namespace.hpp"
#include "handlers/stores/identity/group_owner_store.hpp"
#include "tests/integration/stores/billing/billed_world.hpp"
#include "tests/support/insert_rows.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {
namespace {

using namespace std::chrono_literals;

const Date kToday{2026y / 1 / 15};

constexpr unsigned kWorlds = 40;
constexpr unsigned kFirstSeed = 1;

/// Makes a world with ids of its own, so that many lie in one database.
class WorldMaker {
public:
    explicit WorldMaker(unsigned seed) : random_(seed), base_(seed * 10'000LL) {}

    BilledWorld make() {
        make_users();
        make_groups();
        make_projects();
        make_memberships();
        make_emails();
        return std::move(world_);
    }

private:
    bool happens(int percent) { return below(100) < percent; }
    int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
    template <class T>
    const T& any(const std::vector<T>& values) {
        return values[random_() % values.size()];
    }

    void make_users() {
        for (int number = 1; number <= 16; ++number) {
            BilledWorld::User user;
            user.id = base_ + number;
            user.is_active = happens(85);
            user.is_human = happens(80);
            if (happens(30)) {
                user.notification_email = fmt::format("mail{}@example.com", user.id);
            }
            user_ids_.push_back(user.id);
            world_.users.emplace(user.id, user);
        }
    }

    /// Trees of up to six levels, and a personal namespace for some users.
    void make_groups() {
        static const std::vector<std::string> plans{
            "default",
            "premium",
            "gold",
            "ultimate",
            "ultimate_trial",
            "opensource",
            "ultimate_trial_paid_customer"};
        std::vector<std::pair<long long, int>> depths;
        for (int number = 1; number <= 16; ++number) {
            BilledWorld::Group group;
            group.id = base_ + number;
            int depth = 1;
            if (!depths.empty() && happens(80)) {
                const auto [parent, above] = any(depths);
                if (above < 6) {
                    group.parent = parent;
                    depth = above + 1;
                }
            }
            // Subgroups have none of their own; where one has, it must not count.
            if (happens(group.parent ? 10 : 80)) {
                group.plan = any(plans);
            }
            depths.emplace_back(group.id, depth);
            group_ids_.push_back(group.id);
            world_.groups.emplace(group.id, group);
        }
        for (const long long user : user_ids_) {
            if (happens(40)) {
                const long long id = user + 100;
                world_.groups.emplace(
                    id, BilledWorld::Group{.id = id, .parent = {}, .owner = user, .plan = {}}
                );
                personal_ids_.push_back(id);
            }
        }
    }

    void make_projects() {
        for (int number = 1; number <= 20; ++number) {
            const bool is_personal = !personal_ids_.empty() && happens(15);
            BilledWorld::Project project;
            project.id = base_ + number;
            project.group = is_personal ? any(personal_ids_) : any(group_ids_);
            project.size = happens(20) ? 0 : below(1000) * 10'000'000'000LL;
            world_.projects.emplace(project.id, project);
        }
    }

    void make_memberships() {
        for (const long long user : user_ids_) {
            for (const long long group : group_ids_) {
                if (happens(25)) {
                    add_membership(user, false, group);
                }
            }
            for (int project = 1; project <= 20; ++project) {
                if (happens(8)) {
                    add_membership(user, true, base_ + project);
                }
            }
        }
        for (int guest = 0; guest < 4; ++guest) {
            add_membership(std::nullopt, false, any(group_ids_));
        }
        // Their ids say nothing of the order in which they stand in the table.
        std::vector<long long> ids(world_.memberships.size());
        std::iota(ids.begin(), ids.end(), base_);
        std::ranges::shuffle(ids, random_);
        for (std::size_t row = 0; row < ids.size(); ++row) {
            world_.memberships[row].id = ids[row];
        }
    }

    void add_membership(std::optional<long long> user, bool in_project, long long source) {
        static constexpr std::array kLevels{5, 10, 10, 10, 15, 20, 30, 40, 50, 50, 50};
        BilledWorld::Membership row;
        row.user = user;
        row.is_in_project = in_project;
        row.source = source;
        row.level = kLevels[random_() % kLevels.size()];
        row.is_request = happens(10);
        row.is_invitation = happens(10);
        row.is_awaiting = happens(10);
        if (happens(20)) {
            row.expires_at = kToday + std::chrono::days{below(3) - 1};
        }
        world_.memberships.push_back(row);
    }

    void make_emails() {
        for (const long long user : user_ids_) {
            for (const long long group : group_ids_) {
                if (happens(12)) {
                    world_.chosen_emails[{user, group}] =
                        fmt::format("chosen{}-{}@example.com", user, group);
                }
            }
        }
    }

    std::mt19937 random_;
    long long base_;
    std::vector<long long> user_ids_;
    std::vector<long long> group_ids_;
    std::vector<long long> personal_ids_;
    BilledWorld world_;
};

std::string text_or_null(const std::optional<std::string>& text) {
    return text ? "'" + *text + "'" : "null";
}

void store_users(db::Session& session, const BilledWorld& world) {
    InsertRows users{"users (id, username, name, email, notification_email, state, user_type)"};
    for (const auto& [id, user] : world.users) {
        users.add(fmt::format(
            "({0}, 'user{0}', 'User', '{1}', {2}, '{3}', {4})",
            id,
            user.email(),
            text_or_null(user.notification_email),
            user.is_active ? "active" : "blocked",
            user.is_human ? 0 : 6
        ));
    }
    users.run(session);
}

void store_places(db::Session& session, const BilledWorld& world) {
    InsertRows groups{"namespaces (id, type, parent_id, owner_id, name, path)"};
    InsertRows routes{"routes (source_type, source_id, path)"};
    for (const auto& [id, group] : world.groups) {
        groups.add(fmt::format(
            "({0}, '{1}', {2}, {3}, 'group{0}', 'group{0}')",
            id,
            group.owner ? "User" : "Group",
            or_null(group.parent),
            or_null(group.owner)
        ));
        routes.add(fmt::format("('Namespace', {0}, 'group{0}')", id));
    }
    InsertRows projects{"projects (id, namespace_id, name, path, repository_size, archived)"};
    for (const auto& [id, project] : world.projects) {
        projects.add(fmt::format(
            "({0}, {1}, 'project{0}', 'project{0}', {2}, {3})",
            id,
            project.group,
            project.size,
            id % 3 == 0
        ));
    }
    groups.run(session);
    routes.run(session);
    projects.run(session);
    for (const auto& [id, group] : world.groups) {
        if (group.plan) {
            session.execute_once(fmt::format(
                "insert into gitlab_subscriptions (namespace_id, hosted_plan_id, start_date) "
                "select {}, id, '2024-01-01' from plans where name = '{}'",
                id,
                *group.plan
            ));
        }
    }
}

void store_members(db::Session& session, const BilledWorld& world) {
    InsertRows members{
        "members (id, user_id, source_type, source_id, access_level, requested_at, invite_email, "
        "invite_token, state, expires_at)"};
    for (const BilledWorld::Membership& row : world.memberships) {
        members.add(fmt::format(
            "({}, {}, '{}', {}, {}, {}, {}, {}, {}, {})",
            row.id,
            or_null(row.user),
            row.is_in_project ? "Project" : "Namespace",
            row.source,
            row.level,
            row.is_request ? "'2026-01-01T00:00:00.000Z'" : "null",
            row.user ? "null" : "'invited@example.com'",
            row.is_invitation ? fmt::format("'token{}'", row.id) : "null",
            row.is_awaiting ? 1 : 0,
            row.expires_at ? "'" + to_iso8601(*row.expires_at) + "'" : "null"
        ));
    }
    members.run(session);
    InsertRows emails{"group_notification_emails (user_id, namespace_id, email)"};
    for (const auto& [key, email] : world.chosen_emails) {
        emails.add(fmt::format("({}, {}, '{}')", key.first, key.second, email));
    }
    emails.run(session);
}

const std::vector<BilledWorld>& worlds() {
    static const std::vector<BilledWorld> all = [] {
        std::vector<BilledWorld> made;
        for (unsigned seed = kFirstSeed; seed < kFirstSeed + kWorlds; ++seed) {
            made.push_back(WorldMaker{seed}.make());
        }
        return made;
    }();
    return all;
}

void fill(TestDatabase& database) {
    BOOST_TEST_MESSAGE("seeds " << kFirstSeed << " to " << kFirstSeed + kWorlds - 1);
    database.session().execute_once("begin");
    for (const BilledWorld& world : worlds()) {
        store_users(database.session(), world);
        store_places(database.session(), world);
        store_members(database.session(), world);
    }
    database.session().execute_once("commit");
}

TestDatabase& database(db::Dialect dialect) {
    static SharedDatabases databases{fill};
    return databases.on(dialect);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(namespace_figures_property)

BOOST_DATA_TEST_CASE(figures_are_the_models, dialects(), dialect) {
    handlers::BilledNamespaceStore namespaces{database(dialect).session()};
    handlers::SubscriptionStore subscriptions{database(dialect).session()};
    int guests_that_mattered = 0;
    for (const BilledWorld& world : worlds()) {
        for (const auto& [id, group] : world.groups) {
            const auto found = handlers::namespaces::show_namespace(
                {std::to_string(id)}, namespaces, subscriptions, {}
            );
            BOOST_TEST_REQUIRE(found.has_value());
            BOOST_TEST(found->figures.has_value() == !group.owner.has_value());
            if (!found->figures) {
                BOOST_TEST(found->billable_members_count == 1);
                continue;
            }
            const BilledWorld::Figures expected = world.figures_of(id);
            BOOST_TEST(found->billable_members_count == expected.billable, "group " << id);
            BOOST_TEST(found->figures->members_count == expected.members, "group " << id);
            BOOST_TEST(found->figures->projects_count == expected.projects, "group " << id);
            BOOST_TEST(found->figures->repository_size == expected.bytes, "group " << id);
            const auto plan = world.groups.at(world.root_of(id)).plan;
            BOOST_TEST((found->billed.actual_plan == plan), "group " << id);
            BOOST_TEST(found->billed.subscription.has_value() == group.plan.has_value());
            const long long with_guests = subscriptions.count_billable_members({id}, 10);
            guests_that_mattered += with_guests != expected.billable ? 1 : 0;
        }
    }
    // Worlds in which guests make no difference would test nothing of the rule.
    BOOST_TEST(guests_that_mattered > 40);
}

BOOST_DATA_TEST_CASE(owners_are_the_models, dialects(), dialect) {
    handlers::GroupOwnerStore store{database(dialect).session()};
    std::size_t most = 0;
    for (const BilledWorld& world : worlds()) {
        for (const auto& [id, group] : world.groups) {
            const auto expected = world.owners_of(id, kToday);
            most = std::max(most, expected.size());
            std::vector<std::pair<long long, std::string>> listed;
            for (bool has_more = true; has_more;) {
                const auto before = static_cast<long long>(listed.size());
                const handlers::GroupOwners owners = store.list({id}, kToday, 2, before);
                BOOST_TEST(static_cast<std::size_t>(owners.total) == expected.size());
                for (const handlers::GroupOwner& owner : owners.page) {
                    listed.emplace_back(owner.id.value, owner.notification_email);
                }
                has_more = !owners.page.empty();
            }
            BOOST_TEST((listed == expected), "group " << id);
        }
    }
    BOOST_TEST(most > 2U, "owners fill more than one page");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

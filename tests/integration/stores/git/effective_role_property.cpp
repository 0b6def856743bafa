// The role that the stores find, against a slow and plain model of GitLab's rules, over many small
// random worlds. The model loops over all rows and knows no SQL.
#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "handlers/stores/git/project_creation_store.hpp"
#include "handlers/stores/git/project_store.hpp"
#include "tests/support/insert_rows.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {
namespace {

using namespace std::chrono_literals;

const Date kToday{2026y / 1 / 15};

/// A day on which something ends, around today, where the rules turn over.
struct Ending {
    std::optional<Date> day;

    [[nodiscard]] bool is_over() const { return day && *day <= kToday; }
    [[nodiscard]] std::string sql() const {
        return day ? fmt::format("'{}'", to_iso8601(*day)) : "null";
    }
};

struct Group {
    long long id = 0;
    std::optional<long long> parent;
    std::optional<long long> owner;  ///< a personal namespace, no group
    bool has_share_lock = false;
};

struct Project {
    long long id = 0;
    long long group = 0;
};

struct Membership {
    long long user = 0;
    bool is_in_project = false;
    long long source = 0;
    int level = 0;
    Ending ending;
    bool is_request = false;
    bool is_invitation = false;
    bool is_awaiting = false;

    [[nodiscard]] bool counts() const {
        return !ending.is_over() && !is_request && !is_invitation && !is_awaiting;
    }
};

/// An invitation of group `guest` to `host`, a project or a group.
struct Link {
    bool is_to_project = false;
    long long host = 0;
    long long guest = 0;
    int level = 0;
    Ending ending;
};

struct World {
    std::vector<long long> users;
    std::vector<Group> groups;  ///< and personal namespaces
    std::vector<Project> projects;
    std::vector<Membership> memberships;
    std::vector<Link> links;

    [[nodiscard]] const Group& group(long long id) const {
        return *std::ranges::find(groups, id, &Group::id);
    }

    /// The group and those above it; nothing for a personal namespace, which is no group.
    [[nodiscard]] std::vector<long long> with_ancestors(long long id) const {
        std::vector<long long> all;
        for (std::optional<long long> next = id; next && !group(*next).owner;
             next = group(*next).parent) {
            all.push_back(*next);
        }
        return all;
    }

    [[nodiscard]] int direct_level(long long user, bool in_project, long long source) const {
        int best = 0;
        for (const Membership& row : memberships) {
            if (row.user == user && row.is_in_project == in_project && row.source == source &&
                row.counts()) {
                best = std::max(best, row.level);
            }
        }
        return best;
    }

    /// Direct, inherited, or through a group that was invited to it or to a group above it.
    [[nodiscard]] int level_in_group(long long user, long long id) const {
        int best = 0;
        for (const long long above : with_ancestors(id)) {
            best = std::max(best, direct_level(user, false, above));
            for (const Link& link : links) {
                if (!link.is_to_project && link.host == above && !link.ending.is_over()) {
                    best =
                        std::max(best, std::min(link.level, direct_level(user, false, link.guest)));
                }
            }
        }
        return best;
    }

    [[nodiscard]] int effective_role(long long user, const Project& project) const {
        const Group& home = group(project.group);
        if (home.owner == user) {
            return 50;
        }
        int best =
            std::max(direct_level(user, true, project.id), level_in_group(user, project.group));
        for (const Link& link : links) {
            if (link.is_to_project && link.host == project.id && !link.ending.is_over() &&
                !home.has_share_lock) {
                best = std::max(best, std::min(link.level, level_in_group(user, link.guest)));
            }
        }
        return best < 10 ? 0 : best;
    }
};

/// Makes a world with ids of its own, so that many lie in one database.
class WorldMaker {
public:
    explicit WorldMaker(unsigned seed) : random_(seed), base_(seed * 1000LL) {}

    World make() {
        for (int user = 1; user <= 8; ++user) {
            world_.users.push_back(base_ + user);
        }
        make_groups();
        for (int project = 1; project <= 10; ++project) {
            world_.projects.push_back({base_ + project, any(world_.groups).id});
        }
        make_memberships();
        make_links();
        return std::move(world_);
    }

private:
    bool happens(int percent) { return below(100) < percent; }
    int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
    template <class T>
    const T& any(const std::vector<T>& values) {
        return values[random_() % values.size()];
    }

    Ending ending() {
        return happens(60) ? Ending{} : Ending{kToday + std::chrono::days{below(3) - 1}};
    }

    /// Trees of up to four levels, and a personal namespace for every other user.
    void make_groups() {
        std::vector<std::pair<long long, int>> depths;
        for (int group = 1; group <= 10; ++group) {
            Group row{
                .id = base_ + group, .parent = {}, .owner = {}, .has_share_lock = happens(20)};
            int depth = 1;
            if (!depths.empty() && happens(75)) {
                const auto [parent, above] = any(depths);
                if (above < 4) {
                    row.parent = parent;
                    depth = above + 1;
                }
            }
            depths.emplace_back(row.id, depth);
            world_.groups.push_back(row);
        }
        for (int user = 1; user <= 8; user += 2) {
            world_.groups.push_back(
                {.id = base_ + 100 + user,
                 .parent = {},
                 .owner = base_ + user,
                 .has_share_lock = happens(20)}
            );
        }
    }

    void make_memberships() {
        static constexpr std::array kLevels{5, 10, 15, 20, 30, 40, 50};
        for (const long long user : world_.users) {
            for (const Group& group : world_.groups) {
                if (happens(18)) {
                    add_membership(user, false, group.id, kLevels[random_() % kLevels.size()]);
                }
            }
            for (const Project& project : world_.projects) {
                if (happens(12)) {
                    add_membership(user, true, project.id, kLevels[random_() % kLevels.size()]);
                }
            }
        }
    }

    void add_membership(long long user, bool in_project, long long source, int level) {
        world_.memberships.push_back(
            {user, in_project, source, level, ending(), happens(10), happens(10), happens(10)}
        );
    }

    void make_links() {
        for (const Group& guest : world_.groups) {
            if (guest.owner) {
                continue;  // nobody can invite a personal namespace
            }
            for (const Project& project : world_.projects) {
                add_link(true, project.id, guest);
            }
            for (const Group& host : world_.groups) {
                if (host.id != guest.id) {
                    add_link(false, host.id, guest);
                }
            }
        }
    }

    void add_link(bool to_project, long long host, const Group& guest) {
        static constexpr std::array kLevels{10, 15, 20, 30, 40, 50};
        if (happens(9)) {
            world_.links.push_back(
                {to_project, host, guest.id, kLevels[random_() % kLevels.size()], ending()}
            );
        }
    }

    std::mt19937 random_;
    long long base_;
    World world_;
};

void store_places(db::Session& session, const World& world) {
    InsertRows users{"users (id, username, name, email)"};
    for (const long long user : world.users) {
        users.add(fmt::format("({0}, 'user{0}', 'User', 'user{0}@example.com')", user));
    }
    InsertRows groups{
        "namespaces (id, type, parent_id, owner_id, name, path, share_with_group_lock)"};
    InsertRows routes{"routes (source_type, source_id, path)"};
    for (const Group& group : world.groups) {
        groups.add(fmt::format(
            "({0}, '{1}', {2}, {3}, 'group{0}', 'group{0}', {4})",
            group.id,
            group.owner ? "User" : "Group",
            or_null(group.parent),
            or_null(group.owner),
            group.has_share_lock
        ));
        routes.add(fmt::format("('Namespace', {0}, 'group{0}')", group.id));
    }
    InsertRows projects{"projects (id, namespace_id, name, path)"};
    for (const Project& project : world.projects) {
        projects.add(
            fmt::format("({0}, {1}, 'project{0}', 'project{0}')", project.id, project.group)
        );
        routes.add(fmt::format("('Project', {0}, 'group{1}/project{0}')", project.id, project.group)
        );
    }
    users.run(session);
    groups.run(session);
    projects.run(session);
    routes.run(session);
}

void store_roles(db::Session& session, const World& world) {
    InsertRows members{
        "members (user_id, source_type, source_id, access_level, expires_at, requested_at, "
        "invite_token, state)"};
    int token = 0;
    for (const Membership& row : world.memberships) {
        members.add(fmt::format(
            "({}, '{}', {}, {}, {}, {}, {}, {})",
            row.user,
            row.is_in_project ? "Project" : "Namespace",
            row.source,
            row.level,
            row.ending.sql(),
            row.is_request ? "'2026-01-01T00:00:00.000Z'" : "null",
            row.is_invitation ? fmt::format("'token-{}-{}'", row.user, ++token) : "null",
            row.is_awaiting ? 1 : 0
        ));
    }
    members.run(session);
    InsertRows to_projects{"project_group_links (project_id, group_id, group_access, expires_at)"};
    InsertRows to_groups{
        "group_group_links (shared_group_id, shared_with_group_id, group_access, expires_at)"};
    for (const Link& link : world.links) {
        (link.is_to_project ? to_projects : to_groups)
            .add(fmt::format(
                "({}, {}, {}, {})", link.host, link.guest, link.level, link.ending.sql()
            ));
    }
    to_projects.run(session);
    to_groups.run(session);
}

constexpr unsigned kWorlds = 40;

const std::vector<World>& worlds() {
    static const std::vector<World> all = [] {
        std::vector<World> made;
        for (unsigned seed = 1; seed <= kWorlds; ++seed) {
            made.push_back(WorldMaker{seed}.make());
        }
        return made;
    }();
    return all;
}

void fill(TestDatabase& database) {
    database.session().execute_once("begin");
    for (const World& world : worlds()) {
        store_places(database.session(), world);
        store_roles(database.session(), world);
    }
    database.session().execute_once("commit");
}

TestDatabase& database(db::Dialect dialect) {
    static SharedDatabases databases{fill};
    return databases.on(dialect);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(effective_role_property)

BOOST_DATA_TEST_CASE(role_on_a_project_is_the_models, dialects(), dialect) {
    handlers::ProjectStore store{database(dialect).session()};
    std::array<int, 51> seen{};
    for (const World& world : worlds()) {
        for (const Project& project : world.projects) {
            for (const long long user : world.users) {
                const handlers::Viewer viewer{UserId{user}, std::nullopt, kToday};
                const auto found = store.find(ProjectId{project.id}, viewer);
                BOOST_TEST_REQUIRE(found.has_value());
                const int role = static_cast<int>(found->standing.role);
                const int expected = world.effective_role(user, project);
                BOOST_TEST(role == expected, "user " << user << " on project " << project.id);
                ++seen.at(static_cast<std::size_t>(expected));
            }
        }
    }
    // Worlds in which some role never occurs would test nothing of it.
    for (const std::size_t level : {0U, 10U, 15U, 20U, 30U, 40U, 50U}) {
        BOOST_TEST(seen.at(level) > 40, "role " << level << " occurs " << seen.at(level));
    }
}

BOOST_DATA_TEST_CASE(role_in_a_group_is_the_models, dialects(), dialect) {
    handlers::ProjectCreationStore store{database(dialect).session()};
    for (const World& world : worlds()) {
        for (const Group& group : world.groups) {
            for (const long long user : world.users) {
                const auto found =
                    store.find_namespace(fmt::format("GROUP{}", group.id), UserId{user}, kToday);
                BOOST_TEST_REQUIRE(found.has_value());
                const int role = static_cast<int>(found->facts.role);
                BOOST_TEST(
                    role == world.level_in_group(user, group.id),
                    "user " << user << " in group " << group.id
                );
            }
        }
    }
}

BOOST_DATA_TEST_CASE(anonymous_has_no_role, dialects(), dialect) {
    handlers::ProjectStore store{database(dialect).session()};
    for (const World& world : worlds()) {
        for (const Project& project : world.projects) {
            const auto found = store.find(ProjectId{project.id}, {{}, {}, kToday});
            BOOST_TEST_REQUIRE(found.has_value());
            BOOST_TEST((found->standing.role == handlers::domain::git_access::Role::none));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

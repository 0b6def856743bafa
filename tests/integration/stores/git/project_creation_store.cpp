#include "handlers/stores/git/project_creation_store.hpp"

#include <stdexcept>
#include <thread>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/stores/git/project_store.hpp"
#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using namespace std::chrono_literals;
using handlers::CreationFailure;
using handlers::ProjectCreationStore;
using handlers::ProjectStore;
using handlers::domain::git_access::ProjectCreationLevel;
using handlers::domain::git_access::Role;
using handlers::domain::git_access::Visibility;

constexpr Date kToday{2026y / 1 / 15};
constexpr db::Query kCountProjects{"test.count_projects", "select count(*) from projects"};
constexpr db::Query kCountRedirects{"test.count_redirects", "select count(*) from redirect_routes"};
constexpr db::Query kCountFeatures{"test.count_features", "select count(*) from project_features"};

void make_nothing(ProjectId /*id*/) {}

/// Group 1 with subgroup 2 and a member of each kind; the personal namespace 4 of user 7.
struct Creations : StoreDatabase {
    explicit Creations(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into users (id, username, name, email, projects_limit) values "
               "(7, 'rubi', 'Dede', 'rubi@example.com', 1), "
               "(8, 'other', 'O', 'other@example.com', 100)",
               "insert into namespaces (id, type, parent_id, owner_id, name, path, "
               "project_creation_level) values (1, 'Group', null, null, 'Top', 'Top', null), "
               "(2, 'Group', 1, null, 's', 'sub', 4), (4, 'User', null, 7, 'rubi', 'rubi', null)",
               "insert into routes (source_type, source_id, path) values "
               "('Namespace', 1, 'Top'), ('Namespace', 2, 'Top/sub'), ('Namespace', 4, 'rubi')",
               "insert into members (user_id, source_type, source_id, access_level) values "
               "(8, 'Namespace', 1, 30)"}
          ),
          store(session) {}

    ProjectCreationStore store;
};

std::string name_in(Creations& creations, std::string_view path) {
    return creations.store.find_namespace(path, UserId{7}, kToday).value().default_branch_name;
}

/// Asks for the same project on a session of its own.
struct Rival {
    explicit Rival(TestDatabase& database) : session(database.options(), usage) {}

    void create() {
        result = ProjectCreationStore{session}
                     .create(NamespaceId{1}, "New", "default", make_nothing)
                     .value();
    }

    db::Usage usage;
    db::Session session;
    handlers::CreatedProject result;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(project_creation_store)

BOOST_DATA_TEST_CASE(a_namespace_tells_who_may_create_in_it, dialects(), dialect) {
    Creations creations{dialect};
    const auto group = creations.store.find_namespace("top", UserId{8}, kToday);
    BOOST_TEST_REQUIRE(group.has_value());
    BOOST_TEST(group->id.value == 1);
    BOOST_TEST(group->full_path == "Top");
    BOOST_TEST(!group->facts.owner_id.has_value());
    BOOST_TEST((group->facts.project_creation_level == ProjectCreationLevel::developers));
    BOOST_TEST((group->facts.role == Role::developer));
    const auto subgroup = creations.store.find_namespace("Top/Sub", UserId{8}, kToday);
    BOOST_TEST_REQUIRE(subgroup.has_value());
    BOOST_TEST((subgroup->facts.project_creation_level == ProjectCreationLevel::owners));
    BOOST_TEST((subgroup->facts.role == Role::developer));
    BOOST_TEST(!creations.store.find_namespace("nowhere", UserId{8}, kToday).has_value());
}

BOOST_DATA_TEST_CASE(what_the_default_branch_is_called, dialects(), dialect) {
    Creations creations{dialect};
    BOOST_TEST(name_in(creations, "Top") == "main");
    creations.arrange({"update application_settings set default_branch_name = 'develop'"});
    BOOST_TEST(name_in(creations, "Top") == "develop");
    // Its own group's alone; nobody asks a personal namespace, or the group above.
    creations.arrange(
        {"update namespaces set default_branch_name = 'trunk' where id in (1, 4)",
         "update namespaces set default_branch_name = 'no branch' where id = 2"}
    );
    BOOST_TEST(name_in(creations, "Top") == "trunk");
    BOOST_TEST(name_in(creations, "Top/sub") == "develop");
    BOOST_TEST(name_in(creations, "rubi") == "develop");
}

BOOST_DATA_TEST_CASE(a_personal_namespace_is_full_at_its_owners_limit, dialects(), dialect) {
    Creations creations{dialect};
    const auto before = creations.store.find_namespace("rubi", UserId{7}, kToday);
    BOOST_TEST_REQUIRE(before.has_value());
    BOOST_TEST((before->facts.owner_id == UserId{7}));
    BOOST_TEST(!before->facts.is_project_limit_reached);
    BOOST_TEST(creations.store.create(NamespaceId{4}, "one", "default", make_nothing).has_value());
    const auto after = creations.store.find_namespace("rubi", UserId{7}, kToday);
    BOOST_TEST(after->facts.is_project_limit_reached);
    BOOST_TEST(after->facts.projects_limit == 1);
    BOOST_TEST(
        !creations.store.find_namespace("Top", UserId{7}, kToday)->facts.is_project_limit_reached
    );
}

// An administrator may create in the namespaces of others, within their own limit.
BOOST_DATA_TEST_CASE(the_limit_is_that_of_who_asks, dialects(), dialect) {
    Creations creations{dialect};
    BOOST_TEST(creations.store.create(NamespaceId{4}, "one", "default", make_nothing).has_value());
    const auto by_other = creations.store.find_namespace("rubi", UserId{8}, kToday);
    BOOST_TEST(!by_other->facts.is_project_limit_reached);
    BOOST_TEST(by_other->facts.projects_limit == 100);
    creations.arrange({"update users set projects_limit = 0 where id = 8"});
    BOOST_TEST(
        creations.store.find_namespace("rubi", UserId{8}, kToday)->facts.is_project_limit_reached
    );
}

BOOST_DATA_TEST_CASE(a_new_project_is_private_and_empty, dialects(), dialect) {
    Creations creations{dialect};
    ProjectId made = ProjectId::none();
    const auto created = creations.store.create(
        NamespaceId{2}, "New", "ssd", [&made](ProjectId project_id) { made = project_id; }
    );
    BOOST_TEST_REQUIRE(created.has_value());
    BOOST_TEST(created->is_new);
    BOOST_TEST(created->id.value == made.value);
    const auto found =
        ProjectStore{creations.session}.find_by_path("top/sub/new", {UserId{8}, {}, kToday});
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->project.id.value == made.value);
    BOOST_TEST(found->project.full_path == "Top/sub/New");
    BOOST_TEST(found->project.storage == "ssd");
    BOOST_TEST((found->project.visibility == Visibility::private_));
    BOOST_TEST(found->project.does_repository_exist);
    BOOST_TEST(found->project.is_repository_empty);
    BOOST_TEST((found->standing.role == Role::developer));
    BOOST_TEST(creations.number(kCountFeatures) == 1);
}

BOOST_DATA_TEST_CASE(creating_again_finds_it, dialects(), dialect) {
    Creations creations{dialect};
    const auto first = creations.store.create(NamespaceId{1}, "New", "default", make_nothing);
    const auto second =
        creations.store.create(NamespaceId{1}, "nEW", "default", [](ProjectId /*id*/) {
            BOOST_ERROR("made a second repository");
        });
    BOOST_TEST_REQUIRE(second.has_value());
    BOOST_TEST(!second->is_new);
    BOOST_TEST(second->id.value == first->id.value);
    BOOST_TEST(creations.number(kCountProjects) == 1);
}

BOOST_DATA_TEST_CASE(of_two_at_once_one_creates, dialects(), dialect) {
    Creations creations{dialect};
    Rival left{creations.database};
    Rival right{creations.database};
    std::thread thread{&Rival::create, &left};
    right.create();
    thread.join();
    BOOST_TEST(left.result.id.value == right.result.id.value);
    BOOST_TEST(left.result.is_new != right.result.is_new);
    BOOST_TEST(creations.number(kCountProjects) == 1);
}

BOOST_DATA_TEST_CASE(without_a_repository_there_is_no_project, dialects(), dialect) {
    Creations creations{dialect};
    BOOST_CHECK_THROW(
        (void)creations.store.create(
            NamespaceId{1},
            "New",
            "default",
            [](ProjectId /*id*/) { throw std::runtime_error{"disk full"}; }
        ),
        std::runtime_error
    );
    BOOST_TEST(creations.number(kCountProjects) == 0);
    const auto again = creations.store.create(NamespaceId{1}, "New", "default", make_nothing);
    BOOST_TEST(again.value().is_new);
}

BOOST_DATA_TEST_CASE(a_path_that_a_group_has_is_taken, dialects(), dialect) {
    Creations creations{dialect};
    const auto created = creations.store.create(NamespaceId{1}, "SUB", "default", make_nothing);
    BOOST_TEST_REQUIRE(!created.has_value());
    BOOST_TEST((created.error() == CreationFailure::path_taken));
    BOOST_TEST(creations.number(kCountProjects) == 0);
}

BOOST_DATA_TEST_CASE(a_namespace_may_be_gone, dialects(), dialect) {
    Creations creations{dialect};
    const auto created = creations.store.create(NamespaceId{99}, "New", "default", make_nothing);
    BOOST_TEST_REQUIRE(!created.has_value());
    BOOST_TEST((created.error() == CreationFailure::namespace_gone));
}

BOOST_DATA_TEST_CASE(what_led_elsewhere_leads_to_the_new_project, dialects(), dialect) {
    Creations creations{dialect};
    creations.arrange(
        {"insert into redirect_routes (source_type, source_id, path) values "
         "('Namespace', 2, 'top/new'), ('Namespace', 2, 'top/other')"}
    );
    BOOST_TEST(creations.store.create(NamespaceId{1}, "New", "default", make_nothing).has_value());
    BOOST_TEST(creations.number(kCountRedirects) == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

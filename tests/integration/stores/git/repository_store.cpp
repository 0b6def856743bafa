#include "handlers/stores/git/repository_store.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/clock.hpp"
#include "app/db/session.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/stores/pushes/push_store.hpp"
#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;
using handlers::RepositoryState;
using handlers::RepositoryStore;
using handlers::domain::git_access::ContainerKind;
using handlers::domain::git_access::GlRepository;

/// Project 3 in group 1, project 4 with a place of its own; a snippet of nobody's and one of 3.
struct Repositories : StoreDatabase {
    explicit Repositories(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into users (id, username, name, email) values "
               "(7, 'rubi', 'Dede', 'rubi@example.com')",
               "insert into namespaces (id, type, name, path) values (1, 'Group', 'Top', 'top')",
               "insert into projects (id, namespace_id, name, path, repository_storage, disk_path, "
               "repository_exists, empty_repo) values "
               "(3, 1, 'a', 'a', 'default', null, false, false), "
               "(4, 1, 'b', 'b', 'far', 'old/b', false, true)",
               "insert into routes (source_type, source_id, path) values "
               "('Namespace', 1, 'top'), ('Project', 3, 'top/a'), ('Project', 4, 'top/b')",
               "insert into snippets (id, type, title, author_id, project_id, repository_storage, "
               "repository_exists) values (7, 'PersonalSnippet', 't', 7, null, 'far', false), "
               "(8, 'ProjectSnippet', 't', 7, 3, 'default', false)"}
          ),
          store(session) {}

    [[nodiscard]] std::string project(const std::string& id) {
        return database.look(
            "select case when repository_exists then 1 else 0 end || ' ' || "
            "case when empty_repo then 1 else 0 end || ' ' || coalesce(default_branch, '-') "
            "from projects where id = " +
            id
        );
    }

    RepositoryStore store;
};

constexpr GlRepository kProject{.kind = ContainerKind::project, .id = 3};
constexpr GlRepository kSnippet{.kind = ContainerKind::snippet, .id = 7};

RepositoryState state(bool is_empty, std::optional<std::string> default_branch = {}) {
    return {.is_empty = is_empty, .default_branch = std::move(default_branch)};
}

/// On a session of its own, with little patience. Throws when it has to wait for longer.
void finish_first_push(TestDatabase& database) {
    const Timeouts timeouts{
        .busy = std::chrono::seconds{1}, .statement = std::chrono::milliseconds{300}};
    db::Usage usage;
    db::Session other{database.options(timeouts), usage};
    handlers::FinishedPush push;
    push.gl_repository = "project-3";
    push.push_options = "{}";
    push.project_id = ProjectId{3};
    push.first_default_branch = "main";
    static_cast<void>(handlers::PushStore{other}.finish(push, SystemClock{}.now()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repository_store)

BOOST_DATA_TEST_CASE(projects_are_listed_by_id, data::make(dialects())) {
    Repositories world{sample};
    const auto page = world.store.list_projects(ProjectId{});
    BOOST_TEST_REQUIRE(page.size() == 2U);
    BOOST_TEST(to_string(gl_repository_of(page[0])) == "project-3");
    BOOST_TEST(gl_project_path_of(page[0]) == "top/a");
    BOOST_TEST(storage_of(page[1]) == "far");
    BOOST_TEST(relative_path_of(page[1]) == "old/b.git");
    BOOST_TEST(world.store.list_projects(ProjectId{3}).size() == 1U);
    BOOST_TEST(world.store.list_projects(ProjectId{4}).empty());
}

BOOST_DATA_TEST_CASE(snippets_are_listed_with_their_projects, data::make(dialects())) {
    Repositories world{sample};
    const auto page = world.store.list_snippets(0);
    BOOST_TEST_REQUIRE(page.size() == 2U);
    BOOST_TEST(gl_project_path_of(page[0]) == "snippets/7");
    BOOST_TEST(storage_of(page[0]) == "far");
    BOOST_TEST(gl_project_path_of(page[1]) == "top/a/snippets/8");
    BOOST_TEST(world.store.list_snippets(8).empty());
}

BOOST_DATA_TEST_CASE(default_branch_is_the_groups_word_first, data::make(dialects())) {
    Repositories world{sample};
    BOOST_TEST(world.store.default_branch_name(NamespaceId{1}) == "main");
    world.session.execute_once(
        "insert into application_settings (id, default_branch_name) "
        "values (1, 'trunk') on conflict (id) do update "
        "set default_branch_name = 'trunk'"
    );
    BOOST_TEST(world.store.default_branch_name(NamespaceId{1}) == "trunk");
    world.session.execute_once("update namespaces set default_branch_name = 'dev' where id = 1");
    BOOST_TEST(world.store.default_branch_name(NamespaceId{1}) == "dev");
    BOOST_TEST(world.store.default_branch_name(NamespaceId{}) == "trunk");
}

BOOST_DATA_TEST_CASE(state_is_written, data::make(dialects())) {
    Repositories world{sample};
    world.store.record(kProject, [] { return state(true); });
    BOOST_TEST(world.project("3") == "1 1 -");
    world.store.record(kProject, [] { return state(false, "trunk"); });
    BOOST_TEST(world.project("3") == "1 0 trunk");
    // A branch that is known stays.
    world.store.record(kProject, [] { return state(false, "other"); });
    BOOST_TEST(world.project("3") == "1 0 trunk");
    BOOST_TEST(world.project("4") == "0 1 -");
    world.store.record(kSnippet, [] { return state(false, "main"); });
    BOOST_TEST(
        world.database.look("select id || default_branch from snippets where repository_exists") ==
        "7main"
    );
}

BOOST_DATA_TEST_CASE(no_answer_changes_nothing, data::make(dialects())) {
    Repositories world{sample};
    world.store.record(kProject, [] { return std::optional<RepositoryState>{}; });
    world.store.record(kSnippet, [] { return std::optional<RepositoryState>{}; });
    BOOST_TEST(world.project("3") == "0 0 -");
    BOOST_TEST(world.database.look("select count(*) from snippets where repository_exists") == "0");
}

BOOST_DATA_TEST_CASE(wikis_have_no_row, data::make(dialects())) {
    Repositories world{sample};
    int questions = 0;
    world.store.record({.kind = ContainerKind::wiki, .id = 3}, [&] {
        ++questions;
        return state(true);
    });
    BOOST_TEST(questions == 1);
    BOOST_TEST(world.project("3") == "0 0 -");
}

// Else a first push that ends in between would leave its project marked as empty.
BOOST_DATA_TEST_CASE(pushes_wait_while_the_repository_is_looked_at, data::make(dialects())) {
    Repositories world{sample};
    world.arrange({"update projects set empty_repo = true where id = 3"});
    TestDatabase& database = world.database;
    world.store.record(kProject, [&database] {
        BOOST_CHECK_THROW(finish_first_push(database), std::exception);
        return state(true);
    });
    BOOST_TEST(world.project("3") == "1 1 -");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

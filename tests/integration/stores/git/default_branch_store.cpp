#include "handlers/stores/git/default_branch_store.hpp"

#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/db/transaction.hpp"
#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using handlers::DefaultBranchStore;

/// Projects 30, empty, and 31 in groups 1/2; no group or instance has defaults of its own.
struct Projects : StoreDatabase {
    explicit Projects(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into namespaces (id, type, parent_id, name, path) values "
               "(1, 'Group', null, 'a', 'a'), (2, 'Group', 1, 'b', 'b')",
               "insert into projects (id, namespace_id, name, path, empty_repo, repository_exists, "
               "repository_storage) values (30, 2, 'p', 'project', true, false, 'ssd'), "
               "(31, 2, 'q', 'other', false, true, 'default')",
               "insert into routes (source_type, source_id, path) values "
               "('Project', 30, 'a/b/project'), ('Project', 31, 'a/b/other')"}
          ),
          store(session) {}

    bool settle(const std::string& branch) {
        db::Transaction transaction{session};
        const bool is_settled = store.settle(ProjectId{30}, branch);
        transaction.commit();
        return is_settled;
    }
    void set_defaults(
        const std::string& table, const std::string& defaults, const std::string& condition = {}
    ) {
        database.session().execute_once(fmt::format(
            "update {} set default_branch_protection_defaults = '{}' {}", table, defaults, condition
        ));
    }
    /// `name push merge` of every rule of a project, with `!` where force pushes are allowed.
    [[nodiscard]] std::string rules() {
        return database.look(
            "select rules.name || ' ' || push.access_level || ' ' || merging.access_level "
            "|| case when rules.allow_force_push then '!' else '' end "
            "from protected_branches as rules "
            "join protected_branch_push_access_levels as push "
            "on push.protected_branch_id = rules.id "
            "join protected_branch_merge_access_levels as merging "
            "on merging.protected_branch_id = rules.id "
            "where rules.project_id = 30 order by rules.id"
        );
    }
    [[nodiscard]] std::string state() {
        return database.look(
            "select coalesce(default_branch, '-') || case when empty_repo then ' empty' else '' "
            "end "
            "|| case when repository_exists then ' there' else '' end from projects where id = 30"
        );
    }

    DefaultBranchStore store;
};

constexpr const char* kMaintainersOnly =
    R"({"allowed_to_push":[{"access_level":40}],"allowed_to_merge":[{"access_level":40}]})";
constexpr const char* kDevelopersMerge =
    R"({"allowed_to_push":[{"access_level":0}],"allowed_to_merge":[{"access_level":30}],)"
    R"("allow_force_push":true})";
constexpr const char* kNoProtection =
    R"({"allowed_to_push":[{"access_level":30}],"allowed_to_merge":[{"access_level":30}],)"
    R"("allow_force_push":true})";

}  // namespace

BOOST_AUTO_TEST_SUITE(default_branch_store)

BOOST_DATA_TEST_CASE(first_branches_settle_it_once, dialects(), dialect) {
    Projects projects{dialect};
    BOOST_TEST(projects.state() == "- empty");
    BOOST_TEST(projects.settle("trunk"));
    BOOST_TEST(projects.state() == "trunk there");
    BOOST_TEST(projects.rules() == "trunk 40 40");
    BOOST_TEST(!projects.settle("main"));
    BOOST_TEST(projects.state() == "trunk there");
    BOOST_TEST(projects.rules() == "trunk 40 40");
    BOOST_TEST(!projects.store.settle(ProjectId{4711}, "main"));
}

BOOST_DATA_TEST_CASE(what_the_operator_named_gives_way, dialects(), dialect) {
    Projects projects{dialect};
    projects.arrange({"update projects set default_branch = 'old' where id = 30"});
    BOOST_TEST(projects.settle("main"));
    BOOST_TEST(projects.state() == "main there");
}

BOOST_DATA_TEST_CASE(own_group_counts_before_the_instance, dialects(), dialect) {
    Projects projects{dialect};
    projects.set_defaults("application_settings", kNoProtection);
    projects.set_defaults("namespaces", kDevelopersMerge, "where id = 2");
    BOOST_TEST(projects.settle("main"));
    BOOST_TEST(projects.rules() == "main 0 30!");
}

BOOST_DATA_TEST_CASE(groups_further_above_do_not_count, dialects(), dialect) {
    Projects projects{dialect};
    projects.set_defaults("application_settings", kMaintainersOnly);
    projects.set_defaults("namespaces", kNoProtection, "where id = 1");
    BOOST_TEST(projects.settle("main"));
    BOOST_TEST(projects.rules() == "main 40 40");
}

BOOST_DATA_TEST_CASE(instance_may_protect_nothing, dialects(), dialect) {
    Projects projects{dialect};
    projects.set_defaults("application_settings", kNoProtection);
    BOOST_TEST(projects.settle("main"));
    BOOST_TEST(projects.state() == "main there");
    BOOST_TEST(projects.rules() == "");
}

BOOST_DATA_TEST_CASE(a_rule_that_matches_is_left_alone, dialects(), dialect) {
    for (const char* const rule :
         {"(project_id, name) values (30, 'main')",
          "(project_id, name) values (30, 'm*')",
          "(namespace_id, name) values (2, 'main')",
          "(namespace_id, name) values (1, '*')"}) {
        Projects projects{dialect};
        projects.arrange({fmt::format("insert into protected_branches {}", rule)});
        BOOST_TEST(projects.settle("main"));
        BOOST_TEST(
            projects.number({"test.rules", "select count(*) from protected_branches"}) == 1, rule
        );
    }
}

BOOST_DATA_TEST_CASE(rules_of_others_do_not_count, dialects(), dialect) {
    Projects projects{dialect};
    projects.arrange(
        {"insert into namespaces (id, type, name, path) values (3, 'Group', 'c', 'c')",
         "insert into protected_branches (project_id, name) values (31, 'main'), (30, 'stable')",
         "insert into protected_branches (namespace_id, name) values (3, 'main')"}
    );
    BOOST_TEST(projects.settle("main"));
    BOOST_TEST(projects.rules() == "main 40 40");
}

BOOST_DATA_TEST_CASE(database_follows_where_nobody_chose, dialects(), dialect) {
    Projects projects{dialect};
    BOOST_TEST(projects.settle("main"));
    BOOST_TEST(!projects.store.change(ProjectId{30}, "master", "trunk"));
    BOOST_TEST(projects.state() == "main there");
    BOOST_TEST(projects.store.change(ProjectId{30}, "main", "trunk"));
    BOOST_TEST(projects.state() == "trunk there");
    BOOST_TEST(projects.rules() == "main 40 40 trunk 40 40");
    BOOST_TEST(!projects.store.change(ProjectId{30}, "main", "trunk"));
    BOOST_TEST(projects.rules() == "main 40 40 trunk 40 40");
}

BOOST_DATA_TEST_CASE(where_the_repository_is, dialects(), dialect) {
    Projects projects{dialect};
    const auto hashed = projects.store.find(ProjectId{30});
    BOOST_TEST_REQUIRE(hashed.has_value());
    BOOST_TEST(hashed->storage == "ssd");
    BOOST_TEST(
        hashed->relative_path ==
        "@hashed/62/4b/624b60c58c9d8bfb6ff1886c2fd605d2adeb6ea4da576068201b6c6958ce93f4.git"
    );
    BOOST_TEST(hashed->full_path == "a/b/project");
    BOOST_TEST(!hashed->name.has_value());
    projects.arrange(
        {"update projects set disk_path = 'a/b/old', default_branch = 'main' where id = 30"}
    );
    const auto legacy = projects.store.find(ProjectId{30});
    BOOST_TEST(legacy.value().relative_path == "a/b/old.git");
    BOOST_TEST(legacy->name.value() == "main");
    projects.arrange({"update projects set pending_delete = true where id = 30"});
    BOOST_TEST(!projects.store.find(ProjectId{30}).has_value());
    BOOST_TEST(!projects.store.find(ProjectId{4711}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

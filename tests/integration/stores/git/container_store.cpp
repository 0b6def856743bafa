#include "handlers/stores/git/container_store.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using namespace std::chrono_literals;
using handlers::Container;
using handlers::ContainerStore;
using handlers::Viewer;
using handlers::domain::git_access::ContainerKind;
using handlers::domain::git_access::FeatureLevel;
using handlers::domain::git_access::parse_repository_path;
using handlers::domain::git_access::ProjectFacts;
using handlers::domain::git_access::Role;
using handlers::domain::git_access::Visibility;

constexpr Date kToday{2026y / 1 / 15};

/// Project 30 in top/middle/low, project 31 in the personal namespace of user 7.
struct Containers : StoreDatabase {
    explicit Containers(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into users (id, username, name, email) values "
               "(7, 'rubi', 'Dede', 'rubi@example.com'), (8, 'guest', 'G', 'guest@example.com')",
               "insert into keys (id, user_id, type, title, key, fingerprint_sha256) values "
               "(3, 8, 'DeployKey', 'k', 'ssh-rsa three', "
               "'3333333333333333333333333333333333333333333')",
               "insert into namespaces (id, type, parent_id, owner_id, name, path) values "
               "(1, 'Group', null, null, 'Top', 'Top'), (2, 'Group', 1, null, 'm', 'middle'), "
               "(3, 'Group', 2, null, 'l', 'low'), (4, 'User', null, 7, 'rubi', 'rubi')",
               "insert into projects (id, namespace_id, name, path) values "
               "(30, 3, 'p', 'project'), (31, 4, 'q', 'own')",
               "insert into routes (source_type, source_id, path) values "
               "('Namespace', 1, 'Top'), ('Namespace', 2, 'Top/middle'), "
               "('Namespace', 3, 'Top/middle/low'), ('Namespace', 4, 'rubi'), "
               "('Project', 30, 'Top/middle/low/project'), ('Project', 31, 'rubi/own')",
               "insert into redirect_routes (source_type, source_id, path) values "
               "('Project', 30, 'old/Project'), ('Namespace', 3, 'old/low')"}
          ),
          store(session) {}

    [[nodiscard]] std::optional<Container> at(std::string_view path, const Viewer& viewer = {}) {
        return store.find_by_path(parse_repository_path(path), viewer);
    }
    [[nodiscard]] Container project(const Viewer& viewer = {}) {
        return store.find(ContainerKind::project, ProjectId{30}, viewer).value();
    }
    [[nodiscard]] ProjectFacts facts() { return project().facts.project.value(); }

    ContainerStore store;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(container_store)

BOOST_DATA_TEST_CASE(a_project_is_found_by_its_path_in_any_case, dialects(), dialect) {
    Containers containers{dialect};
    for (const char* const path : {"Top/middle/low/project", "top/MIDDLE/low/Project"}) {
        const auto found = containers.at(path);
        BOOST_TEST_REQUIRE(found.has_value());
        BOOST_TEST(found->facts.project->id.value == 30);
        BOOST_TEST(found->facts.project->full_path == "Top/middle/low/project");
        BOOST_TEST(found->facts.redirected_from.empty());
    }
}

BOOST_DATA_TEST_CASE(an_earlier_path_leads_to_the_project_and_is_told, dialects(), dialect) {
    Containers containers{dialect};
    const auto found = containers.at("OLD/project");
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->facts.project->full_path == "Top/middle/low/project");
    BOOST_TEST(found->facts.redirected_from == "OLD/project");
}

BOOST_DATA_TEST_CASE(what_has_the_path_now_wins_over_what_had_it, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange(
        {"update routes set path = 'old/project' where source_type = 'Project' "
         "and source_id = 31"}
    );
    const auto found = containers.at("old/project");
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->facts.project->id.value == 31);
    BOOST_TEST(found->facts.redirected_from.empty());
}

BOOST_DATA_TEST_CASE(a_suffix_leads_to_what_belongs_to_the_project, dialects(), dialect) {
    Containers containers{dialect};
    for (const auto& [path, kind] :
         {std::pair{"rubi/OWN.wiki", ContainerKind::wiki},
          std::pair{"rubi/own.design", ContainerKind::design}}) {
        const auto found = containers.at(path);
        BOOST_TEST_REQUIRE(found.has_value());
        BOOST_TEST((found->facts.kind == kind));
        BOOST_TEST(found->facts.project->id.value == 31);
        BOOST_TEST(found->facts.redirected_from.empty());
    }
    const auto moved = containers.at("old/project.wiki");
    BOOST_TEST_REQUIRE(moved.has_value());
    BOOST_TEST((moved->facts.kind == ContainerKind::wiki));
    BOOST_TEST(moved->facts.redirected_from == "old/project.wiki");
    BOOST_TEST(!containers.at("rubi/nothing.wiki").has_value());
    BOOST_TEST(!containers.at("rubi/own.wiki.wiki").has_value());
    BOOST_TEST(!containers.at(".wiki").has_value());
}

BOOST_DATA_TEST_CASE(a_project_of_the_whole_path_wins, dialects(), dialect) {
    for (const std::string suffix : {"wiki", "design"}) {
        Containers containers{dialect};
        containers.arrange(
            {"insert into projects (id, namespace_id, name, path) values (32, 4, 'w', 'own." +
                 suffix + "')",
             "insert into routes (source_type, source_id, path) values "
             "('Project', 32, 'rubi/own." +
                 suffix + "')"}
        );
        const auto found = containers.at("Rubi/own." + suffix);
        BOOST_TEST_REQUIRE(found.has_value());
        BOOST_TEST((found->facts.kind == ContainerKind::project));
        BOOST_TEST(found->facts.project->id.value == 32);
        BOOST_TEST(found->facts.redirected_from.empty());
        BOOST_TEST(found->facts.design_repository_id == 0);
        const auto wiki = containers.at("rubi/own." + suffix + ".wiki");
        BOOST_TEST_REQUIRE(wiki.has_value());
        BOOST_TEST((wiki->facts.kind == ContainerKind::wiki));
        BOOST_TEST(wiki->facts.project->id.value == 32);
    }
}

BOOST_DATA_TEST_CASE(a_former_whole_path_wins_over_the_wiki_too, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange(
        {"insert into redirect_routes (source_type, source_id, path) values "
         "('Project', 31, 'rubi/own.wiki'), ('Project', 30, 'rubi/own.design')"}
    );
    const auto own = containers.at("rubi/Own.wiki");
    BOOST_TEST_REQUIRE(own.has_value());
    BOOST_TEST((own->facts.kind == ContainerKind::project));
    BOOST_TEST(own->facts.project->id.value == 31);
    BOOST_TEST(own->facts.redirected_from == "rubi/Own.wiki");
    const auto other = containers.at("rubi/own.design");
    BOOST_TEST_REQUIRE(other.has_value());
    BOOST_TEST((other->facts.kind == ContainerKind::project));
    BOOST_TEST(other->facts.project->id.value == 30);
}

BOOST_DATA_TEST_CASE(both_readings_take_one_statement, dialects(), dialect) {
    Containers containers{dialect};
    (void)containers.at("rubi/own");
    containers.usage = {};
    BOOST_TEST(containers.at("rubi/own.wiki").has_value());
    BOOST_TEST(containers.usage.statements == 1U);
}

BOOST_DATA_TEST_CASE(groups_and_unknown_paths_are_no_project, dialects(), dialect) {
    Containers containers{dialect};
    for (const char* const path : {"Top", "old/low", "rubi", "nothing/there", ""}) {
        BOOST_TEST(!containers.at(path).has_value(), path);
    }
    BOOST_TEST(!containers.store.find(ContainerKind::wiki, ProjectId{99}, {}).has_value());
    BOOST_TEST(!containers.store.find(ContainerKind::wiki, ProjectId::none(), {}).has_value());
}

BOOST_DATA_TEST_CASE(a_project_without_settings_has_the_defaults, dialects(), dialect) {
    Containers containers{dialect};
    const ProjectFacts facts = containers.facts();
    BOOST_TEST(facts.namespace_id.value == 3);
    BOOST_TEST(!facts.is_in_personal_namespace);
    BOOST_TEST(facts.root_namespace_id.value == 1);
    BOOST_TEST(facts.root_namespace_path == "Top");
    BOOST_TEST(facts.root_enabled_git_access_protocol.empty());
    BOOST_TEST(!facts.root_enforces_ssh_certificates);
    BOOST_TEST((facts.visibility == Visibility::private_));
    BOOST_TEST(!facts.is_archived);
    BOOST_TEST(!facts.is_repository_read_only);
    BOOST_TEST(!facts.is_pending_delete);
    BOOST_TEST(facts.storage == "default");
    BOOST_TEST(
        facts.disk_path ==
        "@hashed/62/4b/624b60c58c9d8bfb6ff1886c2fd605d2adeb6ea4da576068201b6c6958ce93f4"
    );
    BOOST_TEST(facts.does_repository_exist);
    BOOST_TEST(!facts.is_repository_empty);
    BOOST_TEST(facts.default_branch.empty());
    BOOST_TEST(facts.is_lfs_enabled);
    BOOST_TEST((facts.repository_feature == FeatureLevel::enabled));
    BOOST_TEST((facts.wiki_feature == FeatureLevel::enabled));
    BOOST_TEST((facts.snippets_feature == FeatureLevel::enabled));
    BOOST_TEST(facts.is_merge_requests_enabled);
    BOOST_TEST(!facts.branch_protection_defaults.has_value());
    BOOST_TEST(facts.ip_restrictions.empty());
}

BOOST_DATA_TEST_CASE(every_fact_of_a_project_is_read, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange(
        {"update projects set visibility_level = 10, archived = true, repository_read_only = true, "
         "pending_delete = true, repository_storage = 'ssd', disk_path = 'legacy/path', "
         "repository_exists = false, empty_repo = true, default_branch = 'trunk', "
         "lfs_enabled = false where id = 30",
         "insert into project_features (project_id, repository_access_level, wiki_access_level, "
         "merge_requests_access_level, snippets_access_level) values (30, 10, 0, 0, 30)",
         "update namespaces set enabled_git_access_protocol = 'http', "
         "enforce_ssh_certificates = true where id = 1",
         "update namespaces set default_branch_protection_defaults = "
         "'{\"allowed_to_push\":[{\"access_level\":30}]}' where id = 3"}
    );
    const ProjectFacts facts = containers.facts();
    BOOST_TEST((facts.visibility == Visibility::internal));
    BOOST_TEST(facts.is_archived);
    BOOST_TEST(facts.is_repository_read_only);
    BOOST_TEST(facts.is_pending_delete);
    BOOST_TEST(facts.storage == "ssd");
    BOOST_TEST(facts.disk_path == "legacy/path");
    BOOST_TEST(!facts.does_repository_exist);
    BOOST_TEST(facts.is_repository_empty);
    BOOST_TEST(facts.default_branch == "trunk");
    BOOST_TEST(!facts.is_lfs_enabled);
    BOOST_TEST((facts.repository_feature == FeatureLevel::members));
    BOOST_TEST((facts.wiki_feature == FeatureLevel::disabled));
    BOOST_TEST((facts.snippets_feature == FeatureLevel::public_));
    BOOST_TEST(!facts.is_merge_requests_enabled);
    BOOST_TEST(facts.root_enabled_git_access_protocol == "http");
    BOOST_TEST(facts.root_enforces_ssh_certificates);
    BOOST_TEST_REQUIRE(facts.branch_protection_defaults.has_value());
    BOOST_TEST((facts.branch_protection_defaults->allowed_to_push == std::vector{Role::developer}));
    BOOST_TEST((facts.branch_protection_defaults->allowed_to_merge == std::vector{Role::maintainer})
    );
}

BOOST_DATA_TEST_CASE(only_the_root_decides_on_protocols, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange(
        {"update namespaces set enabled_git_access_protocol = 'http', "
         "enforce_ssh_certificates = true where id in (2, 3)"}
    );
    BOOST_TEST(containers.facts().root_enabled_git_access_protocol.empty());
    BOOST_TEST(!containers.facts().root_enforces_ssh_certificates);
}

BOOST_DATA_TEST_CASE(a_project_is_archived_with_any_group_above, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange({"update namespaces set archived = true where id = 1"});
    BOOST_TEST(containers.facts().is_archived);
    BOOST_TEST(!containers.at("rubi/own")->facts.project->is_archived);
}

BOOST_DATA_TEST_CASE(an_invited_group_is_not_above, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange(
        {"insert into namespaces (id, type, name, path, archived, enabled_git_access_protocol, "
         "enforce_ssh_certificates) values (9, 'Group', 'g', 'g', true, 'http', true)",
         "insert into project_group_links (project_id, group_id, group_access) values (30, 9, 30)",
         "insert into ip_restrictions (group_id, range) values (9, '192.0.2.1')",
         "insert into protected_branches (namespace_id, name) values (9, 'main')"}
    );
    const ProjectFacts facts = containers.facts();
    BOOST_TEST(!facts.is_archived);
    BOOST_TEST(facts.root_namespace_id.value == 1);
    BOOST_TEST(facts.root_enabled_git_access_protocol.empty());
    BOOST_TEST(!facts.root_enforces_ssh_certificates);
    BOOST_TEST(facts.ip_restrictions.empty());
    BOOST_TEST(!containers.project().has_protections_above);
}

BOOST_DATA_TEST_CASE(protections_of_any_group_above_are_told, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange({"insert into protected_branches (project_id, name) values (30, 'main')"});
    BOOST_TEST(!containers.project().has_protections_above);
    containers.arrange({"insert into protected_branches (namespace_id, name) values (1, 'main')"});
    BOOST_TEST(containers.project().has_protections_above);
    BOOST_TEST(!containers.at("rubi/own")->has_protections_above);
}

BOOST_DATA_TEST_CASE(lfs_follows_the_group_unless_the_project_says, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange({"update namespaces set lfs_enabled = false where id in (3, 4)"});
    BOOST_TEST(!containers.facts().is_lfs_enabled);
    BOOST_TEST(containers.at("rubi/own")->facts.project->is_lfs_enabled);
    containers.arrange({"update projects set lfs_enabled = true"});
    BOOST_TEST(containers.facts().is_lfs_enabled);
}

BOOST_DATA_TEST_CASE(addresses_are_listed_by_group, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange(
        {"insert into ip_restrictions (group_id, range) values "
         "(3, '198.51.100.7'), (1, '203.0.113.0/24'), (1, '192.0.2.0/24')"}
    );
    const std::vector<std::vector<std::string>> expected{
        {"192.0.2.0/24", "203.0.113.0/24"}, {"198.51.100.7"}};
    BOOST_TEST((containers.facts().ip_restrictions == expected));
}

BOOST_DATA_TEST_CASE(the_owner_of_a_personal_namespace_owns_its_projects, dialects(), dialect) {
    Containers containers{dialect};
    const auto own = containers.at("rubi/own", {UserId{7}, {}, kToday});
    BOOST_TEST_REQUIRE(own.has_value());
    BOOST_TEST((own->standing.role == Role::owner));
    BOOST_TEST(own->facts.project->is_in_personal_namespace);
    BOOST_TEST(own->facts.project->root_namespace_path == "rubi");
    BOOST_TEST((containers.at("rubi/own", {UserId{8}, {}, kToday})->standing.role == Role::none));
    BOOST_TEST((containers.at("rubi/own", {{}, {}, kToday})->standing.role == Role::none));
}

BOOST_DATA_TEST_CASE(deploy_keys_read_or_write_where_they_are_enabled, dialects(), dialect) {
    Containers containers{dialect};
    const Viewer viewer{UserId{8}, KeyId{3}, kToday};
    BOOST_TEST(!containers.project(viewer).standing.is_deploy_key_enabled);
    containers.arrange(
        {"insert into deploy_keys_projects (deploy_key_id, project_id) values (3, 30)"}
    );
    BOOST_TEST(containers.project(viewer).standing.is_deploy_key_enabled);
    BOOST_TEST(!containers.project(viewer).standing.can_deploy_key_push);
    containers.arrange({"update deploy_keys_projects set can_push = true"});
    BOOST_TEST(containers.project(viewer).standing.can_deploy_key_push);
    BOOST_TEST(!containers.at("rubi/own", viewer)->standing.is_deploy_key_enabled);
}

BOOST_DATA_TEST_CASE(a_ring_of_groups_has_an_end, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange({"update namespaces set parent_id = 3 where id = 1"});
    BOOST_TEST(containers.facts().root_namespace_id.value == 3);
}

BOOST_DATA_TEST_CASE(snippets_are_personal_or_of_a_project, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange(
        {"insert into snippets (id, type, title, author_id, project_id, visibility_level, "
         "repository_storage, repository_exists, default_branch) values "
         "(1, 'PersonalSnippet', 't', 7, null, 20, 'ssd', false, 'main'), "
         "(2, 'ProjectSnippet', 't', 8, 31, 0, 'default', true, null)"}
    );
    const auto personal = containers.store.find_snippet(1, {UserId{7}, {}, kToday});
    BOOST_TEST_REQUIRE(personal.has_value());
    BOOST_TEST((personal->facts.kind == ContainerKind::snippet));
    BOOST_TEST(!personal->facts.project.has_value());
    BOOST_TEST_REQUIRE(personal->facts.snippet.has_value());
    BOOST_TEST(personal->facts.snippet->id == 1);
    BOOST_TEST((personal->facts.snippet->author_id == UserId{7}));
    BOOST_TEST((personal->facts.snippet->visibility == Visibility::public_));
    BOOST_TEST(personal->facts.snippet->storage == "ssd");
    BOOST_TEST(!personal->facts.snippet->does_repository_exist);
    BOOST_TEST(personal->facts.snippet->default_branch == "main");
    const auto of_project = containers.store.find_snippet(2, {UserId{7}, {}, kToday});
    BOOST_TEST_REQUIRE(of_project.has_value());
    BOOST_TEST((of_project->facts.kind == ContainerKind::snippet));
    BOOST_TEST(of_project->facts.project->full_path == "rubi/own");
    BOOST_TEST((of_project->standing.role == Role::owner));
    BOOST_TEST(!containers.store.find_snippet(3, {}).has_value());
}

BOOST_DATA_TEST_CASE(a_snippet_is_found_by_the_path_of_its_project, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange(
        {"insert into snippets (id, type, title, author_id, project_id) values "
         "(1, 'PersonalSnippet', 't', 7, null), (2, 'ProjectSnippet', 't', 8, 30)"}
    );
    const std::string project = "top/middle/low/project";
    BOOST_TEST(containers.at("snippets/1").has_value());
    BOOST_TEST(containers.at(project + "/snippets/2")->facts.redirected_from.empty());
    const auto moved = containers.at("old/project/snippets/2");
    BOOST_TEST_REQUIRE(moved.has_value());
    BOOST_TEST((moved->facts.kind == ContainerKind::snippet));
    BOOST_TEST(moved->facts.redirected_from == "old/project/snippets/2");
    for (const std::string& path :
         {std::string{"snippets/2"},
          project + "/snippets/1",
          std::string{"rubi/own/snippets/2"},
          std::string{"no/such/snippets/2"},
          project + "/snippets/3"}) {
        BOOST_TEST(!containers.at(path).has_value(), path);
    }
    containers.arrange(
        {"update routes set path = 'rubi/snippets/2' where source_type = 'Project' and "
         "source_id = 31"}
    );
    const auto whole = containers.at("rubi/snippets/2");
    BOOST_TEST_REQUIRE(whole.has_value());
    BOOST_TEST((whole->facts.kind == ContainerKind::project));
    BOOST_TEST(whole->facts.project->id.value == 31);
}

BOOST_DATA_TEST_CASE(designs_are_found_by_repository_then_by_project, dialects(), dialect) {
    Containers containers{dialect};
    containers.arrange(
        {"insert into design_management_repositories (id, project_id) values (31, 30)"}
    );
    const auto by_repository = containers.store.find_design(31, {});
    BOOST_TEST_REQUIRE(by_repository.has_value());
    BOOST_TEST((by_repository->facts.kind == ContainerKind::design));
    BOOST_TEST(by_repository->facts.project->id.value == 30);
    BOOST_TEST(by_repository->facts.design_repository_id == 31);
    const auto by_project = containers.store.find_design(30, {});
    BOOST_TEST_REQUIRE(by_project.has_value());
    BOOST_TEST(by_project->facts.project->id.value == 30);
    BOOST_TEST(by_project->facts.design_repository_id == 31);
    const auto by_path = containers.at("top/middle/low/project.design");
    BOOST_TEST_REQUIRE(by_path.has_value());
    BOOST_TEST(by_path->facts.design_repository_id == 31);
    BOOST_TEST(!containers.store.find_design(99, {}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

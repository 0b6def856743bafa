#include "handlers/domain/git_access/gl_repository.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain::git_access {
namespace {

constexpr std::string_view kHashOf3 =
    "4e/07/4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce";

ContainerFacts container(ContainerKind kind) {
    ProjectFacts project;
    project.id = ProjectId{3};
    project.full_path = "group/project";
    project.storage = "fast";
    ContainerFacts facts;
    facts.kind = kind;
    facts.project = project;
    return facts;
}

ContainerFacts snippet(bool is_personal) {
    ContainerFacts facts = container(ContainerKind::snippet);
    if (is_personal) {
        facts.project.reset();
    }
    facts.snippet = SnippetFacts{};
    facts.snippet->id = 3;
    facts.snippet->storage = "slow";
    return facts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gl_repositories)

BOOST_AUTO_TEST_CASE(every_form_is_read) {
    using enum ContainerKind;
    BOOST_TEST((parse_gl_repository("project-3") == GlRepository{project, 3}));
    BOOST_TEST((parse_gl_repository("wiki-3") == GlRepository{wiki, 3}));
    BOOST_TEST((parse_gl_repository("project-3-wiki") == GlRepository{wiki, 3}));
    BOOST_TEST((parse_gl_repository("design-9") == GlRepository{design, 9}));
    BOOST_TEST((parse_gl_repository("snippet-12") == GlRepository{snippet, 12}));
    BOOST_TEST(
        (parse_gl_repository("project-9223372036854775807") ==
         GlRepository{project, 9223372036854775807LL})
    );
}

BOOST_AUTO_TEST_CASE(all_else_is_unknown) {
    for (const char* const text :
         {"",
          "project",
          "project-",
          "project-foo",
          "foo",
          "foo-1",
          "project-0",
          "project-01",
          "project--1",
          "project-+1",
          "project- 1",
          "project-1 ",
          "project-1a",
          "project-1.0",
          "project-9223372036854775808",
          "Project-1",
          "-1",
          "group-1-wiki",
          "wiki-1-wiki",
          "project-1-wiki-wiki",
          "project-1-design",
          "project-wiki"}) {
        BOOST_TEST(!parse_gl_repository(text).has_value(), text);
    }
    BOOST_TEST(!parse_gl_repository(std::string_view{"project-1\0", 10}).has_value());
}

BOOST_AUTO_TEST_CASE(the_canonical_form_has_two_parts) {
    BOOST_TEST(to_string(parse_gl_repository("project-3-wiki").value()) == "wiki-3");
    for (const char* const text : {"project-3", "wiki-3", "design-9", "snippet-12"}) {
        BOOST_TEST(to_string(parse_gl_repository(text).value()) == text);
    }
}

BOOST_AUTO_TEST_CASE(paths_are_hashed_from_the_id) {
    BOOST_TEST(hashed_disk_path(ProjectId{3}) == "@hashed/" + std::string{kHashOf3});
    BOOST_TEST(snippet_disk_path(3) == "@snippets/" + std::string{kHashOf3});
}

BOOST_AUTO_TEST_CASE(a_container_has_name_path_and_place) {
    const std::string hashed = "@hashed/" + std::string{kHashOf3};
    const ContainerFacts project = container(ContainerKind::project);
    BOOST_TEST(to_string(gl_repository_of(project)) == "project-3");
    BOOST_TEST(gl_project_path_of(project) == "group/project");
    BOOST_TEST(relative_path_of(project) == hashed + ".git");
    BOOST_TEST(storage_of(project) == "fast");

    const ContainerFacts wiki = container(ContainerKind::wiki);
    BOOST_TEST(to_string(gl_repository_of(wiki)) == "wiki-3");
    BOOST_TEST(gl_project_path_of(wiki) == "group/project.wiki");
    BOOST_TEST(relative_path_of(wiki) == hashed + ".wiki.git");

    ContainerFacts design = container(ContainerKind::design);
    design.design_repository_id = 9;
    BOOST_TEST(to_string(gl_repository_of(design)) == "design-9");
    BOOST_TEST(gl_project_path_of(design) == "group/project.design");
    BOOST_TEST(relative_path_of(design) == hashed + ".design.git");
}

BOOST_AUTO_TEST_CASE(a_stored_place_wins) {
    ContainerFacts wiki = container(ContainerKind::wiki);
    wiki.project->disk_path = "group/project";
    BOOST_TEST(relative_path_of(wiki) == "group/project.wiki.git");
}

BOOST_AUTO_TEST_CASE(a_snippet_is_a_projects_or_a_persons) {
    const std::string place = "@snippets/" + std::string{kHashOf3} + ".git";
    BOOST_TEST(gl_project_path_of(snippet(false)) == "group/project/snippets/3");
    BOOST_TEST(gl_project_path_of(snippet(true)) == "snippets/3");
    BOOST_TEST(to_string(gl_repository_of(snippet(true))) == "snippet-3");
    BOOST_TEST(relative_path_of(snippet(false)) == place);
    BOOST_TEST(storage_of(snippet(false)) == "slow");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

#include "handlers/domain/git_access/rights.hpp"

#include <array>
#include <ostream>
#include <string>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain::git_access {

/// Who has a right, one letter each: a anonymous, x external without role, n signed in without
/// role, m minimal access, g guest, p planner, r reporter, d developer, M maintainer, o owner, A
/// administrator without role.
struct RightExample {
    std::string_view name;
    bool (*right)(const Person&, const ProjectFacts&);
    void (*arrange)(ProjectFacts&);
    std::string_view who;
};

std::ostream& operator<<(std::ostream& out, const RightExample& example) {
    return out << example.name;
}

namespace {

UserFacts user(bool is_admin, bool is_external) {
    UserFacts facts;
    facts.id = UserId{7};
    facts.is_admin = is_admin;
    facts.is_external = is_external;
    return facts;
}

const UserFacts kUser = user(false, false);
const UserFacts kExternal = user(false, true);
const UserFacts kAdmin = user(true, false);

struct NamedPerson {
    char letter = ' ';
    Person person;
};

const std::array<NamedPerson, 11> kPeople{{
    {'a', {nullptr, Role::none}},
    {'x', {&kExternal, Role::none}},
    {'n', {&kUser, Role::none}},
    {'m', {&kUser, Role::minimal}},
    {'g', {&kUser, Role::guest}},
    {'p', {&kUser, Role::planner}},
    {'r', {&kUser, Role::reporter}},
    {'d', {&kUser, Role::developer}},
    {'M', {&kUser, Role::maintainer}},
    {'o', {&kUser, Role::owner}},
    {'A', {&kAdmin, Role::none}},
}};

void as_private(ProjectFacts&) {}
void as_internal(ProjectFacts& project) {
    project.visibility = Visibility::internal;
}
void as_public(ProjectFacts& project) {
    project.visibility = Visibility::public_;
}
void with_members_only(ProjectFacts& project) {
    as_public(project);
    project.repository_feature = FeatureLevel::members;
    project.wiki_feature = FeatureLevel::members;
}
void with_features_off(ProjectFacts& project) {
    as_public(project);
    project.repository_feature = FeatureLevel::disabled;
    project.wiki_feature = FeatureLevel::disabled;
}
void archived(ProjectFacts& project) {
    as_public(project);
    project.is_archived = true;
}
void pending_delete(ProjectFacts& project) {
    as_public(project);
    project.is_pending_delete = true;
}

const std::vector<RightExample> kRights{
    {"read private", can_read_project, as_private, "gprdMoA"},
    {"read internal", can_read_project, as_internal, "nmgprdMoA"},
    {"read public", can_read_project, as_public, "axnmgprdMoA"},
    {"read pending delete", can_read_project, pending_delete, ""},
    {"download private", can_download_code, as_private, "rdMoA"},
    {"download internal", can_download_code, as_internal, "nmgprdMoA"},
    {"download public", can_download_code, as_public, "axnmgprdMoA"},
    {"download members only", can_download_code, with_members_only, "gprdMoA"},
    {"download switched off", can_download_code, with_features_off, ""},
    {"download archived", can_download_code, archived, "axnmgprdMoA"},
    {"push private", can_push_code, as_private, "dMoA"},
    {"push public", can_push_code, as_public, "dMoA"},
    {"push members only", can_push_code, with_members_only, "dMoA"},
    {"push switched off", can_push_code, with_features_off, ""},
    {"push archived", can_push_code, archived, ""},
    {"wiki private", can_download_wiki, as_private, "prdMoA"},
    {"wiki internal", can_download_wiki, as_internal, "nmgprdMoA"},
    {"wiki public", can_download_wiki, as_public, "axnmgprdMoA"},
    {"wiki members only", can_download_wiki, with_members_only, "gprdMoA"},
    {"wiki switched off", can_download_wiki, with_features_off, ""},
    {"wiki write private", can_write_wiki, as_private, "pdMoA"},
    {"wiki write public", can_write_wiki, as_public, "pdMoA"},
    {"wiki write switched off", can_write_wiki, with_features_off, ""},
    {"designs private", can_manage_designs, as_private, "prdMoA"},
    {"designs public", can_manage_designs, as_public, "prdMoA"},
};

SnippetFacts snippet(Visibility visibility) {
    SnippetFacts facts;
    facts.author_id = UserId{99};
    facts.visibility = visibility;
    return facts;
}

std::string snippet_readers(Visibility visibility, const ProjectFacts* project) {
    std::string letters;
    for (const NamedPerson& named : kPeople) {
        if (can_read_snippet(named.person, snippet(visibility), project)) {
            letters += named.letter;
        }
    }
    return letters;
}

std::string snippet_writers(Visibility visibility, const ProjectFacts* project) {
    std::string letters;
    for (const NamedPerson& named : kPeople) {
        if (can_write_snippet(named.person, snippet(visibility), project)) {
            letters += named.letter;
        }
    }
    return letters;
}

NamespaceFacts group(ProjectCreationLevel level, Role role) {
    NamespaceFacts facts;
    facts.project_creation_level = level;
    facts.role = role;
    return facts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(git_rights)

BOOST_DATA_TEST_CASE(rights_are_those_of_the_role, boost::unit_test::data::make(kRights), example) {
    ProjectFacts project;
    example.arrange(project);
    std::string who;
    for (const NamedPerson& named : kPeople) {
        if (example.right(named.person, project)) {
            who += named.letter;
        }
    }
    BOOST_TEST(who == example.who);
}

BOOST_AUTO_TEST_CASE(an_external_member_has_its_role_and_no_more) {
    ProjectFacts project;
    project.visibility = Visibility::internal;
    const Person guest{.user = &kExternal, .role = Role::guest};
    BOOST_TEST(can_read_project(guest, project));
    BOOST_TEST(!can_download_code(guest, project));
}

BOOST_AUTO_TEST_CASE(personal_snippets_are_their_authors) {
    BOOST_TEST(snippet_readers(Visibility::private_, nullptr) == "A");
    BOOST_TEST(snippet_readers(Visibility::internal, nullptr) == "nmgprdMoA");
    BOOST_TEST(snippet_readers(Visibility::public_, nullptr) == "axnmgprdMoA");
    BOOST_TEST(snippet_writers(Visibility::public_, nullptr) == "A");
    SnippetFacts own = snippet(Visibility::private_);
    own.author_id = kUser.id;
    const Person author{.user = &kUser, .role = Role::none};
    BOOST_TEST(can_read_snippet(author, own, nullptr));
    BOOST_TEST(can_write_snippet(author, own, nullptr));
    own.author_id.reset();
    BOOST_TEST(!can_read_snippet(author, own, nullptr));
    BOOST_TEST(!can_read_snippet({}, own, nullptr));
}

BOOST_AUTO_TEST_CASE(project_snippets_need_the_project) {
    ProjectFacts project;
    BOOST_TEST(snippet_readers(Visibility::public_, &project) == "gprdMoA");
    BOOST_TEST(snippet_readers(Visibility::private_, &project) == "gprdMoA");
    BOOST_TEST(snippet_writers(Visibility::public_, &project) == "MoA");
    project.visibility = Visibility::public_;
    BOOST_TEST(snippet_readers(Visibility::private_, &project) == "gprdMoA");
    BOOST_TEST(snippet_readers(Visibility::internal, &project) == "nmgprdMoA");
    BOOST_TEST(snippet_readers(Visibility::public_, &project) == "axnmgprdMoA");
    project.snippets_feature = FeatureLevel::members;
    BOOST_TEST(snippet_readers(Visibility::public_, &project) == "gprdMoA");
    project.snippets_feature = FeatureLevel::disabled;
    BOOST_TEST(snippet_readers(Visibility::public_, &project) == "");
}

BOOST_AUTO_TEST_CASE(an_author_who_lost_the_project_lost_the_snippet) {
    const ProjectFacts project;
    SnippetFacts own = snippet(Visibility::private_);
    own.author_id = kUser.id;
    BOOST_TEST(!can_write_snippet({.user = &kUser, .role = Role::none}, own, &project));
    BOOST_TEST(can_write_snippet({.user = &kUser, .role = Role::guest}, own, &project));
}

BOOST_AUTO_TEST_CASE(a_deploy_key_has_what_its_row_says) {
    ProjectFacts project;
    Standing standing;
    standing.can_deploy_key_push = true;
    BOOST_TEST(!deploy_key_can_download(project, standing));
    BOOST_TEST(!deploy_key_can_push(project, standing));
    standing.is_deploy_key_enabled = true;
    BOOST_TEST(deploy_key_can_download(project, standing));
    BOOST_TEST(deploy_key_can_push(project, standing));
    standing.can_deploy_key_push = false;
    BOOST_TEST(deploy_key_can_download(project, standing));
    BOOST_TEST(!deploy_key_can_push(project, standing));
    standing.can_deploy_key_push = true;
    project.repository_feature = FeatureLevel::disabled;
    BOOST_TEST(!deploy_key_can_download(project, standing));
    BOOST_TEST(!deploy_key_can_push(project, standing));
}

BOOST_AUTO_TEST_CASE(collaboration_is_for_one_branch_of_a_living_project) {
    ProjectFacts project;
    Standing standing;
    BOOST_TEST(!collaborates(project, standing));
    standing.collaboration_branches = {"fix", "feature/x"};
    BOOST_TEST(collaborates(project, standing));
    BOOST_TEST(collaborates_on("fix", project, standing));
    BOOST_TEST(!collaborates_on("Fix", project, standing));
    BOOST_TEST(!collaborates_on("main", project, standing));
    project.is_repository_empty = true;
    BOOST_TEST(!collaborates_on("fix", project, standing));
    project.is_repository_empty = false;
    project.is_archived = true;
    BOOST_TEST(!collaborates(project, standing));
    project.is_archived = false;
    project.repository_feature = FeatureLevel::disabled;
    BOOST_TEST(!collaborates(project, standing));
}

BOOST_AUTO_TEST_CASE(a_personal_namespace_is_its_owners_up_to_the_limit) {
    NamespaceFacts personal;
    personal.owner_id = kUser.id;
    BOOST_TEST(can_create_project(kUser, personal));
    personal.is_project_limit_reached = true;
    BOOST_TEST(!can_create_project(kUser, personal));
    personal.is_project_limit_reached = false;
    personal.owner_id = UserId{99};
    personal.role = Role::owner;
    BOOST_TEST(!can_create_project(kUser, personal));
    BOOST_TEST(can_create_project(kAdmin, personal));
    personal.is_project_limit_reached = true;
    BOOST_TEST(!can_create_project(kAdmin, personal), "the limit is that of who asks");
}

BOOST_AUTO_TEST_CASE(an_external_user_creates_none) {
    UserFacts external = kUser;
    external.is_external = true;
    NamespaceFacts personal;
    personal.owner_id = external.id;
    BOOST_TEST(!can_create_project(external, personal));
    BOOST_TEST(!can_create_project(external, group(ProjectCreationLevel::developers, Role::owner)));
}

BOOST_AUTO_TEST_CASE(a_limit_is_told_with_its_number) {
    BOOST_TEST(
        project_limit_error(0) ==
        "Limit reached You cannot create projects in your personal namespace. Contact your GitLab "
        "administrator."
    );
    BOOST_TEST(
        project_limit_error(3) ==
        "Limit reached You've reached your limit of 3 projects created. Contact your GitLab "
        "administrator."
    );
}

BOOST_AUTO_TEST_CASE(a_group_says_from_which_role_on_projects_are_created) {
    using enum ProjectCreationLevel;
    BOOST_TEST(can_create_project(kUser, group(developers, Role::developer)));
    BOOST_TEST(!can_create_project(kUser, group(developers, Role::reporter)));
    BOOST_TEST(can_create_project(kUser, group(maintainers, Role::maintainer)));
    BOOST_TEST(!can_create_project(kUser, group(maintainers, Role::developer)));
    BOOST_TEST(can_create_project(kUser, group(owners, Role::owner)));
    BOOST_TEST(!can_create_project(kUser, group(owners, Role::maintainer)));
    for (const ProjectCreationLevel level : {nobody, administrators}) {
        BOOST_TEST(!can_create_project(kUser, group(level, Role::owner)));
        BOOST_TEST(can_create_project(kAdmin, group(level, Role::none)));
    }
}

BOOST_AUTO_TEST_CASE(a_deploy_key_stands_for_itself) {
    Actor actor;
    BOOST_TEST((subject_of(actor) == Subject::anonymous));
    actor.user = kUser;
    BOOST_TEST((subject_of(actor) == Subject::user));
    actor.key = KeyFacts{};
    BOOST_TEST((subject_of(actor) == Subject::user));
    actor.key->is_deploy_key = true;
    BOOST_TEST((subject_of(actor) == Subject::deploy_key));
    actor.user.reset();
    BOOST_TEST((subject_of(actor) == Subject::deploy_key));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

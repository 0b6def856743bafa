// Wikis, snippets and designs: where they differ from a project's own repository.

#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/git_access/scenario.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

void on_wiki(Scenario& it) {
    it.named(ContainerKind::wiki);
}

void on_design(Scenario& it) {
    it.named(ContainerKind::design);
    it.request.protocol = "web";
}

const std::vector<DecisionExample> kWikis{
    {"not there",
     [](Scenario& it) {
         on_wiki(it);
         it.without_container();
     },
     "12 404 The wiki you were looking for could not be found."},
    {"not there any more, the hook's directory for a path",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes(updated("refs/heads/main"));
         it.without_container();
     },
     "12 404 The wiki you were looking for could not be found."},
    {"a project whose path looks like a wiki's",
     [](Scenario& it) {
         it.request.path.kind = ContainerKind::wiki;
         it.request.path.whole_path = "group/project";
         it.with_role(Role::guest);
     },
     "16 401 You are not allowed to download code from this project."},
    {"not to be seen",
     [](Scenario& it) {
         on_wiki(it);
         it.with_role(Role::none);
     },
     "13 404 The wiki you were looking for could not be found."},
    {"no repository",
     [](Scenario& it) {
         on_wiki(it);
         it.inspection.exists_answer = false;
     },
     "15 404 A repository for this wiki does not exist yet."},
    {"a guest fetches",
     [](Scenario& it) {
         on_wiki(it);
         it.with_role(Role::guest);
     },
     "16 401 You are not allowed to download files from this wiki."},
    {"a planner fetches",
     [](Scenario& it) {
         on_wiki(it);
         it.with_role(Role::planner);
     },
     "granted"},
    {"a deploy key fetches",
     [](Scenario& it) {
         on_wiki(it);
         it.with_deploy_key();
     },
     "granted"},
    {"a deploy key fetches where wikis are switched off",
     [](Scenario& it) {
         on_wiki(it);
         it.with_deploy_key();
         it.project().wiki_feature = FeatureLevel::disabled;
     },
     "16 401 You are not allowed to download files from this wiki."},
    {"a reporter pushes",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes();
         it.with_role(Role::reporter);
     },
     "wiki-write 401 You are not allowed to write to this project's wiki."},
    {"a planner pushes",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes();
         it.with_role(Role::planner);
     },
     "granted"},
    {"real changes are not looked at",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes(deleted("refs/heads/main") + "nonsense");
         it.with_role(Role::planner);
     },
     "granted"},
    {"anonymous pushes",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes();
         it.project().visibility = Visibility::public_;
         it.without_user();
     },
     "20 401 You are not allowed to upload code for this project."},
    {"archived",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes();
         it.project().is_archived = true;
     },
     "18 401 You can't push code to an archived project."},
    {"a deploy key pushes as its owner may",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes();
         it.with_deploy_key();
     },
     "granted"},
    {"a deploy key of a reporter pushes",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes();
         it.with_deploy_key();
         it.with_role(Role::reporter);
     },
     "wiki-write 401 You are not allowed to write to this project's wiki."},
    {"a deploy key of a blocked owner pushes",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes();
         it.with_deploy_key();
         it.user().state = UserState::blocked;
     },
     "wiki-write 401 You are not allowed to write to this project's wiki."},
    {"a deploy key without owner pushes",
     [](Scenario& it) {
         on_wiki(it);
         it.pushes();
         it.with_deploy_key();
         it.actor.user.reset();
         it.with_role(Role::none);
     },
     "wiki-write 401 You are not allowed to write to this project's wiki."},
};

constexpr std::string_view kBranches = "snippet-branch 401 You can not create or delete branches.";

const std::vector<DecisionExample> kSnippets{
    {"not there",
     [](Scenario& it) {
         it.named(ContainerKind::snippet);
         it.without_container();
     },
     "12 404 The snippet you were looking for could not be found."},
    {"not there any more, the hook's directory for a path",
     [](Scenario& it) {
         it.named(ContainerKind::snippet);
         it.pushes(updated("refs/heads/main"));
         it.without_container();
     },
     "12 404 The snippet you were looking for could not be found."},
    {"the author fetches", [](Scenario& it) { it.on_snippet(true); }, "granted"},
    {"the author pushes",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes();
     },
     "granted"},
    {"a deploy key",
     [](Scenario& it) {
         it.on_snippet(false);
         it.with_deploy_key();
     },
     "snippet-actor 401 The authentication mechanism is not supported."},
    {"a deploy key on a project whose path looks like that of a snippet",
     [](Scenario& it) {
         it.request.path.kind = ContainerKind::snippet;
         it.request.path.whole_path = "group/project";
         it.with_deploy_key();
     },
     "granted"},
    {"a deploy key where neither is there",
     [](Scenario& it) {
         it.named(ContainerKind::snippet);
         it.request.path.whole_path = "group/project";
         it.with_deploy_key();
         it.without_container();
     },
     "12 404 The snippet you were looking for could not be found."},
    {"no repository",
     [](Scenario& it) {
         it.on_snippet(true);
         it.inspection.exists_answer = false;
     },
     "15 404 The snippet repository you were looking for could not be found."},
    {"another user fetches a private one",
     [](Scenario& it) {
         it.on_snippet(true);
         it.container->snippet->author_id = UserId{99};
     },
     "16 401 You are not allowed to read this snippet."},
    {"anonymous fetches an internal one",
     [](Scenario& it) {
         it.on_snippet(true);
         it.without_user();
         it.container->snippet->visibility = Visibility::internal;
     },
     "16 401 You are not allowed to read this snippet."},
    {"anonymous fetches a public one",
     [](Scenario& it) {
         it.on_snippet(true);
         it.without_user();
         it.container->snippet->visibility = Visibility::public_;
     },
     "granted"},
    {"another user pushes to a public one",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes();
         it.container->snippet->author_id = UserId{99};
         it.container->snippet->visibility = Visibility::public_;
     },
     "snippet-write 401 You are not allowed to update this snippet."},
    {"a maintainer pushes to a project's",
     [](Scenario& it) {
         it.on_snippet(false);
         it.pushes();
         it.container->snippet->author_id = UserId{99};
     },
     "granted"},
    {"a developer pushes to another's",
     [](Scenario& it) {
         it.on_snippet(false);
         it.pushes();
         it.with_role(Role::developer);
         it.container->snippet->author_id = UserId{99};
     },
     "snippet-write 401 You are not allowed to update this snippet."},
    {"a stranger to the project",
     [](Scenario& it) {
         it.on_snippet(false);
         it.with_role(Role::none);
         it.container->snippet->visibility = Visibility::public_;
     },
     "13 404 The snippet you were looking for could not be found."},
    {"its branch is updated",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes(updated("refs/heads/main"));
     },
     "granted"},
    {"its branch is made",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes(created("refs/heads/main"));
     },
     "granted"},
    {"another branch is made",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes(updated("refs/heads/main") + created("refs/heads/other"));
     },
     kBranches},
    {"a tag of its branch's name is made",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes(created("refs/tags/main"));
     },
     kBranches},
    {"its branch is deleted",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes(deleted("refs/heads/main"));
     },
     kBranches},
    {"eleven files",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes(updated("refs/heads/main"));
         it.inspection.file_count_answer = 11U;
     },
     "snippet-files 401 The repository can contain at most 10 file(s)."},
    {"ten files",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes(updated("refs/heads/main"));
         it.inspection.file_count_answer = 10U;
     },
     "granted"},
    {"no file",
     [](Scenario& it) {
         it.on_snippet(true);
         it.pushes(updated("refs/heads/main"));
         it.inspection.file_count_answer = 0U;
     },
     "snippet-files 401 The repository must contain at least 1 file."},
    {"a read-only repository of a project",
     [](Scenario& it) {
         it.on_snippet(false);
         it.pushes();
         it.project().is_repository_read_only = true;
     },
     "17 401 The repository is temporarily read-only. Please try again later."},
};

constexpr std::string_view kNothing =
    "12 404 The project you were looking for could not be found or you don't have permission to "
    "view it.";
constexpr std::string_view kNoDesigns =
    "design-right 401 You are not allowed to manage designs of this project";

const std::vector<DecisionExample> kDesigns{
    {"over SSH",
     [](Scenario& it) {
         it.named(ContainerKind::design);
         it.request.action.clear();
     },
     "design-web 401 Designs are only accessible using the web interface"},
    {"through the web interface", on_design, "granted"},
    {"not there any more, over SSH",
     [](Scenario& it) {
         it.named(ContainerKind::design);
         it.pushes(updated("refs/heads/main"));
         it.without_container();
     },
     "design-web 401 Designs are only accessible using the web interface"},
    {"not there any more",
     [](Scenario& it) {
         on_design(it);
         it.pushes(updated("refs/heads/main"));
         it.without_container();
     },
     kNothing},
    {"no project of either path",
     [](Scenario& it) {
         it.named(ContainerKind::design);
         it.request.path.whole_path = "group/project";
         it.without_container();
     },
     kNothing},
    {"a project whose path looks like that of designs",
     [](Scenario& it) {
         it.request.path.kind = ContainerKind::design;
         it.request.path.whole_path = "group/project";
     },
     "granted"},
    {"such a project without a command",
     [](Scenario& it) {
         it.request.path.kind = ContainerKind::design;
         it.request.action.clear();
     },
     "7 401 The command you're trying to execute is not allowed."},
    {"without a command",
     [](Scenario& it) {
         on_design(it);
         it.request.action.clear();
     },
     "granted"},
    {"with another command",
     [](Scenario& it) {
         on_design(it);
         it.request.action = "scp";
     },
     "7 401 The command you're trying to execute is not allowed."},
    {"not there",
     [](Scenario& it) {
         on_design(it);
         it.without_container();
     },
     "12 404 The project you were looking for could not be found or you don't have permission to "
     "view it."},
    {"its repository is made when the first design comes",
     [](Scenario& it) {
         on_design(it);
         it.inspection.exists_answer = false;
     },
     "granted"},
    {"a guest",
     [](Scenario& it) {
         on_design(it);
         it.with_role(Role::guest);
         it.request.action.clear();
     },
     kNoDesigns},
    {"a reporter pushes",
     [](Scenario& it) {
         on_design(it);
         it.pushes(updated("refs/heads/master"));
         it.with_role(Role::reporter);
     },
     "granted"},
    {"a planner fetches",
     [](Scenario& it) {
         on_design(it);
         it.with_role(Role::planner);
     },
     "granted"},
    {"a stranger on a public project",
     [](Scenario& it) {
         on_design(it);
         it.project().visibility = Visibility::public_;
         it.with_role(Role::none);
     },
     kNoDesigns},
    {"a deploy key",
     [](Scenario& it) {
         on_design(it);
         it.with_deploy_key();
     },
     kNoDesigns},
    {"a blocked user",
     [](Scenario& it) {
         on_design(it);
         it.user().state = UserState::blocked;
     },
     "5 401 Your account has been blocked."},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(git_access_other_repositories)

BOOST_DATA_TEST_CASE(wikis, boost::unit_test::data::make(kWikis), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_DATA_TEST_CASE(snippets, boost::unit_test::data::make(kSnippets), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

// What a path means has to be looked up first; what gl_repository means is known at once.
BOOST_AUTO_TEST_CASE(before_the_look_up_only_what_is_clear_is_refused) {
    for (const ContainerKind kind : {ContainerKind::design, ContainerKind::snippet}) {
        Scenario scenario;
        scenario.with_deploy_key();
        scenario.without_container();
        scenario.request.path.kind = kind;
        BOOST_TEST(refuse_caller(scenario.input()).has_value());
        scenario.request.path.whole_path = "group/project";
        BOOST_TEST(!refuse_caller(scenario.input()).has_value());
    }
}

BOOST_DATA_TEST_CASE(designs, boost::unit_test::data::make(kDesigns), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

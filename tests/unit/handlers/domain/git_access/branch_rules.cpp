// Branches in a push.

#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/git_access/scenario.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr std::string_view kNoPush = "P1 401 You are not allowed to push code to this project.";
constexpr std::string_view kDefaultBranch =
    "B1 401 The default branch of a project cannot be deleted.";
constexpr std::string_view kShaName =
    "B2 401 You cannot create a branch with a SHA-1 or SHA-256 branch name.";
constexpr std::string_view kBadName = "B3 401 You cannot create a branch with an invalid name.";
constexpr std::string_view kForcePush =
    "B4 401 You are not allowed to force push code to a protected branch on this project.";
constexpr std::string_view kFirstPush =
    "B5 401 \nA default branch (e.g. main) does not yet exist for group/project\n"
    "Ask a project Owner or Maintainer to create a default branch:\n\n"
    "  https://gitlab.example.com/group/project/-/project_members\n\n";
constexpr std::string_view kNoCreation =
    "B6 401 You are not allowed to create protected branches on this project.";
constexpr std::string_view kNoBase =
    "B6 401 You can only use an existing protected branch ref as the basis of a new protected "
    "branch.";
constexpr std::string_view kCreationOnWeb =
    "B6 401 You can only create protected branches using the web interface and API.";
constexpr std::string_view kNoDeletion =
    "B7 401 You are not allowed to delete protected branches from this project. Only a project "
    "maintainer or owner can delete a protected branch.";
constexpr std::string_view kDeletionOnWeb =
    "B7 401 You can only delete protected branches using the web interface.";
constexpr std::string_view kNoMerge =
    "B8 401 You are not allowed to merge code into protected branches on this project.";
constexpr std::string_view kNoProtectedPush =
    "B8 401 You are not allowed to push code to protected branches on this project.";

/// release/* is pushed to by maintainers and merged into by developers.
void protect(Scenario& it) {
    it.push.branches.push_back({
        .name = "release/*",
        .allows_force_push = false,
        .push = {level_row(Role::maintainer)},
        .merge = {level_row(Role::developer)},
    });
}

void developer_creates(Scenario& it) {
    protect(it);
    it.with_role(Role::developer);
    it.pushes(created("refs/heads/release/1"));
}

void developer_updates(Scenario& it) {
    protect(it);
    it.with_role(Role::developer);
    it.pushes(updated("refs/heads/release/1"));
}

void first_push_by(Scenario& it, Role role) {
    it.with_role(role);
    it.inspection.is_empty_answer = true;
    it.pushes(created("refs/heads/main"));
}

const std::vector<DecisionExample> kPushRight{
    {"a developer makes, updates and deletes branches",
     [](Scenario& it) {
         it.with_role(Role::developer);
         it.pushes(created("refs/heads/a") + updated("refs/heads/b") + deleted("refs/heads/c"));
     },
     "granted"},
    {"a reporter",
     [](Scenario& it) {
         it.with_role(Role::reporter);
         it.pushes(updated("refs/heads/a"));
     },
     kNoPush},
    {"a reporter and another ref",
     [](Scenario& it) {
         it.with_role(Role::reporter);
         it.pushes(updated("refs/notes/commits"));
     },
     kNoPush},
    {"other refs have no other rule",
     [](Scenario& it) {
         it.with_role(Role::developer);
         it.pushes(updated("refs/notes/HEAD..lock") + deleted("refs/merge-requests/1/head"));
     },
     "granted"},
    {"a merge request lets push to its branch",
     [](Scenario& it) {
         it.with_role(Role::guest);
         it.standing.collaboration_branches = {"fix"};
         it.pushes(updated("refs/heads/fix"));
     },
     "granted"},
    {"and to no other",
     [](Scenario& it) {
         it.with_role(Role::guest);
         it.standing.collaboration_branches = {"fix"};
         it.pushes(updated("refs/heads/fix") + updated("refs/heads/main"));
     },
     kNoPush},
    {"nor to a tag of that name",
     [](Scenario& it) {
         it.with_role(Role::guest);
         it.standing.collaboration_branches = {"fix"};
         it.pushes(created("refs/tags/fix"));
     },
     kNoPush},
    {"a deploy key of an owner without role",
     [](Scenario& it) {
         it.with_deploy_key();
         it.with_role(Role::none);
         it.project().visibility = Visibility::public_;
         it.pushes(updated("refs/heads/a"));
     },
     "granted"},
    {"a deploy key whose owner cannot see the project",
     [](Scenario& it) {
         it.with_deploy_key();
         it.with_role(Role::none);
         it.pushes(updated("refs/heads/a"));
     },
     kNoPush},
    {"a deploy key whose owner is blocked",
     [](Scenario& it) {
         it.with_deploy_key();
         it.user().state = UserState::blocked;
         it.pushes(updated("refs/heads/a"));
     },
     kNoPush},
    {"a deploy key whose owner is gone",
     [](Scenario& it) {
         it.with_deploy_key();
         it.actor.user.reset();
         it.pushes(updated("refs/heads/a"));
     },
     kNoPush},
    {"a deploy key cannot collaborate",
     [](Scenario& it) {
         it.with_deploy_key();
         it.user().state = UserState::blocked;
         it.standing.collaboration_branches = {"a"};
         it.pushes(updated("refs/heads/a"));
     },
     kNoPush},
};

const std::vector<DecisionExample> kNames{
    {"the default branch is deleted",
     [](Scenario& it) { it.pushes(deleted("refs/heads/main")); },
     kDefaultBranch},
    {"the default branch is the repository's, not the database's",
     [](Scenario& it) {
         it.inspection.default_branch_answer = std::optional<std::string>{"trunk"};
         it.pushes(deleted("refs/heads/main"));
     },
     "granted"},
    {"no default branch",
     [](Scenario& it) {
         it.inspection.default_branch_answer = std::optional<std::string>{};
         it.pushes(deleted("refs/heads/main"));
     },
     "granted"},
    {"a commit's name",
     [](Scenario& it) { it.pushes(created("refs/heads/" + std::string(40, 'a'))); },
     kShaName},
    {"a commit's name and more",
     [](Scenario& it) { it.pushes(updated("refs/heads/" + std::string(64, 'a') + "-/x")); },
     kShaName},
    {"a branch with a commit's name may go",
     [](Scenario& it) { it.pushes(deleted("refs/heads/" + std::string(40, 'a'))); },
     "granted"},
    {"a bad name", [](Scenario& it) { it.pushes(created("refs/heads/a..b")); }, kBadName},
    {"a bad name on update", [](Scenario& it) { it.pushes(updated("refs/heads/HEAD")); }, kBadName},
    {"no name", [](Scenario& it) { it.pushes(created("refs/heads/")); }, kBadName},
    {"a name with a space", [](Scenario& it) { it.pushes(created("refs/heads/a b")); }, kBadName},
    {"a branch with a bad name may go",
     [](Scenario& it) { it.pushes(deleted("refs/heads/a..b")); },
     "granted"},
    {"B2 comes before B3",
     [](Scenario& it) { it.pushes(created("refs/heads/" + std::string(40, 'a') + "/.x")); },
     kShaName},
};

const std::vector<DecisionExample> kProtected{
    {"a force push by a maintainer",
     [](Scenario& it) {
         protect(it);
         it.inspection.is_ancestor_answer = false;
         it.pushes(updated("refs/heads/release/1"));
     },
     kForcePush},
    {"a force push where one matching rule allows it",
     [](Scenario& it) {
         protect(it);
         it.push.branches.push_back(
             {.name = "*/1", .allows_force_push = true, .push = {}, .merge = {}}
         );
         it.inspection.is_ancestor_answer = false;
         it.pushes(updated("refs/heads/release/1"));
     },
     "granted"},
    {"a force push of an unprotected branch",
     [](Scenario& it) {
         protect(it);
         it.inspection.is_ancestor_answer = false;
         it.pushes(updated("refs/heads/feature"));
     },
     "granted"},
    {"B4 comes before B8",
     [](Scenario& it) {
         developer_updates(it);
         it.inspection.is_ancestor_answer = false;
     },
     kForcePush},
    {"a maintainer creates",
     [](Scenario& it) {
         protect(it);
         it.pushes(created("refs/heads/release/1"));
     },
     "granted"},
    {"a maintainer of a rule that lets nobody push",
     [](Scenario& it) {
         it.push.branches.push_back(
             {.name = "x", .allows_force_push = false, .push = {}, .merge = {}}
         );
         it.pushes(updated("refs/heads/x"));
     },
     kNoProtectedPush},
    {"an administrator of a rule that lets nobody push",
     [](Scenario& it) {
         it.as_admin();
         it.push.branches.push_back(
             {.name = "x", .allows_force_push = false, .push = {level_row(Role::none)}, .merge = {}}
         );
         it.pushes(updated("refs/heads/x"));
     },
     kNoProtectedPush},
    {"who can neither push nor merge creates none",
     [](Scenario& it) {
         developer_creates(it);
         it.push.branches[0].merge = {};
     },
     kNoCreation},
    {"who can merge needs a protected base", developer_creates, kNoBase},
    {"a base that is not protected",
     [](Scenario& it) {
         developer_creates(it);
         it.inspection.branches_answer = std::vector<std::string>{"feature"};
     },
     kNoBase},
    {"a protected base, but over SSH",
     [](Scenario& it) {
         developer_creates(it);
         it.inspection.branches_answer = std::vector<std::string>{"feature", "release/0"};
     },
     kCreationOnWeb},
    {"a protected base, but over HTTP",
     [](Scenario& it) {
         developer_creates(it);
         it.request.protocol = "http";
         it.inspection.branches_answer = std::vector<std::string>{"release/0"};
     },
     kCreationOnWeb},
    {"a protected base through the web interface",
     [](Scenario& it) {
         developer_creates(it);
         it.request.protocol = "web";
         it.inspection.branches_answer = std::vector<std::string>{"release/0"};
     },
     "granted"},
    {"a developer deletes",
     [](Scenario& it) {
         protect(it);
         it.with_role(Role::developer);
         it.request.protocol = "web";
         it.pushes(deleted("refs/heads/release/1"));
     },
     kNoDeletion},
    {"a maintainer deletes over SSH",
     [](Scenario& it) {
         protect(it);
         it.pushes(deleted("refs/heads/release/1"));
     },
     kDeletionOnWeb},
    {"a maintainer deletes through the web interface",
     [](Scenario& it) {
         protect(it);
         it.request.protocol = "web";
         it.pushes(deleted("refs/heads/release/1"));
     },
     "granted"},
    {"an administrator deletes through the web interface",
     [](Scenario& it) {
         protect(it);
         it.as_admin();
         it.request.protocol = "web";
         it.pushes(deleted("refs/heads/release/1"));
     },
     "granted"},
    {"a developer updates", developer_updates, kNoProtectedPush},
    {"a maintainer updates",
     [](Scenario& it) {
         developer_updates(it);
         it.with_role(Role::maintainer);
     },
     "granted"},
    {"a deploy key is judged by its owner's role",
     [](Scenario& it) {
         developer_updates(it);
         it.with_deploy_key();
     },
     kNoProtectedPush},
    {"a deploy key that a rule names",
     [](Scenario& it) {
         developer_updates(it);
         it.with_deploy_key();
         it.with_role(Role::guest);
         it.push.branches[0].push.push_back(
             {.subject = ProtectionRow::Subject::deploy_key,
              .level = Role::none,
              .names_actor = true}
         );
     },
     "granted"},
    {"the server merges for whoever may merge",
     [](Scenario& it) {
         developer_updates(it);
         it.push.locked_merge_requests = {{"release/1", std::string{kNewId}}};
     },
     "granted"},
    {"the server merges for whoever may not",
     [](Scenario& it) {
         developer_updates(it);
         it.push.branches[0].merge = {};
         it.push.locked_merge_requests = {{"release/1", std::string{kNewId}}};
     },
     kNoMerge},
    {"the server merges for whoever may only push",
     [](Scenario& it) {
         developer_updates(it);
         it.push.branches[0].merge = {};
         it.push.branches[0].push = {level_row(Role::developer)};
         it.push.locked_merge_requests = {{"release/1", std::string{kNewId}}};
     },
     "granted"},
    {"another commit is no merge",
     [](Scenario& it) {
         developer_updates(it);
         it.push.locked_merge_requests = {{"release/1", std::string{kOldId}}};
     },
     kNoProtectedPush},
    {"another branch is no merge",
     [](Scenario& it) {
         developer_updates(it);
         it.push.locked_merge_requests = {{"release/2", std::string{kNewId}}};
     },
     kNoProtectedPush},
    {"collaboration opens no protected branch",
     [](Scenario& it) {
         developer_updates(it);
         it.with_role(Role::guest);
         it.standing.collaboration_branches = {"release/1"};
     },
     kNoProtectedPush},
};

const std::vector<DecisionExample> kFirstPushes{
    {"a developer", [](Scenario& it) { first_push_by(it, Role::developer); }, kFirstPush},
    {"a maintainer", [](Scenario& it) { first_push_by(it, Role::maintainer); }, "granted"},
    {"an owner", [](Scenario& it) { first_push_by(it, Role::owner); }, "granted"},
    {"an administrator",
     [](Scenario& it) {
         first_push_by(it, Role::none);
         it.as_admin();
     },
     "granted"},
    {"a developer where they may push first",
     [](Scenario& it) {
         first_push_by(it, Role::developer);
         it.instance.branch_protection_defaults.developer_can_initial_push = true;
     },
     "granted"},
    {"the group's defaults win",
     [](Scenario& it) {
         first_push_by(it, Role::developer);
         it.instance.branch_protection_defaults.developer_can_initial_push = true;
         it.project().branch_protection_defaults = BranchProtectionDefaults{};
     },
     kFirstPush},
    {"a developer where developers push",
     [](Scenario& it) {
         first_push_by(it, Role::developer);
         it.instance.branch_protection_defaults.allowed_to_push = {Role::developer};
     },
     "granted"},
    {"a developer where a rule protects and developers push",
     [](Scenario& it) {
         first_push_by(it, Role::developer);
         it.instance.branch_protection_defaults.allowed_to_push = {Role::developer};
         it.push.branches = {{.name = "main", .allows_force_push = false, .push = {}, .merge = {}}};
     },
     "granted"},
    {"a developer whom a rule lets push",
     [](Scenario& it) {
         first_push_by(it, Role::developer);
         it.push.branches = {
             {.name = "main",
              .allows_force_push = false,
              .push = {level_row(Role::developer)},
              .merge = {}}};
     },
     "granted"},
    {"a maintainer against a rule that lets nobody push",
     [](Scenario& it) {
         first_push_by(it, Role::maintainer);
         it.push.branches = {{.name = "main", .allows_force_push = false, .push = {}, .merge = {}}};
     },
     "granted"},
    {"a deploy key of a developer",
     [](Scenario& it) {
         first_push_by(it, Role::developer);
         it.with_deploy_key();
     },
     kFirstPush},
    {"every branch counts",
     [](Scenario& it) {
         first_push_by(it, Role::developer);
         it.pushes(created("refs/heads/feature"));
     },
     kFirstPush},
    {"not in a repository that has branches",
     [](Scenario& it) {
         first_push_by(it, Role::developer);
         it.inspection.is_empty_answer = false;
     },
     "granted"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(git_access_branches)

BOOST_DATA_TEST_CASE(push_right, boost::unit_test::data::make(kPushRight), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_DATA_TEST_CASE(names_and_default, boost::unit_test::data::make(kNames), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_DATA_TEST_CASE(protected_branches, boost::unit_test::data::make(kProtected), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_DATA_TEST_CASE(first_pushes, boost::unit_test::data::make(kFirstPushes), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_AUTO_TEST_CASE(ancestry_is_asked_from_old_to_new) {
    Scenario scenario;
    protect(scenario);
    scenario.pushes(updated("refs/heads/release/1"));
    BOOST_TEST(summary(scenario.decide()) == "granted");
    const std::string question = "is_ancestor " + std::string{kOldId} + " " + std::string{kNewId};
    BOOST_TEST(scenario.inspection.times_asked(question) == 1U);
}

BOOST_AUTO_TEST_CASE(the_state_of_a_repository_is_asked_once) {
    Scenario scenario;
    scenario.pushes(
        created("refs/heads/a") + created("refs/heads/b") + deleted("refs/heads/c") +
        deleted("refs/heads/d") + created("refs/tags/e")
    );
    BOOST_TEST(summary(scenario.decide()) == "granted");
    BOOST_TEST(scenario.inspection.times_asked("is_empty") == 1U);
    BOOST_TEST(scenario.inspection.times_asked("default_branch") == 1U);
    BOOST_TEST(scenario.inspection.times_asked("exists") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

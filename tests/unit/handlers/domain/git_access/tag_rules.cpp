// Tags in a push.

#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/git_access/scenario.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr std::string_view kNoChange =
    "T1 401 You are not allowed to change existing tags on this project.";
constexpr std::string_view kDefaultBranch =
    "T2 401 You cannot use default branch name to create a tag";
constexpr std::string_view kPattern = "T3 401 You cannot create a tag with a prohibited pattern.";
constexpr std::string_view kShaName =
    "T3 401 You cannot create a tag with a SHA-1 or SHA-256 tag name.";
constexpr std::string_view kNoUtf8 =
    "T3 401 Tag names must be valid when converted to UTF-8 encoding";
constexpr std::string_view kNoUpdate = "T4 401 Protected tags cannot be updated.";
constexpr std::string_view kNoDeletion =
    "T5 401 You are not allowed to delete protected tags from this project. Only a project "
    "maintainer "
    "or owner can delete a protected tag.";
constexpr std::string_view kDeletionOnWeb =
    "T5 401 You can only delete protected tags using the web interface.";
constexpr std::string_view kNoCreation =
    "T6 401 You are not allowed to create this tag as it is protected.";

void protect(Scenario& it) {
    it.push.tags = {{.name = "v*", .create = {level_row(Role::maintainer)}}};
}

const std::vector<DecisionExample> kTags{
    {"a developer makes, moves and deletes tags",
     [](Scenario& it) {
         it.with_role(Role::developer);
         it.pushes(created("refs/tags/a") + updated("refs/tags/b") + deleted("refs/tags/c"));
     },
     "granted"},
    {"a deploy key whose owner may not push makes tags",
     [](Scenario& it) {
         it.with_deploy_key();
         it.with_role(Role::guest);
         it.pushes(created("refs/tags/a"));
     },
     "granted"},
    {"but moves none",
     [](Scenario& it) {
         it.with_deploy_key();
         it.with_role(Role::guest);
         it.pushes(updated("refs/tags/a"));
     },
     kNoChange},
    {"and deletes none",
     [](Scenario& it) {
         it.with_deploy_key();
         it.with_role(Role::guest);
         it.pushes(deleted("refs/tags/a"));
     },
     kNoChange},
    {"the default branch's name",
     [](Scenario& it) { it.pushes(created("refs/tags/main")); },
     kDefaultBranch},
    {"a tag that has it already is moved",
     [](Scenario& it) { it.pushes(updated("refs/tags/main")); },
     "granted"},
    {"T2 comes before T3",
     [](Scenario& it) {
         it.inspection.default_branch_answer = std::optional<std::string>{"a..b"};
         it.pushes(created("refs/tags/a..b"));
     },
     kDefaultBranch},
    {"a bad name", [](Scenario& it) { it.pushes(created("refs/tags/a..b")); }, kPattern},
    {"a bad name on update", [](Scenario& it) { it.pushes(updated("refs/tags/a..b")); }, kPattern},
    {"a tag with a bad name may go",
     [](Scenario& it) { it.pushes(deleted("refs/tags/a..b")); },
     "granted"},
    {"refs/tags/ twice",
     [](Scenario& it) { it.pushes(created("refs/tags/refs/tags/v1")); },
     kPattern},
    {"a commit's name",
     [](Scenario& it) { it.pushes(created("refs/tags/" + std::string(40, 'b'))); },
     kShaName},
    {"a name that begins like a commit",
     [](Scenario& it) { it.pushes(updated("refs/tags/" + std::string(40, 'b') + "-rc1")); },
     kShaName},
    {"no UTF-8", [](Scenario& it) { it.pushes(created("refs/tags/caf\xE9")); }, kNoUtf8},
    {"UTF-8 comes before the pattern",
     [](Scenario& it) { it.pushes(created("refs/tags/caf\xE9..")); },
     kNoUtf8},
    {"a protected tag is moved",
     [](Scenario& it) {
         protect(it);
         it.pushes(updated("refs/tags/v1"));
     },
     kNoUpdate},
    {"a protected tag is moved by an administrator through the web interface",
     [](Scenario& it) {
         protect(it);
         it.as_admin();
         it.request.protocol = "web";
         it.pushes(updated("refs/tags/v1"));
     },
     kNoUpdate},
    {"a developer deletes a protected tag",
     [](Scenario& it) {
         protect(it);
         it.with_role(Role::developer);
         it.request.protocol = "web";
         it.pushes(deleted("refs/tags/v1"));
     },
     kNoDeletion},
    {"a maintainer deletes one over SSH",
     [](Scenario& it) {
         protect(it);
         it.pushes(deleted("refs/tags/v1"));
     },
     kDeletionOnWeb},
    {"a maintainer deletes one through the web interface",
     [](Scenario& it) {
         protect(it);
         it.request.protocol = "web";
         it.pushes(deleted("refs/tags/v1"));
     },
     "granted"},
    {"but not one they could not make",
     [](Scenario& it) {
         protect(it);
         it.push.tags[0].create = {level_row(Role::none)};
         it.request.protocol = "web";
         it.pushes(deleted("refs/tags/v1"));
     },
     kNoCreation},
    {"a developer makes a protected tag",
     [](Scenario& it) {
         protect(it);
         it.with_role(Role::developer);
         it.pushes(created("refs/tags/v1"));
     },
     kNoCreation},
    {"a maintainer makes one",
     [](Scenario& it) {
         protect(it);
         it.pushes(created("refs/tags/v1"));
     },
     "granted"},
    {"one that nobody may make",
     [](Scenario& it) {
         protect(it);
         it.as_admin();
         it.push.tags[0].create = {};
         it.pushes(created("refs/tags/v1"));
     },
     kNoCreation},
    {"a deploy key that may make it",
     [](Scenario& it) {
         protect(it);
         it.with_deploy_key();
         it.with_role(Role::guest);
         it.push.tags[0].create.push_back(
             {.subject = ProtectionRow::Subject::deploy_key,
              .level = Role::none,
              .names_actor = true}
         );
         it.pushes(created("refs/tags/v1"));
     },
     "granted"},
    {"a tag that no rule matches",
     [](Scenario& it) {
         protect(it);
         it.with_role(Role::developer);
         it.pushes(created("refs/tags/V1"));
     },
     "granted"},
    {"a protected branch of that name does not protect the tag",
     [](Scenario& it) {
         it.with_role(Role::developer);
         it.push.branches = {{.name = "x", .allows_force_push = false, .push = {}, .merge = {}}};
         it.pushes(created("refs/tags/x"));
     },
     "granted"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(git_access_tags)

BOOST_DATA_TEST_CASE(tags, boost::unit_test::data::make(kTags), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

// What is checked of a whole push, and of the files in it.
#include <chrono>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/git_access/scenario.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr std::string_view kLocked = "D1 401 'art/logo.psd' is locked in Git LFS by @john";
constexpr std::string_view kLfsMissing =
    "L1 401 LFS objects are missing. Ensure LFS is properly set up or try a manual \"git lfs push "
    "--all\".";

/// John has locked a file that the push changes.
void lock(Scenario& it) {
    it.push.lfs_file_locks = {
        {.path = "art/logo.psd", .user_id = UserId{8}, .username = "john"},
        {.path = "art/mine.psd", .user_id = UserId{7}, .username = "jane"},
    };
    it.inspection.paths_answer = std::vector<std::string>{"README", "art/logo.psd"};
    it.pushes(updated("refs/heads/x"));
}

/// Two LFS pointers are new, and one of them was never uploaded.
void point(Scenario& it) {
    it.inspection.pointers_answer = std::vector<LfsPointer>{{"oid1", 1}, {"oid2", 2}};
    it.missing_lfs_objects = {"oid2"};
    it.pushes(updated("refs/heads/x"));
}

void limit_size(Scenario& it) {
    it.instance.file_size_limit_mb = 100;
    it.inspection.blobs_answer = std::vector<BlobSize>{{std::string(40, 'e'), 157'286'400}};
    it.pushes(updated("refs/heads/x"));
}

const std::vector<DecisionExample> kExamples{
    {"a locked file", lock, kLocked},
    {"in a new tag",
     [](Scenario& it) {
         lock(it);
         it.pushes(created("refs/tags/x"));
     },
     kLocked},
    {"locked by oneself",
     [](Scenario& it) {
         lock(it);
         it.inspection.paths_answer = std::vector<std::string>{"art/mine.psd"};
     },
     "granted"},
    {"locked by oneself, pushed with one's deploy key",
     [](Scenario& it) {
         lock(it);
         it.with_deploy_key();
         it.inspection.paths_answer = std::vector<std::string>{"art/mine.psd"};
     },
     "granted"},
    {"another file",
     [](Scenario& it) {
         lock(it);
         it.inspection.paths_answer = std::vector<std::string>{"art/logo.psd.txt"};
     },
     "granted"},
    {"locks of a project without LFS",
     [](Scenario& it) {
         lock(it);
         it.project().is_lfs_enabled = false;
     },
     "granted"},
    {"locks of an instance without LFS",
     [](Scenario& it) {
         lock(it);
         it.instance.is_lfs_enabled = false;
     },
     "granted"},
    {"a ref that is neither branch nor tag",
     [](Scenario& it) {
         lock(it);
         it.pushes(updated("refs/notes/commits"));
     },
     "granted"},
    {"a deletion changes no file",
     [](Scenario& it) {
         lock(it);
         it.pushes(deleted("refs/heads/x"));
     },
     "granted"},
    {"a missing LFS object", point, kLfsMissing},
    {"all LFS objects there",
     [](Scenario& it) {
         point(it);
         it.missing_lfs_objects.clear();
     },
     "granted"},
    {"pointers in a project without LFS",
     [](Scenario& it) {
         point(it);
         it.project().is_lfs_enabled = false;
     },
     "granted"},
    {"a large file",
     limit_size,
     "F1 401 You are attempting to check in one or more blobs which exceed the 100MiB limit:\n\n"
     "- eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee (150.0 MiB)\n\n"
     "Reduce the size of these blobs, or keep them in Git LFS. \"git ls-tree -r HEAD | grep BLOB\" "
     "shows the path of a blob."},
    {"no limit",
     [](Scenario& it) {
         limit_size(it);
         it.instance.file_size_limit_mb = 0;
     },
     "granted"},
    {"L1 comes before F1",
     [](Scenario& it) {
         limit_size(it);
         point(it);
     },
     kLfsMissing},
    {"single changes come before the whole",
     [](Scenario& it) {
         point(it);
         it.pushes(updated("refs/heads/x") + created("refs/heads/a..b"));
     },
     "B3 401 You cannot create a branch with an invalid name."},
    {"the first change that fails is told",
     [](Scenario& it) {
         it.pushes(
             updated("refs/heads/x") + created("refs/tags/a..b") + created("refs/heads/a..b")
         );
     },
     "T3 401 You cannot create a tag with a prohibited pattern."},
    {"a line that is none",
     [](Scenario& it) { it.pushes(updated("refs/heads/x") + "nonsense\n"); },
     "22 401 The changes of this push cannot be read: line 2 does not hold an old object id, a new "
     "one and a ref."},
    {"an id that is none",
     [](Scenario& it) { it.pushes("1 2 refs/heads/x"); },
     "22 401 The changes of this push cannot be read: line 1 holds an object id that is not 40 or "
     "64 "
     "hexadecimal digits."},
    {"who may not push does not learn what is wrong with the lines",
     [](Scenario& it) {
         it.pushes("nonsense");
         it.project().visibility = Visibility::public_;
         it.without_user();
     },
     "20 401 You are not allowed to upload code for this project."},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(git_access_pushes)

BOOST_DATA_TEST_CASE(whole_pushes, boost::unit_test::data::make(kExamples), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_AUTO_TEST_CASE(a_new_branch_is_compared_with_what_is_there) {
    Scenario scenario;
    lock(scenario);
    scenario.pushes(created("refs/heads/x"));
    BOOST_TEST(summary(scenario.decide()) == kLocked);
    BOOST_TEST(scenario.inspection.times_asked("first_changed_path  " + std::string{kNewId}) == 1U);
}

BOOST_AUTO_TEST_CASE(only_paths_that_others_have_locked_are_asked_for) {
    Scenario scenario;
    scenario.push.lfs_file_locks = {
        {.path = "own.psd", .user_id = UserId{7}, .username = "jane"},
        {.path = "b.psd", .user_id = UserId{8}, .username = "otto"},
        {.path = "a.psd", .user_id = UserId{9}, .username = "lena"},
    };
    scenario.inspection.paths_answer = {{"own.psd", "other.psd"}};
    scenario.pushes(updated("refs/heads/x"));
    BOOST_TEST(summary(scenario.decide()) == "granted");
    const std::string ids = std::string{kOldId} + " " + std::string{kNewId};
    BOOST_TEST(scenario.inspection.times_asked("first_changed_path " + ids + " b.psd a.psd") == 1U);
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_what_no_rule_needs) {
    Scenario scenario;
    scenario.instance.is_lfs_enabled = false;
    scenario.pushes(updated("refs/heads/x"));
    BOOST_TEST(summary(scenario.decide()) == "granted");
    BOOST_TEST(scenario.inspection.questions.size() == 1U);
    BOOST_TEST(scenario.inspection.times_asked("exists") == 1U);
}

BOOST_AUTO_TEST_CASE(tips_are_told_once_and_deletions_have_none) {
    Scenario scenario;
    scenario.instance.file_size_limit_mb = 1;
    scenario.pushes(
        updated("refs/heads/x") + created("refs/tags/y") + deleted("refs/heads/z") +
        updated("refs/notes/commits")
    );
    BOOST_TEST(summary(scenario.decide()) == "granted");
    const std::string tip{kNewId};
    BOOST_TEST(scenario.inspection.questions.end()[-2] == "new_lfs_pointers " + tip);
    BOOST_TEST(scenario.inspection.questions.back() == "new_blobs_over 1048576 " + tip);

    scenario.inspection.questions.clear();
    scenario.pushes(deleted("refs/heads/z"));
    BOOST_TEST(summary(scenario.decide()) == "granted");
    BOOST_TEST(scenario.inspection.times_asked("new_") == 0U);
}

BOOST_AUTO_TEST_CASE(many_large_files_make_no_endless_text) {
    Scenario scenario;
    limit_size(scenario);
    scenario.inspection.blobs_answer =
        std::vector<BlobSize>(1000, {std::string(40, 'e'), 200'000'000});
    const std::string message = scenario.decide().refusal.message;
    BOOST_TEST(message.size() < 2000U);
    BOOST_TEST(message.find("- and 980 more\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_for_the_log) {
    Scenario scenario;
    point(scenario);
    BOOST_TEST(
        scenario.decide().refusal.log_detail == "1 LFS objects are missing, among them oid2"
    );
}

BOOST_AUTO_TEST_CASE(ten_thousand_refs_against_a_hundred_rules) {
    Scenario scenario;
    for (int i = 0; i < 100; ++i) {
        scenario.push.branches.push_back(
            {.name = "rule-" + std::to_string(i) + "/*",
             .allows_force_push = false,
             .push = {},
             .merge = {}}
        );
    }
    std::string changes;
    for (int i = 0; i < 10'000; ++i) {
        changes += created("refs/heads/branch-" + std::to_string(i));
    }
    scenario.pushes(changes);
    const auto start = std::chrono::steady_clock::now();
    BOOST_TEST(summary(scenario.decide()) == "granted");
    // Takes about 50 ms in a debug build.
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds{5}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

#include "handlers/inspectors/local_inspection.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

using test::kUnknownId;
using test::outcome;

const std::string kShaLike = "0123456789012345678901234567890123456789";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(local_inspection, test::GitSandbox)

BOOST_AUTO_TEST_CASE(new_repository_is_there_and_empty) {
    create_repository();
    const auto inspection = inspect();
    BOOST_TEST(inspection->exists().value());
    BOOST_TEST(inspection->is_empty().value());
    BOOST_TEST(inspection->default_branch().value().value() == "main");
    BOOST_TEST(inspection->new_blobs_over({}, 0).value().empty());
}

BOOST_AUTO_TEST_CASE(tags_alone_make_no_branch) {
    create_repository();
    commit({{"a", "1"}});
    push({"main:refs/tags/v1"});
    BOOST_TEST(inspect()->is_empty().value());
    push({"main:topic"});
    BOOST_TEST(!inspect()->is_empty().value());
}

BOOST_AUTO_TEST_CASE(head_names_the_default_branch_unless_it_is_detached) {
    create_repository();
    const std::string id = commit({{"a", "1"}});
    push({"main"});
    git(repository(), {"symbolic-ref", "HEAD", "refs/heads/release/1.0"});
    BOOST_TEST(inspect()->default_branch().value().value() == "release/1.0");
    git(repository(), {"update-ref", "--no-deref", "HEAD", id});
    BOOST_TEST(!inspect()->default_branch().value().has_value());
}

BOOST_AUTO_TEST_CASE(missing_repository_is_an_answer_to_one_question_only) {
    const auto inspection = inspect();
    BOOST_TEST(!inspection->exists().value());
    BOOST_TEST(outcome(inspection->is_empty()) == "failed");
    BOOST_TEST(outcome(inspection->default_branch()) == "failed");
    BOOST_TEST(outcome(inspection->is_ancestor(kUnknownId, kUnknownId)) == "failed");
    std::filesystem::create_directories(repository());
    BOOST_TEST(!inspect()->exists().value());
}

BOOST_AUTO_TEST_CASE(fast_forward_and_force_push_are_told_apart) {
    create_repository();
    const std::string base = commit({{"a", "1"}});
    const std::string old_tip = commit({{"a", "2"}});
    push({"main"});
    git(work(), {"reset", "--quiet", "--hard", base});
    const std::string rewritten = commit({{"a", "3"}});
    push({"main:rewritten"});
    const auto inspection = inspect();
    BOOST_TEST(inspection->is_ancestor(base, old_tip).value());
    BOOST_TEST(inspection->is_ancestor(base, rewritten).value());
    BOOST_TEST(inspection->is_ancestor(old_tip, old_tip).value());
    BOOST_TEST(!inspection->is_ancestor(old_tip, rewritten).value());
    BOOST_TEST(!inspection->is_ancestor(old_tip, base).value());
}

BOOST_AUTO_TEST_CASE(unrelated_histories_are_no_fast_forward) {
    create_repository();
    const std::string one = commit({{"a", "1"}});
    push({"main"});
    git(work(), {"checkout", "--quiet", "--orphan", "other"});
    const std::string other = commit({{"a", "2"}});
    push({"other"});
    BOOST_TEST(!inspect()->is_ancestor(one, other).value());
}

BOOST_AUTO_TEST_CASE(annotated_tags_stand_for_their_commits) {
    create_repository();
    const std::string a = "a";
    const std::string base = commit({{a, "1"}});
    git(work(), {"tag", "--annotate", "--message=one", "v1"});
    git(work(), {"tag", "--annotate", "--message=two", "v2", "v1"});  // a tag of a tag
    const std::string tip = commit({{"a", "2"}});
    push({"main", "v1", "v2"});
    const std::string tag = git(work(), {"rev-parse", "v2"});
    BOOST_TEST(tag != base);
    BOOST_TEST(inspect()->is_ancestor(tag, tip).value());
    BOOST_TEST(inspect()->first_changed_path(tag, tip, std::vector{a}).value().value() == "a");
    BOOST_TEST(inspect()->file_count(tag).value() == 1U);
}

BOOST_AUTO_TEST_CASE(branches_that_contain_a_commit) {
    create_repository();
    const std::string base = commit({{"a", "1"}});
    push({"main:old", "main:feature/deep", "main:" + kShaLike, "main:refs/tags/v1"});
    const std::string tip = commit({{"a", "2"}});
    push({"main"});
    const std::vector<std::string> all{kShaLike, "feature/deep", "main", "old"};
    auto found = inspect()->branches_containing(base).value();
    std::ranges::sort(found);
    BOOST_TEST(found == all, boost::test_tools::per_element());
    BOOST_TEST(inspect()->branches_containing(tip).value() == std::vector<std::string>{"main"});
    const std::string elsewhere = commit({{"a", "3"}});
    push({"main:refs/other/x"});
    BOOST_TEST(inspect()->branches_containing(elsewhere).value().empty());
}

BOOST_AUTO_TEST_CASE(packed_repositories_are_read_alike) {
    create_repository();
    const std::string base = commit({{"a", "1"}});
    const std::string tip = commit({{"a", "2"}});
    push({"main"});
    git(repository(), {"gc", "--quiet"});
    BOOST_TEST(inspect()->is_ancestor(base, tip).value());
    BOOST_TEST(inspect()->branches_containing(base).value() == std::vector<std::string>{"main"});
}

// As the forks of a project: their objects lie in a pool.
BOOST_AUTO_TEST_CASE(alternates_of_the_repository_are_followed) {
    create_repository();
    const std::string base = commit({{"a", "1"}});
    push({"main"});
    git(storage(), {"clone", "--quiet", "--bare", "--shared", repository().native(), "fork.git"});
    test::write_text(
        storage() / "fork.git/objects/info/alternates", "../../group/project.git/objects\n"
    );
    BOOST_TEST(inspect({}, "fork.git")->is_ancestor(base, base).value());
}

BOOST_AUTO_TEST_CASE(files_are_counted_wherever_they_stand) {
    create_repository();
    const std::string id =
        commit({{"a/x", "1"}, {"a/y", "2"}, {"b/a/x", "1"}, {"b/a/y", "2"}, {"top", "1"}});
    const std::string none = git(work(), {"commit-tree", "-m", "none", git(work(), {"mktree"})});
    push({"main", none + ":refs/heads/none"});
    BOOST_TEST(inspect()->file_count(id).value() == 5U);
    BOOST_TEST(inspect()->file_count(none).value() == 0U);
}

BOOST_AUTO_TEST_CASE(ids_that_are_none_fail) {
    create_repository();
    const std::string id = commit({{"a", "1"}});
    push({"main"});
    const std::string blob = git(work(), {"rev-parse", "HEAD:a"});
    const auto inspection = inspect();
    for (const std::string& wrong :
         {std::string{},
          std::string{"main"},
          id.substr(0, 10),
          id + "0",
          std::string(64, 'a'),
          std::string(40, 'g'),
          std::string(40, '0'),
          std::string{kUnknownId},
          blob}) {
        BOOST_TEST(outcome(inspection->is_ancestor(wrong, id)) == "failed", wrong);
        BOOST_TEST(outcome(inspection->is_ancestor(id, wrong)) == "failed", wrong);
        BOOST_TEST(outcome(inspection->branches_containing(wrong)) == "failed", wrong);
    }
    for (const std::string& wrong : {std::string{}, std::string{kUnknownId}}) {
        BOOST_TEST(outcome(inspection->file_count(wrong)) == "failed", wrong);
        const std::vector<std::string> paths{"a"};
        BOOST_TEST(outcome(inspection->first_changed_path(id, wrong, paths)) == "failed", wrong);
        BOOST_TEST(outcome(inspection->new_lfs_pointers(std::vector{wrong})) == "failed", wrong);
        BOOST_TEST(outcome(inspection->new_blobs_over(std::vector{wrong}, 1)) == "failed", wrong);
    }
}

BOOST_AUTO_TEST_CASE(branches_are_found_by_their_whole_names) {
    create_repository();
    BOOST_TEST(!inspect()->has_branch("main").value());
    commit({{"a", "1"}});
    push({"main", "main:topic/one"});
    for (const std::string name : {"main", "topic/one"}) {
        BOOST_TEST(inspect()->has_branch(name).value(), name);
    }
    for (const std::string name : {"mai", "main2", "topic", "one", "refs/heads/main", ""}) {
        BOOST_TEST(!inspect()->has_branch(name).value(), name);
    }
    git(repository(), {"pack-refs", "--all"});
    BOOST_TEST(inspect()->has_branch("topic/one").value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

// What a push brings, as the checks of LFS objects and file sizes see it.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

std::string pointer_to(char digit, int size) {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, digit) +
           "\nsize " + std::to_string(size) + "\n";
}

/// Commits that are in the repository, but under no ref there yet.
struct PushedSandbox : test::GitSandbox {
    PushedSandbox() {
        create_repository();
        commit({{"old.bin", pointer_to('a', 1)}, {"old/large", std::string(3000, 'o')}});
        push({"main"});
    }

    /// Brings the tip's objects in, as a push does before its refs are written.
    std::string bring(const std::string& revision = "HEAD") {
        const std::string tip = git(work(), {"rev-parse", revision});
        push({tip + ":refs/tags/carrier"});
        git(repository(), {"update-ref", "-d", "refs/tags/carrier"});
        return tip;
    }

    std::vector<std::string> pointers(const std::vector<std::string>& tips) {
        std::vector<std::string> found;
        const auto answer = inspect()->new_lfs_pointers(tips);
        for (const auto& pointer : answer.value()) {
            found.push_back(pointer.oid.substr(0, 1) + std::to_string(pointer.size));
        }
        std::ranges::sort(found);
        return found;
    }

    std::vector<std::uint64_t> sizes(const std::vector<std::string>& tips, std::uint64_t over) {
        std::vector<std::uint64_t> found;
        const auto answer = inspect()->new_blobs_over(tips, over);
        for (const auto& blob : answer.value()) {
            BOOST_TEST(git(work(), {"cat-file", "-s", blob.oid}) == std::to_string(blob.bytes));
            found.push_back(blob.bytes);
        }
        std::ranges::sort(found);
        return found;
    }
};

using Texts = std::vector<std::string>;
using Sizes = std::vector<std::uint64_t>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(new_objects, PushedSandbox)

BOOST_AUTO_TEST_CASE(pointers_of_all_new_commits_are_found) {
    commit({{"x/1.bin", pointer_to('b', 10)}});
    commit({{"x/1.bin", pointer_to('c', 20)}, {"text", "version 1\n"}});
    const std::string tip = bring();
    BOOST_TEST(pointers({tip}) == (Texts{"b10", "c20"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_ref_reaches_is_not_new) {
    const std::string tip = git(work(), {"rev-parse", "HEAD"});
    BOOST_TEST(pointers({tip}).empty());
    BOOST_TEST(sizes({tip}, 0).empty());
    commit({{"1.bin", pointer_to('b', 10)}});
    const std::string tagged = bring();
    BOOST_TEST(pointers({tagged}).size() == 1U);
    git(work(), {"tag", "--annotate", "--message=v", "v1"});
    push({"v1"});
    BOOST_TEST(pointers({tagged}).empty());
}

BOOST_AUTO_TEST_CASE(sizes_are_compared_strictly) {
    commit({{"a", std::string(1000, 'a')}, {"b/c", std::string(1001, 'b')}});
    const std::string tip = bring();
    BOOST_TEST(sizes({tip}, 1000) == Sizes{1001}, boost::test_tools::per_element());
    BOOST_TEST(sizes({tip}, 999) == (Sizes{1000, 1001}), boost::test_tools::per_element());
}

// The file was good enough when it came; a rename is no reason to refuse it now.
BOOST_AUTO_TEST_CASE(moved_files_are_not_new) {
    git(work(), {"mv", "old", "renamed"});
    git(work(), {"mv", "old.bin", "renamed/pointer"});
    commit({{"new", std::string(4000, 'n')}});
    const std::string tip = bring();
    BOOST_TEST(sizes({tip}, 2000) == Sizes{4000}, boost::test_tools::per_element());
    BOOST_TEST(pointers({tip}).empty());
}

// A push costs what it changes, not what the repository holds: a folder that is gone is not missed.
BOOST_AUTO_TEST_CASE(unchanged_folders_are_not_read) {
    commit({{"new", std::string(4000, 'n')}});
    const std::string tip = bring();
    const std::string tree = git(work(), {"rev-parse", "HEAD:old"});
    BOOST_REQUIRE(
        std::filesystem::remove(repository() / "objects" / tree.substr(0, 2) / tree.substr(2))
    );
    BOOST_TEST(sizes({tip}, 1'000'000).empty());
}

BOOST_AUTO_TEST_CASE(file_that_a_later_commit_removes_is_new_nevertheless) {
    commit({{"large", std::string(5000, 'l')}});
    git(work(), {"rm", "--quiet", "large"});
    commit({});
    BOOST_TEST(sizes({bring()}, 2000) == Sizes{5000}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(merges_bring_what_either_side_has) {
    git(work(), {"checkout", "--quiet", "-b", "side"});
    commit({{"side", std::string(6000, 's')}});
    git(work(), {"checkout", "--quiet", "main"});
    commit({{"main", std::string(7000, 'm')}});
    git(work(), {"merge", "--quiet", "--no-ff", "--message=merge", "side"});
    const std::string tip = bring();
    BOOST_TEST(sizes({tip}, 2000) == (Sizes{6000, 7000}), boost::test_tools::per_element());
    push({"side"});
    BOOST_TEST(sizes({tip}, 2000) == Sizes{7000}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(several_tips_are_one_push) {
    commit({{"one", std::string(2001, '1')}});
    const std::string one = bring();
    git(work(), {"checkout", "--quiet", "--orphan", "two"});
    git(work(), {"rm", "--quiet", "-r", "--force", "."});
    commit({{"two", std::string(2002, '2')}});
    const std::string two = bring();
    BOOST_TEST(sizes({one, two}, 2000) == (Sizes{2001, 2002}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(answers_follow_the_tips_that_are_asked_for) {
    const std::string one = (commit({{"one", std::string(2001, '1')}}), bring());
    const std::string two = (commit({{"two", std::string(2002, '2')}}), bring());
    const auto inspection = inspect();
    BOOST_TEST(inspection->new_blobs_over(std::vector{one}, 2000).value().size() == 1U);
    BOOST_TEST(inspection->new_blobs_over(std::vector{two}, 2000).value().size() == 2U);
    BOOST_TEST(inspection->new_blobs_over(std::vector{one}, 2000).value().size() == 1U);
}

BOOST_AUTO_TEST_CASE(tags_may_name_trees_and_files) {
    commit({{"new/large", std::string(8000, 'n')}, {"new/1.bin", pointer_to('d', 40)}});
    const std::string tree = bring("HEAD:new");
    const std::string blob = bring("HEAD:new/1.bin");
    BOOST_TEST(sizes({tree}, 2000) == Sizes{8000}, boost::test_tools::per_element());
    BOOST_TEST(pointers({blob}) == Texts{"d40"}, boost::test_tools::per_element());
    push({tree + ":refs/tags/tree", blob + ":refs/tags/blob"});
    BOOST_TEST(sizes({tree}, 2000).empty());
    BOOST_TEST(pointers({blob}).empty());
}

BOOST_AUTO_TEST_CASE(submodules_are_somebody_elses) {
    git(work(),
        {"update-index", "--add", "--cacheinfo", "160000," + std::string{test::kUnknownId} + ",sub"}
    );
    git(work(), {"commit", "--quiet", "--message=sub"});
    const std::string tip = bring();
    BOOST_TEST(sizes({tip}, 0).empty());
    BOOST_TEST(inspect()->file_count(tip).value() == 3U);
}

#ifndef INNERGATE_LOOKS_THROUGH_GITALY
BOOST_AUTO_TEST_CASE(refs_to_objects_that_are_gone_hide_nothing) {
    commit({{"large", std::string(9000, 'l')}});
    const std::string tip = bring();
    test::write_text(repository() / "refs/heads/broken", std::string{test::kUnknownId} + "\n");
    BOOST_TEST(sizes({tip}, 2000) == Sizes{9000}, boost::test_tools::per_element());
}
#endif

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

// Which of some paths a push changes, as the check of LFS locks asks.
#include <filesystem>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

using Paths = std::vector<std::string>;

struct ChangedPaths : test::GitSandbox {
    ChangedPaths() { create_repository(); }

    /// Those of `paths` that differ, each asked for by itself; one of them when all are asked for.
    Paths changed(const std::string& one, const std::string& other, const Paths& paths) {
        const auto inspection = inspect();
        Paths found;
        for (const std::string& path : paths) {
            if (inspection->first_changed_path(one, other, std::vector{path}).value()) {
                found.push_back(path);
            }
        }
        const auto first = inspection->first_changed_path(one, other, paths).value();
        BOOST_TEST(first.has_value() == !found.empty());
        if (first) {
            BOOST_TEST((std::ranges::find(found, *first) != found.end()));
        }
        return found;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(changed_paths, ChangedPaths)

BOOST_AUTO_TEST_CASE(files_of_both_sides_are_compared) {
    const std::string before = commit(
        {{"same", "1"},
         {"changed", "1"},
         {"gone/file", "1"},
         {"gone/other", "1"},
         {"was/folder", "1"},
         {"becomes", "1"},
         {"d/same", "1"},
         {"d/changed", "1"},
         {"d-x", "1"},
         {"d.x", "1"}}
    );
    git(work(), {"rm", "--quiet", "-r", "gone", "was", "becomes"});
    const std::string after = commit(
        {{"changed", "2"},
         {"was", "1"},
         {"becomes/folder", "1"},
         {"new/deep/file", "1"},
         {"d/changed", "2"},
         {"d.x", "2"}}
    );
    push({"main"});
    const Paths all{
        "same",
        "changed",
        "gone/file",
        "gone/other",
        "was",
        "becomes",
        "was/folder",
        "was/none",
        "becomes/folder",
        "new/deep/file",
        "d/same",
        "d/changed",
        "d-x",
        "d.x",
        "d",
        "new",
        "gone",
        "nowhere",
        "same/below",
        "",
        "/same",
        "changed/",
        "d//changed",
        "./changed",
        "/"};
    const Paths expected{
        "changed",
        "gone/file",
        "gone/other",
        "was",
        "becomes",
        "was/folder",
        "becomes/folder",
        "new/deep/file",
        "d/changed",
        "d.x"};
    BOOST_TEST(changed(before, after, all) == expected, boost::test_tools::per_element());
    BOOST_TEST(changed(after, before, all) == expected, boost::test_tools::per_element());
    BOOST_TEST(changed(before, before, all).empty());
    BOOST_TEST(changed(before, after, {}).empty());
}

BOOST_AUTO_TEST_CASE(path_with_a_nul_names_no_file) {
    const std::string before = commit({{"a", "1"}});
    const std::string after = commit({{"a", "2"}});
    push({"main"});
    BOOST_TEST(changed(before, after, {std::string{"a\0", 2}}).empty());
}

BOOST_AUTO_TEST_CASE(a_new_ref_changes_what_its_new_commits_change) {
    const std::string root = commit({{"first", "1"}});
    push({"main"});
    commit({{"second", "1"}, {"passing", "1"}});
    git(work(), {"rm", "--quiet", "passing"});
    const std::string tip = commit({{"second", "2"}, {"third", "1"}});
    const Paths all{"first", "second", "passing", "third"};
    push({tip + ":refs/heads/topic"});
    BOOST_TEST(changed("", tip, all).empty());

    git(repository(), {"update-ref", "-d", "refs/heads/topic"});
    const Paths expected{"second", "passing", "third"};
    BOOST_TEST(changed("", tip, all) == expected, boost::test_tools::per_element());
    BOOST_TEST(changed("", root, all).empty());
}

BOOST_AUTO_TEST_CASE(the_first_commit_changes_all_that_it_holds) {
    const std::string root = commit({{"a/b", "1"}});
    push({"main"});
    git(repository(), {"update-ref", "-d", "refs/heads/main"});
    BOOST_TEST(changed("", root, {"a", "a/b", "a/c"}) == Paths{"a/b"});
}

BOOST_AUTO_TEST_CASE(mode_alone_is_a_change) {
    const std::string before = commit({{"script", "1"}});
    std::filesystem::permissions(work() / "script", std::filesystem::perms::owner_all);
    const std::string after = commit({});
    push({"main"});
    BOOST_TEST(changed(before, after, {"script"}) == Paths{"script"});
}

#ifndef INNERGATE_LOOKS_THROUGH_GITALY
// What a push changes elsewhere costs nothing: folders that are gone are not missed.
BOOST_AUTO_TEST_CASE(folders_that_lead_nowhere_are_not_read) {
    const std::string before = commit({{"a/x", "1"}, {"b/c/y", "1"}});
    const std::string after = commit({{"a/x", "2"}, {"b/c/y", "2"}, {"b/d/z", "2"}});
    push({"main"});
    for (const char* const folder : {"a", "b/d"}) {
        const std::string tree = git(work(), {"rev-parse", std::string{"HEAD:"} + folder});
        BOOST_REQUIRE(
            std::filesystem::remove(repository() / "objects" / tree.substr(0, 2) / tree.substr(2))
        );
    }
    BOOST_TEST(changed(before, after, {"b/c/y", "b/c/none"}) == Paths{"b/c/y"});
    BOOST_TEST(
        test::outcome(inspect()->first_changed_path(before, after, Paths{"a/x"})) == "failed"
    );
}
#endif

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

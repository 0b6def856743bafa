// Trees nested deeper than any stack: each costs its pusher thirty bytes.
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

/// Input for git fast-import: one commit with one file, so many folders deep.
std::string deep_commit(const std::string& branch, std::size_t depth) {
    std::string path;
    for (std::size_t level = 0; level < depth; ++level) {
        path += "d/";
    }
    return fmt::format(
        "commit refs/heads/{}\ncommitter T <t@example.com> 1700000000 +0000\ndata 0\n\n"
        "M 100644 inline {}f\ndata 1\nx\n\n",
        branch,
        path
    );
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(deep_trees, test::GitSandbox)

BOOST_AUTO_TEST_CASE(depth_is_limited_as_in_git) {
    create_repository();
    git(repository(),
        {"fast-import", "--quiet"},
        deep_commit("good", 1000) + deep_commit("deep", 6000));
    const std::string good = git(repository(), {"rev-parse", "good"});
    const std::string deep = git(repository(), {"rev-parse", "deep"});
    BOOST_TEST(inspect()->file_count(good).value() == 1U);
    BOOST_TEST(test::outcome(inspect()->file_count(deep)) == "failed");
    BOOST_TEST(test::outcome(inspect()->changed_paths(good, deep)) == "failed");
    git(repository(), {"update-ref", "-d", "refs/heads/deep"});
    git(repository(), {"update-ref", "-d", "refs/heads/good"});
    BOOST_TEST(inspect()->changed_paths("", good).value().size() == 1U);
    BOOST_TEST(inspect()->new_blobs_over(std::vector{deep}, 0).value().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

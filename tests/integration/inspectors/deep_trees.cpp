// Trees nested deeper than any stack: each costs its pusher thirty bytes.
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

/// Of a file so many folders deep.
std::string path_of(std::size_t depth) {
    std::string path;
    for (std::size_t level = 0; level < depth; ++level) {
        path += "d/";
    }
    return path + "f";
}

/// Input for git fast-import: one commit with this file.
std::string deep_commit(const std::string& branch, std::size_t depth) {
    return fmt::format(
        "commit refs/heads/{}\ncommitter T <t@example.com> 1700000000 +0000\ndata 0\n\n"
        "M 100644 inline {}\ndata 1\nx\n\n",
        branch,
        path_of(depth)
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
    git(repository(), {"update-ref", "-d", "refs/heads/deep"});
    git(repository(), {"update-ref", "-d", "refs/heads/good"});
    const std::vector<std::string> files{path_of(1000), path_of(6000)};
    BOOST_TEST(inspect()->first_changed_path("", good, files).value().value() == files[0]);
    BOOST_TEST(inspect()->first_changed_path("", deep, files).value().value() == files[1]);
    BOOST_TEST(inspect()->new_blobs_over(std::vector{deep}, 0).value().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

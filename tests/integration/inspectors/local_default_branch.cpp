#include "handlers/inspectors/local_default_branch.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

namespace fs = std::filesystem;
using test::outcome;

struct DefaultBranch : test::GitSandbox {
    [[nodiscard]] auto set(std::string_view branch, std::string_view path = kRelativePath) const {
        return handlers::inspectors::set_default_branch(storage(), path, branch);
    }

    [[nodiscard]] std::string head() const { return test::text_of(repository() / "HEAD"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(local_default_branch, DefaultBranch)

BOOST_AUTO_TEST_CASE(head_names_the_branch_whether_it_exists_or_not) {
    create_repository();
    BOOST_TEST(set("release/1.0").has_value());
    BOOST_TEST(head() == "ref: refs/heads/release/1.0\n");
    BOOST_TEST(git(repository(), {"symbolic-ref", "HEAD"}) == "refs/heads/release/1.0");
    BOOST_TEST(inspect()->default_branch().value().value() == "release/1.0");
    const std::string id = commit({{"a", "1"}});
    push({"main:trunk"});
    BOOST_TEST(set("trunk").has_value());
    BOOST_TEST(git(repository(), {"rev-parse", "HEAD"}) == id);
    git(repository(), {"fsck", "--strict"});
    BOOST_TEST(!fs::exists(repository() / "HEAD.lock"));
}

BOOST_AUTO_TEST_CASE(head_that_is_right_stays_as_it_is) {
    create_repository();
    test::write_text(repository() / "HEAD", "ref:  refs/heads/main");
    test::write_text(repository() / "HEAD.lock", "");
    BOOST_TEST(set("main").has_value());
    BOOST_TEST(head() == "ref:  refs/heads/main");
}

BOOST_AUTO_TEST_CASE(detached_head_is_attached) {
    create_repository();
    const std::string id = commit({{"a", "1"}});
    push({"main"});
    git(repository(), {"update-ref", "--no-deref", "HEAD", id});
    BOOST_TEST(set("main").has_value());
    BOOST_TEST(head() == "ref: refs/heads/main\n");
}

BOOST_AUTO_TEST_CASE(mode_of_a_shared_repository_is_kept) {
    create_repository();
    const fs::perms mode{0664};
    fs::permissions(repository() / "HEAD", mode);
    BOOST_TEST(set("trunk").has_value());
    BOOST_TEST((fs::status(repository() / "HEAD").permissions() == mode));
}

BOOST_AUTO_TEST_CASE(lock_that_is_taken_is_respected) {
    create_repository();
    test::write_text(repository() / "HEAD.lock", "somebody's");
    BOOST_TEST(outcome(set("trunk")) == "failed");
    BOOST_TEST(head() == "ref: refs/heads/main\n");
    BOOST_TEST(test::text_of(repository() / "HEAD.lock") == "somebody's");
}

BOOST_AUTO_TEST_CASE(several_at_once_leave_a_whole_head) {
    create_repository();
    std::array<std::string, 4> results;
    {
        std::vector<std::jthread> threads;
        for (std::string& result : results) {
            threads.emplace_back([this, &result] { result = outcome(set("trunk")); });
        }
    }
    BOOST_TEST((std::ranges::find(results, "answered") != results.end()));
    BOOST_TEST(head() == "ref: refs/heads/trunk\n");
    BOOST_TEST(!fs::exists(repository() / "HEAD.lock"));
}

BOOST_AUTO_TEST_CASE(names_that_no_branch_can_have_are_refused) {
    create_repository();
    for (const std::string& branch :
         {std::string{},
          std::string{"a..b"},
          std::string{"a b"},
          std::string{"/"},
          std::string{"a/"},
          std::string{"x.lock"},
          std::string{"-x"},
          std::string{"HEAD"},
          std::string{"a\nb"},
          std::string{"main\0x", 6},
          std::string{"../../outside"},
          std::string(5000, 'a')}) {
        BOOST_TEST(outcome(set(branch)) == "failed", branch);
    }
    BOOST_TEST(head() == "ref: refs/heads/main\n");
}

BOOST_AUTO_TEST_CASE(repositories_elsewhere_are_left_alone) {
    create_repository();
    fs::copy(repository(), folder() / "outside.git", fs::copy_options::recursive);
    fs::create_directory_symlink(folder() / "outside.git", storage() / "link.git");
    for (const std::string path :
         {"../outside.git", "link.git", "", ".", "none.git", "group", "/tmp"}) {
        BOOST_TEST(outcome(set("trunk", path)) == "failed", path);
    }
    BOOST_TEST(test::text_of(folder() / "outside.git/HEAD") == "ref: refs/heads/main\n");
    BOOST_TEST(!fs::exists(storage() / "group/HEAD.lock"));
}

BOOST_AUTO_TEST_CASE(something_else_in_the_place_of_the_lock_stays) {
    create_repository();
    fs::create_directory(repository() / "HEAD.lock");
    BOOST_TEST(outcome(set("trunk")) == "failed");
    BOOST_TEST(fs::is_directory(repository() / "HEAD.lock"));
}

BOOST_AUTO_TEST_CASE(sha256_repositories_have_a_default_branch_too) {
    fs::create_directories(repository());
    git(repository(), {"init", "--bare", "--quiet", "--object-format=sha256", "."});
    BOOST_TEST(set("trunk").has_value());
    BOOST_TEST(git(repository(), {"symbolic-ref", "HEAD"}) == "refs/heads/trunk");
}

BOOST_AUTO_TEST_CASE(reference_tables_fail) {
    create_repository();
    git(repository(), {"config", "core.repositoryFormatVersion", "1"});
    git(repository(), {"config", "extensions.refStorage", "reftable"});
    test::write_text(repository() / "HEAD", "ref: refs/heads/.invalid\n");
    const auto answer = set("trunk");
    BOOST_TEST(outcome(answer) == "failed");
    BOOST_TEST(answer.error().reason.find("refstorage=reftable") != std::string::npos);
    BOOST_TEST(head() == "ref: refs/heads/.invalid\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

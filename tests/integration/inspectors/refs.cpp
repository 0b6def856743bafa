// How refs are read that are files, or lines of packed-refs.
#include <filesystem>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

namespace fs = std::filesystem;
using test::outcome;
using Names = std::vector<std::string>;

struct RefsSandbox : test::GitSandbox {
    RefsSandbox() {
        create_repository();
        id = commit({{"a", "1"}});
        push({"main:refs/tags/carrier"});
    }

    void write(const std::string& file, const std::string& text) {
        fs::create_directories((repository() / file).parent_path());
        test::write_text(repository() / file, text);
    }

    Names branches() {
        Names names = inspect()->branches_containing(id).value();
        std::ranges::sort(names);
        BOOST_TEST(inspect()->is_empty().value() == names.empty());
        return names;
    }

    std::string id;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(refs, RefsSandbox)

BOOST_AUTO_TEST_CASE(files_and_packed_refs_are_read_alike) {
    push({"main:packed/one", "main:packed/two"});
    git(repository(), {"pack-refs", "--all"});
    push({"main:loose", "main:deep/er/name"});
    const Names expected{"deep/er/name", "loose", "packed/one", "packed/two"};
    BOOST_TEST(branches() == expected, boost::test_tools::per_element());
    git(repository(), {"update-ref", "-d", "refs/heads/packed/one"});
    BOOST_TEST(branches().size() == 3U);
}

// packed-refs keeps the old value until refs are packed again.
BOOST_AUTO_TEST_CASE(files_count_before_packed_refs) {
    push({"main"});
    git(repository(), {"pack-refs", "--all"});
    const std::string tip = commit({{"large", std::string(5000, 'l')}});
    push({"main"});
    BOOST_TEST(branches() == Names{"main"}, boost::test_tools::per_element());
    BOOST_TEST(inspect()->new_blobs_over(std::vector{tip}, 4000).value().empty());
    git(work(), {"checkout", "--quiet", "--orphan", "other"});
    git(work(), {"rm", "--quiet", "--force", "large"});
    id = commit({{"other", "1"}});
    push({"+other:main"});
    BOOST_TEST(inspect()->new_blobs_over(std::vector{tip}, 4000).value().size() == 1U);
    BOOST_TEST(branches() == Names{"main"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_ref_to_an_object_is_left_out) {
    write("refs/heads/symbolic", "ref: refs/tags/carrier\n");
    write("refs/heads/broken", "no id\n");
    write("refs/heads/short", id.substr(1) + "\n");
    write("refs/heads/long", id + "0\n");
    write("refs/heads/empty", "");
    write("refs/heads/x.lock", id + "\n");
    write("refs/heads/.hidden", id + "\n");
    fs::create_directories(repository() / "refs/heads/no/refs/here");
    fs::create_symlink(repository() / "refs/tags/carrier", repository() / "refs/heads/link");
    fs::create_directory_symlink(repository() / "refs/tags", repository() / "refs/heads/folder");
    BOOST_TEST(branches().empty());
    write("refs/heads/good", id);
    write("refs/heads/remark", id + " a remark\n");
    BOOST_TEST(branches() == (Names{"good", "remark"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(packed_refs_are_read_as_git_writes_them) {
    write("packed-refs", id + " refs/heads/a\n^" + id + "\n" + id + " refs/headsup/b");
    BOOST_TEST(branches() == Names{"a"}, boost::test_tools::per_element());
    write("packed-refs", "# pack-refs with: peeled fully-peeled sorted \n");
    BOOST_TEST(branches().empty());
}

BOOST_AUTO_TEST_CASE(broken_packed_refs_fail) {
    for (const std::string& wrong :
         {std::string{"nonsense\n"},
          std::string{"\n"},
          id + "\n",
          id + " \n",
          id + "0 refs/heads/a\n",
          id.substr(1) + " refs/heads/a\n",
          id + " refs/heads/" + std::string(5000, 'a') + "\n"}) {
        write("packed-refs", wrong);
        BOOST_TEST(outcome(inspect()->is_empty()) == "failed", wrong);
        BOOST_TEST(outcome(inspect()->new_blobs_over(std::vector{id}, 0)) == "failed", wrong);
    }
    fs::remove(repository() / "packed-refs");
    fs::create_directory(repository() / "packed-refs");
    BOOST_TEST(outcome(inspect()->is_empty()) == "failed");
}

BOOST_AUTO_TEST_CASE(head_is_read_as_git_reads_it) {
    for (const std::string& text :
         {std::string{"ref: refs/heads/main\n"},
          std::string{"ref:refs/heads/main"},
          std::string{"ref: \t refs/heads/main \r\n\n"}}) {
        write("HEAD", text);
        BOOST_TEST(inspect()->default_branch().value().value() == "main", text);
    }
    for (const std::string& text : {std::string{"ref: refs/tags/v1\n"}, id, id + "\n"}) {
        write("HEAD", text);
        BOOST_TEST(!inspect()->default_branch().value().has_value(), text);
    }
    for (const std::string& text : {std::string{}, std::string{"main\n"}, id.substr(1)}) {
        write("HEAD", text);
        BOOST_TEST(outcome(inspect()->default_branch()) == "failed", text);
    }
    fs::remove(repository() / "HEAD");
    fs::create_symlink("refs/heads/main", repository() / "HEAD");
    BOOST_TEST(outcome(inspect()->default_branch()) == "failed");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

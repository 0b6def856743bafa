// Repositories that git can serve and libgit2 cannot read.
#include <filesystem>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

namespace fs = std::filesystem;
using test::outcome;

struct Formats : test::GitSandbox {
    void create_sha256_repository() {
        for (const fs::path& folder : {repository(), work()}) {
            fs::create_directories(folder);
            std::vector<std::string> words{
                "init", "--quiet", "--object-format=sha256", "--initial-branch=main"};
            if (folder == repository()) {
                words.emplace_back("--bare");
            }
            git(folder, words);
        }
    }

    /// Why a question that needs objects has no answer.
    std::string reason(const std::string& id) {
        const auto inspection = inspect();
        const std::vector<std::string> tips{id};
        const std::vector<std::string> paths{"a"};
        const auto answer = inspection->is_ancestor(id, id);
        BOOST_TEST(outcome(answer) == "failed");
        BOOST_TEST(outcome(inspection->branches_containing(id)) == "failed");
        BOOST_TEST(outcome(inspection->new_lfs_pointers(tips)) == "failed");
        BOOST_TEST(outcome(inspection->new_blobs_over(tips, 1)) == "failed");
        BOOST_TEST(outcome(inspection->first_changed_path("", id, paths)) == "failed");
        BOOST_TEST(outcome(inspection->first_changed_path(id, id, paths)) == "failed");
        BOOST_TEST(outcome(inspection->file_count(id)) == "failed");
        return answer ? "" : answer.error().reason;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(repository_formats, Formats)

BOOST_AUTO_TEST_CASE(sha256_repositories_are_there_and_their_branches_known) {
    create_sha256_repository();
    BOOST_TEST(inspect()->exists().value());
    BOOST_TEST(inspect()->is_empty().value());
    BOOST_TEST(inspect()->default_branch().value().value() == "main");
    const std::string id = commit({{"a", "1"}});
    BOOST_TEST(id.size() == 64U);
    push({"main:refs/tags/v1"});
    BOOST_TEST(inspect()->is_empty().value());
    push({"main:topic/one"});
    BOOST_TEST(!inspect()->is_empty().value());
    git(repository(), {"pack-refs", "--all"});
    BOOST_TEST(!inspect()->is_empty().value());
    git(repository(), {"symbolic-ref", "HEAD", "refs/heads/topic/one"});
    BOOST_TEST(inspect()->default_branch().value().value() == "topic/one");
    git(repository(), {"update-ref", "--no-deref", "HEAD", id});
    BOOST_TEST(!inspect()->default_branch().value().has_value());
}

BOOST_AUTO_TEST_CASE(objects_of_sha256_repositories_cannot_be_read) {
    create_sha256_repository();
    const std::string id = commit({{"a", "1"}});
    push({"main"});
    BOOST_TEST(reason(id) == "repository with extensions.objectformat=sha256");
    BOOST_TEST(
        reason(std::string{test::kUnknownId}) == "repository with extensions.objectformat=sha256"
    );
}

BOOST_AUTO_TEST_CASE(sha256_ids_in_other_repositories_are_told_apart) {
    create_repository();
    commit({{"a", "1"}});
    push({"main"});
    BOOST_TEST(
        reason(std::string(64, 'a')) ==
        "'" + std::string(64, 'a') + "' is a SHA-256 object id, and the repository's are SHA-1"
    );
}

// git 2.45 and later make such repositories, with these stubs in the place of refs.
BOOST_AUTO_TEST_CASE(repositories_with_reference_tables_are_there) {
    create_repository();
    git(repository(), {"config", "core.repositoryFormatVersion", "1"});
    git(repository(), {"config", "extensions.refStorage", "reftable"});
    fs::remove_all(repository() / "refs/heads");
    test::write_text(repository() / "refs/heads", "this repository uses the reftable format\n");
    test::write_text(repository() / "HEAD", "ref: refs/heads/.invalid\n");
    BOOST_TEST(inspect()->exists().value());
    const auto is_empty = inspect()->is_empty();
    BOOST_TEST(outcome(is_empty) == "failed");
    BOOST_TEST(is_empty.error().reason == "repository with extensions.refstorage=reftable");
    BOOST_TEST(outcome(inspect()->default_branch()) == "failed");
    BOOST_TEST(
        reason(std::string{test::kUnknownId}) == "repository with extensions.refstorage=reftable"
    );
}

BOOST_AUTO_TEST_CASE(formats_that_are_not_known_answer_nothing_but_that_they_are_there) {
    create_repository();
    git(repository(), {"config", "core.repositoryFormatVersion", "1"});
    git(repository(), {"config", "extensions.preciousObjects", "true"});
    git(repository(), {"config", "extensions.objectFormat", "sha1"});
    BOOST_TEST(inspect()->is_empty().value());
    const std::string config = test::text_of(repository() / "config");
    for (const std::string wrong :
         {"[extensions]\nrefStorage = somewhere\n",
          "[extensions]\nobjectFormat = sha512\n",
          "[extensions]\nsomethingNew\n",
          "[core]\nrepositoryFormatVersion = 2\n",
          "[core]\nrepositoryFormatVersion = x\n",
          "[core\n"}) {
        test::write_text(repository() / "config", config + wrong);
        BOOST_TEST(inspect()->exists().value(), wrong);
        BOOST_TEST(outcome(inspect()->is_empty()) == "failed", wrong);
        BOOST_TEST(outcome(inspect()->default_branch()) == "failed", wrong);
        reason(std::string{test::kUnknownId});
    }
    fs::remove(repository() / "config");
    BOOST_TEST(inspect()->is_empty().value());
}

BOOST_AUTO_TEST_CASE(folders_that_lack_a_part_are_no_repositories) {
    create_repository();
    for (const char* const part : {"HEAD", "objects", "refs"}) {
        fs::rename(repository() / part, folder() / "aside");
        BOOST_TEST(!inspect()->exists().value(), part);
        test::write_text(repository() / part, "a file");
        BOOST_TEST(inspect()->exists().value() == (std::string{part} == "HEAD"), part);
        fs::remove(repository() / part);
        fs::rename(folder() / "aside", repository() / part);
        BOOST_TEST(inspect()->exists().value(), part);
    }
    fs::remove(repository() / "HEAD");
    fs::create_directory(repository() / "HEAD");
    BOOST_TEST(!inspect()->exists().value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

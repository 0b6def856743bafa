// Repositories that cannot be read, paths that lead elsewhere, time that is up.
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

namespace fs = std::filesystem;
using handlers::domain::git_access::Inspection;
using test::outcome;

/// What becomes of each question that needs objects.
std::vector<std::string> outcomes(Inspection& inspection, const std::string& id) {
    const std::vector<std::string> tips{id};
    return {
        outcome(inspection.is_ancestor(id, id)),
        outcome(inspection.branches_containing(id)),
        outcome(inspection.new_lfs_pointers(tips)),
        outcome(inspection.new_blobs_over(tips, 1)),
        outcome(inspection.first_changed_path("", id, std::vector<std::string>{"a"})),
        outcome(inspection.file_count(id))};
}

std::vector<std::string> all(const std::string& result) {
    return std::vector<std::string>(6, result);
}

auto look(handlers::inspectors::Inspectors& inspectors, const std::string& storage) {
    return inspectors.look_into(
        {.storage = storage,
         .relative_path = std::string{test::GitSandbox::kRelativePath},
         .gl_repository = "project-1",
         .gl_project_path = "group/project"},
        {.deadline = std::chrono::steady_clock::time_point::max()}
    );
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(inspection_failures, test::GitSandbox)

BOOST_AUTO_TEST_CASE(storage_without_inspector_answers_nothing) {
    settings::Storages storages{{"default", {}}, {"off", {}}};
    storages.at("off").path = storage().native();
    storages.at("off").inspector = settings::Inspector::none;
    const auth::GitalyTokens no_tokens;
    handlers::inspectors::Inspectors inspectors{storages, no_tokens};
    for (const std::string name : {"default", "off", "unknown"}) {
        const auto inspection = look(inspectors, name);
        BOOST_TEST(
            outcomes(*inspection, std::string{test::kUnknownId}) == all("not_configured"),
            boost::test_tools::per_element()
        );
        BOOST_TEST(outcome(inspection->exists()) == "not_configured");
        BOOST_TEST(outcome(inspection->is_empty()) == "not_configured");
        BOOST_TEST(outcome(inspection->default_branch()) == "not_configured");
    }
}

BOOST_AUTO_TEST_CASE(time_that_is_up_ends_every_question) {
    create_repository();
    const std::string id = commit({{"a", "1"}});
    push({"main"});
    const auto inspection = inspect_for(std::chrono::milliseconds{-1});
    BOOST_TEST(outcomes(*inspection, id) == all("out_of_time"), boost::test_tools::per_element());
    BOOST_TEST(outcome(inspection->exists()) == "out_of_time");
    BOOST_TEST(outcome(inspection->is_empty()) == "out_of_time");
    BOOST_TEST(outcome(inspection->default_branch()) == "out_of_time");
    BOOST_TEST(outcomes(*inspect(), id) == all("answered"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(paths_that_leave_the_storage_are_refused) {
    create_repository();
    const std::string id = commit({{"a", "1"}});
    push({"main"});
    fs::copy(repository(), folder() / "outside.git", fs::copy_options::recursive);
    fs::create_directory_symlink(folder() / "outside.git", storage() / "link.git");
    fs::create_directory_symlink(folder(), storage() / "up");
    for (const std::string& path :
         {std::string{"../outside.git"},
          std::string{"group/../../outside.git"},
          std::string{"../storage-of-another/x.git"},
          std::string{"../../nothing/here"},
          (folder() / "outside.git").native(),
          repository().native(),
          std::string{"link.git"},
          std::string{"up/outside.git"},
          std::string{"."},
          std::string{"group/.."},
          std::string{"x/.."},
          std::string{},
          std::string{"group/project.git\0.git", 22}}) {
        const auto inspection = inspect({}, path);
        BOOST_TEST(outcome(inspection->exists()) == "failed", path);
        BOOST_TEST(outcome(inspection->is_ancestor(id, id)) == "failed", path);
    }
    fs::create_directory_symlink("group/project.git", storage() / "inside.git");
    for (const char* const path :
         {"inside.git", "up/storage/group/project.git", "group/./project.git/"}) {
        BOOST_TEST(inspect({}, path)->is_ancestor(id, id).value(), path);
    }
}

BOOST_AUTO_TEST_CASE(storage_that_is_not_there_is_no_empty_storage) {
    const auto storages = [this] {
        settings::Storages changed = this->storages();
        changed.at("default").path = (folder() / "unmounted").native();
        return changed;
    }();
    const auth::GitalyTokens no_tokens;
    handlers::inspectors::Inspectors inspectors{storages, no_tokens};
    const auto inspection = look(inspectors, "default");
    BOOST_TEST(outcome(inspection->exists()) == "failed");
}

BOOST_AUTO_TEST_CASE(broken_objects_fail) {
    create_repository();
    const std::string base = commit({{"a", "1"}});
    const std::string id = commit({{"a", "2"}});
    push({"main"});
    const fs::path object = repository() / "objects" / base.substr(0, 2) / base.substr(2);
    fs::permissions(object, fs::perms::owner_all);
    test::write_text(object, "this is no object");
    BOOST_TEST(outcome(inspect()->is_ancestor(base, id)) == "failed");
    fs::remove(object);
    BOOST_TEST(outcome(inspect()->is_ancestor(base, id)) == "failed");
    BOOST_TEST(inspect()->file_count(id).value() == 1U);
}

// As in git, which warns of them.
BOOST_AUTO_TEST_CASE(broken_refs_are_left_out) {
    create_repository();
    commit({{"a", "1"}});
    push({"main"});
    test::write_text(repository() / "refs/heads/broken", "no id\n");
    const std::string id = git(work(), {"rev-parse", "main"});
    BOOST_TEST(inspect()->branches_containing(id).value() == std::vector<std::string>{"main"});
}

BOOST_AUTO_TEST_CASE(folders_that_are_no_repositories_are_not_there) {
    create_repository();
    fs::remove(repository() / "HEAD");
    BOOST_TEST(!inspect()->exists().value());
    fs::remove_all(repository());
    test::write_text(repository(), "a file");
    BOOST_TEST(!inspect()->exists().value());
    fs::create_directories(storage() / "working/copy");
    git(storage() / "working", {"init", "--quiet"});
    BOOST_TEST(!inspect({}, "working/copy")->exists().value());  // .git above it does not count
}

BOOST_AUTO_TEST_CASE(settings_of_the_callers_account_do_not_count) {
    create_repository();
    test::write_text(folder() / ".gitconfig", "[core\nbroken");
    ::setenv("HOME", folder().c_str(), 1);
    BOOST_TEST(inspect()->exists().value());
    BOOST_TEST(inspect()->is_empty().value());
}

// Ten trees, each with the one before it ten times: a file in each of 10^10 places.
BOOST_AUTO_TEST_CASE(small_repository_may_describe_a_huge_tree) {
    create_repository();
    commit({{"a", "1"}});
    std::string entries = "100644 blob " + git(work(), {"rev-parse", "HEAD:a"}) + "\tf\n";
    std::string tree;
    for (int level = 0; level < 10; ++level) {
        tree = git(work(), {"mktree"}, entries);
        entries.clear();
        for (char name = '0'; name <= '9'; ++name) {
            entries += "040000 tree " + tree + "\t" + name + "\n";
        }
    }
    tree = git(work(), {"mktree"}, entries);
    const std::string bomb = git(work(), {"commit-tree", "-m", "bomb", tree});
    push({bomb + ":refs/heads/bomb"});
    git(repository(), {"update-ref", "-d", "refs/heads/bomb"});
    BOOST_TEST(inspect()->file_count(bomb).value() == 10'000'000'000U);
    const std::vector<std::string> files{"0/1/2/3/4/5/6/7/8/9/0", "0/1/2/3/4/5/6/7/8/9/f"};
    BOOST_TEST(inspect()->first_changed_path("", bomb, files).value().value() == files[1]);
    BOOST_TEST(inspect()->new_blobs_over(std::vector{bomb}, 0).value().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

#include "handlers/inspectors/create_repository.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "handlers/inspectors/inspectors.hpp"
#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate {
namespace {

namespace fs = std::filesystem;
using handlers::inspectors::Creation;
using test::outcome;

struct Storage : test::GitSandbox {
    auto create(const std::string& path, const std::string& branch = "main") {
        return handlers::inspectors::create_repository(storage(), path, branch);
    }

    [[nodiscard]] std::size_t entries(const fs::path& folder) const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator{folder}, fs::directory_iterator{})
        );
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(creation_of_repositories, Storage)

BOOST_AUTO_TEST_CASE(git_can_push_to_what_was_created) {
    BOOST_TEST((create(std::string{kRelativePath}, "trunk").value() == Creation::created));
    BOOST_TEST(inspect()->is_empty().value());
    BOOST_TEST(inspect()->default_branch().value().value() == "trunk");
    BOOST_TEST(git(repository(), {"rev-parse", "--is-bare-repository"}) == "true");
    BOOST_TEST(entries(repository().parent_path()) == 1U);
    const std::string id = commit({{"a", "1"}});
    push({"main:trunk"});
    BOOST_TEST(git(repository(), {"rev-parse", "HEAD"}) == id);
    git(repository(), {"fsck", "--strict"});
}

BOOST_AUTO_TEST_CASE(repository_that_is_there_stays_as_it_is) {
    BOOST_TEST((create(std::string{kRelativePath}).value() == Creation::created));
    commit({{"a", "1"}});
    push({"main"});
    BOOST_TEST((create(std::string{kRelativePath}, "other").value() == Creation::was_there));
    BOOST_TEST(inspect()->default_branch().value().value() == "main");
    BOOST_TEST(!inspect()->is_empty().value());
}

BOOST_AUTO_TEST_CASE(several_at_once_make_one) {
    for (int round = 0; round < 10; ++round) {
        const std::string path = "race/" + std::to_string(round) + ".git";
        std::array<std::string, 4> results;
        {
            std::vector<std::jthread> threads;
            for (std::string& result : results) {
                threads.emplace_back([this, &path, &result] {
                    const auto creation = create(path);
                    result = !creation                        ? creation.error().reason
                             : *creation == Creation::created ? "created"
                                                              : "was there";
                });
            }
        }
        BOOST_TEST(std::ranges::count(results, "created") == 1);
        BOOST_TEST(std::ranges::count(results, "was there") == 3);
        BOOST_TEST(inspect({}, path)->exists().value());
    }
    BOOST_TEST(entries(storage() / "race") == 10U);
}

BOOST_AUTO_TEST_CASE(nothing_is_made_outside_the_storage) {
    fs::create_directory_symlink(folder(), storage() / "up");
    for (const std::string path : {"../out.git", "/tmp/innergate-out.git", "up/out.git", "", "."}) {
        BOOST_TEST(outcome(create(path)) == "failed", path);
    }
    BOOST_TEST(!fs::exists(folder() / "out.git"));
}

BOOST_AUTO_TEST_CASE(something_else_in_its_place_stays) {
    fs::create_directories(storage() / "folder.git");
    test::write_text(storage() / "folder.git/file", "x");
    test::write_text(storage() / "file.git", "x");
    for (const std::string path : {"folder.git", "file.git", "file.git/below.git"}) {
        BOOST_TEST(outcome(create(path)) == "failed", path);
    }
    BOOST_TEST(test::text_of(storage() / "folder.git/file") == "x");
    BOOST_TEST(entries(storage()) == 2U);
}

BOOST_AUTO_TEST_CASE(default_branch_must_be_a_name_for_one) {
    for (const std::string branch : {"", "a..b", "a b", "/", "x.lock"}) {
        BOOST_TEST(outcome(create("x.git", branch)) == "failed", branch);
    }
    BOOST_TEST(!fs::exists(storage() / "x.git"));
}

BOOST_AUTO_TEST_CASE(other_storages_get_none) {
    const settings::Storages none{{"default", {}}};
    const auth::GitalyTokens no_tokens;
    handlers::inspectors::Inspectors inspectors{none, no_tokens};
    for (const std::string storage : {"default", "far"}) {
        const auto made = inspectors.create_repository(
            {.storage = storage,
             .relative_path = "x.git",
             .gl_repository = "project-1",
             .gl_project_path = "a/b"},
            {.deadline = std::chrono::steady_clock::time_point::max()},
            "main"
        );
        BOOST_TEST(outcome(made) == "not_configured", storage);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

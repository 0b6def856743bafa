#include "app/admin/jobs/hook_folder.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

#include "tests/support/hook_files.hpp"

namespace innergate::admin::jobs {
namespace {

std::string names(const std::filesystem::path& folder) {
    const auto hooks = hooks_in(folder);
    BOOST_REQUIRE_MESSAGE(hooks, (hooks ? "" : hooks.error()));
    std::string text;
    for (const std::filesystem::path& hook : *hooks) {
        text += (text.empty() ? "" : " ") + hook.filename().string();
    }
    return text;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hook_folder, test::HookFiles)

BOOST_AUTO_TEST_CASE(executables_are_sorted_by_name) {
    for (const char* const name : {"20-second", "10-first", "3-third", "a"}) {
        script(name, "exit 0");
    }
    BOOST_TEST(names(folder()) == "10-first 20-second 3-third a");
}

BOOST_AUTO_TEST_CASE(what_is_no_hook_is_left_out) {
    script("hook", "exit 0");
    script(".hidden", "exit 0");
    script("hook~", "exit 0");
    file("README", "not executable");
    std::filesystem::create_directory(folder() / "folder");
    std::filesystem::create_symlink(folder() / "nowhere", folder() / "broken");
    BOOST_TEST(names(folder()) == "hook");
}

BOOST_AUTO_TEST_CASE(links_are_followed) {
    test::HookFiles elsewhere;
    std::filesystem::create_symlink(elsewhere.script("real", "exit 0"), folder() / "link");
    BOOST_TEST(names(folder()) == "link");
}

BOOST_AUTO_TEST_CASE(no_folder_no_hooks) {
    BOOST_TEST(names(folder() / "nothing") == "");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_none_is_an_error) {
    const auto hooks = hooks_in(file("file", "text"));
    BOOST_TEST_REQUIRE(!hooks);
    BOOST_TEST(
        hooks.error() ==
        "cannot read the folder " + (folder() / "file").string() + ": Not a directory"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::admin::jobs

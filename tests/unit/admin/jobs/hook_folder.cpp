#include "admin/jobs/hook_folder.hpp"

#include <string>
#include <sys/stat.h>

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

BOOST_AUTO_TEST_CASE(a_folder_that_others_may_write_to_is_an_error) {
    using std::filesystem::perms;
    script("hook", "exit 0");
    for (const unsigned mode : {0777U, 0757U, 01777U}) {
        std::filesystem::permissions(folder(), perms{mode});
        const auto hooks = hooks_in(folder());
        BOOST_TEST_REQUIRE(!hooks);
        BOOST_TEST(
            hooks.error() == folder().string() + " may be written to by others: chmod go-w it"
        );
    }
    std::filesystem::permissions(folder(), perms{0755});
    BOOST_TEST(names(folder()) == "hook");
    // A folder without executables is one where others could put some.
    std::filesystem::remove(folder() / "hook");
    std::filesystem::permissions(folder(), perms{0707});
    BOOST_TEST(!hooks_in(folder()));
}

BOOST_AUTO_TEST_CASE(an_executable_that_others_may_write_to_is_an_error) {
    using std::filesystem::perms;
    test::HookFiles elsewhere;
    const auto real = elsewhere.script("real", "exit 0");
    std::filesystem::create_symlink(real, folder() / "link");
    std::filesystem::permissions(real, perms{0757});
    BOOST_TEST(!hooks_in(folder()));
    std::filesystem::permissions(real, perms{0755});
    std::filesystem::permissions(elsewhere.folder(), perms{0757});
    BOOST_TEST(!hooks_in(folder()));
    std::filesystem::permissions(elsewhere.folder(), perms{0755});
    BOOST_TEST(names(folder()) == "link");
}

BOOST_AUTO_TEST_CASE(a_folder_above_that_others_may_write_to_is_an_error) {
    using std::filesystem::perms;
    const auto inner = folder() / "post-receive.d";
    std::filesystem::create_directory(inner);
    std::filesystem::permissions(folder(), perms{0777});
    BOOST_TEST(!hooks_in(inner));
    // Others may put things there, but not exchange this folder.
    std::filesystem::permissions(folder(), perms{01777});
    BOOST_TEST(names(inner) == "");
}

BOOST_AUTO_TEST_CASE(a_group_may_write_if_it_is_roots) {
    using std::filesystem::perms;
    std::filesystem::permissions(folder(), perms{0775});
    struct stat status {};
    BOOST_REQUIRE(::stat(folder().c_str(), &status) == 0);
    BOOST_TEST(hooks_in(folder()).has_value() == (status.st_gid == 0));
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

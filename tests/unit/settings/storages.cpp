#include <map>
#include <string>

#include <boost/test/unit_test.hpp>

#include "app/settings/keys.hpp"
#include "app/settings/load.hpp"
#include "app/settings/storage_inspector.hpp"
#include "tests/unit/settings/settings_file.hpp"

namespace innergate::settings {
namespace {

tl::expected<Settings, std::vector<Fault>> load_text(
    const std::string& text, std::map<std::string, std::string> environment = {}
) {
    const TemporaryFile file{text};
    return load(
        {.file = file.path(), .options = {}, .environment = environment_of(std::move(environment))}
    );
}

}  // namespace

BOOST_AUTO_TEST_SUITE(settings_storages)

BOOST_AUTO_TEST_CASE(default_storage_is_there_without_a_setting) {
    const auto settings = load_text("");
    BOOST_REQUIRE(settings.has_value());
    BOOST_REQUIRE(settings->storages.size() == 1U);
    const Storage& storage = settings->storages.at("default");
    BOOST_TEST(storage.gitaly_address == "unix:/var/opt/gitlab/gitaly/gitaly.socket");
    BOOST_TEST(storage.gitaly_token_file.empty());
    BOOST_TEST(!storage.is_gitaly_address_written);
    BOOST_TEST((choose_inspector(storage) == Inspector::none));
    BOOST_TEST(open_checks(*settings).empty());
}

BOOST_AUTO_TEST_CASE(each_storage_has_a_section) {
    const auto settings = load_text(
        "[storage.default]\ngitaly_address = unix:/run/gitaly.socket\n"
        "[storage.nfs-file05.b]\ngitaly_address = tls://gitaly:9999\n"
        "gitaly_token_file = /etc/innergate/token\npath = /srv/git\n"
        "[storage.Far]\ngitaly_address = tcp://[::1]:8075\npath = /mnt\ninspector = none\n"
    );
    BOOST_REQUIRE(settings.has_value());
    BOOST_REQUIRE(settings->storages.size() == 3U);
    BOOST_TEST(settings->storages.at("default").gitaly_address == "unix:/run/gitaly.socket");
    const Storage& near = settings->storages.at("nfs-file05.b");
    BOOST_TEST(near.gitaly_address == "tls://gitaly:9999");
    BOOST_TEST(near.gitaly_token_file == "/etc/innergate/token");
    BOOST_TEST(near.path == "/srv/git");
    BOOST_TEST(near.is_gitaly_address_written);
    BOOST_TEST((choose_inspector(near) == Inspector::local));
    const Storage& far = settings->storages.at("Far");
    BOOST_TEST(far.gitaly_address == "tcp://[::1]:8075");
    BOOST_TEST((choose_inspector(far) == Inspector::none));
}

// Only the account that owns the repositories sees what a push brings.
BOOST_AUTO_TEST_CASE(auto_looks_at_whose_the_repositories_are) {
    const uid_t owner = owner_of_folder("/").value();
    const uid_t other = owner + 1;
    Storage storage;
    storage.path = "/";
    BOOST_TEST((choose_inspector(storage, owner) == Inspector::local));
    BOOST_TEST((choose_inspector(storage, other) == Inspector::none));
    storage.is_gitaly_address_written = true;
    BOOST_TEST((choose_inspector(storage, owner) == Inspector::local));
    BOOST_TEST((choose_inspector(storage, other) == Inspector::gitaly));
    storage.inspector = Inspector::local;
    BOOST_TEST((choose_inspector(storage, other) == Inspector::local));
    storage.inspector = Inspector::gitaly;
    BOOST_TEST((choose_inspector(storage, owner) == Inspector::gitaly));
    storage.inspector = Inspector::none;
    BOOST_TEST((choose_inspector(storage, owner) == Inspector::none));
    // What is not there is told by the first look.
    storage.inspector.reset();
    storage.path = "/no/such/folder";
    BOOST_TEST((choose_inspector(storage, other) == Inspector::local));
    storage.path.clear();
    BOOST_TEST((choose_inspector(storage, owner) == Inspector::gitaly));
    BOOST_TEST(!owner_of_folder("/etc/passwd").has_value());
}

BOOST_AUTO_TEST_CASE(all_faults_of_storages_are_told) {
    BOOST_TEST(
        faults_of("[storage.a]\npath = git\naddress = secret\ngitaly_address = gitaly:80\n"
                  "inspector = rugged\n[storage.b]\ninspector = local\n"
                  "[storage.c]\npath = /c\npath = /d\n[storage.my disk]\npath = /e\n"
                  "[storage]\npath = /f\n[storage.]\npath = /g\n[checks]\nforce = open\n"
                  "file_size = maybe\n") ==
        ":2: storage.a.path = 'git': must be empty or begin with a slash\n"
        ":3: storage.a.address = '(hidden)': there is no such setting\n"
        ":4: storage.a.gitaly_address = 'gitaly:80': must be unix:/PATH, tcp://HOST:PORT, "
        "tls://HOST:PORT or dns:HOST:PORT\n"
        ":5: storage.a.inspector = 'rugged': must be auto, none, local or gitaly\n"
        ":10: storage.c.path = '/d': is set on line 9 already\n"
        ":12: storage.my disk.path = '(hidden)': there is no such setting\n"
        ":14: storage.path = '(hidden)': there is no such setting\n"
        ":16: storage..path = '(hidden)': there is no such setting\n"
        ":18: checks.force = '(hidden)': there is no such setting\n"
        ":19: checks.file_size = 'maybe': must be closed or open\n"
        ":7: storage.b.inspector = 'local': needs storage.b.path\n"
    );
}

BOOST_AUTO_TEST_CASE(environment_reaches_the_storages_that_the_file_names) {
    const auto settings = load_text(
        "[storage.nfs-5]\npath = /srv/git\ninspector = local\n",
        {{"INNERGATE_STORAGE_DEFAULT_PATH", "/var/git"},
         {"INNERGATE_STORAGE_NFS_5_PATH", "/mnt/git"},
         {"INNERGATE_STORAGE_OTHER_PATH", "/nowhere"},
         {"INNERGATE_CHECKS_FORCE_PUSH", "open"}}
    );
    BOOST_REQUIRE(settings.has_value());
    BOOST_TEST(settings->storages.size() == 2U);
    BOOST_TEST(settings->storages.at("default").path == "/var/git");
    BOOST_TEST(settings->storages.at("nfs-5").path == "/mnt/git");
    BOOST_TEST(open_checks(*settings) == std::vector<std::string>{"force_push"});
}

// The path may come from another source than the inspector.
BOOST_AUTO_TEST_CASE(storages_are_judged_when_all_sources_are_read) {
    BOOST_TEST(load_text(
                   "[storage.default]\ninspector = local\n",
                   {{"INNERGATE_STORAGE_DEFAULT_PATH", "/var/git"}}
    ).has_value());
    const auto settings = load_text(
        "[storage.default]\npath = /var/git\n",
        {{"INNERGATE_STORAGE_DEFAULT_PATH", ""}, {"INNERGATE_STORAGE_DEFAULT_INSPECTOR", "local"}}
    );
    BOOST_REQUIRE(!settings.has_value());
    BOOST_REQUIRE(settings.error().size() == 1U);
    BOOST_TEST(settings.error().front().place == "INNERGATE_STORAGE_DEFAULT_INSPECTOR");
}

BOOST_AUTO_TEST_CASE(command_line_knows_the_default_storage) {
    const auto settings =
        load({.file = {}, .options = {{"storage.default.path", "/var/git"}}, .environment = {}});
    BOOST_REQUIRE(settings.has_value());
    BOOST_TEST(settings->storages.at("default").path == "/var/git");
}

BOOST_AUTO_TEST_CASE(a_check_by_its_former_name_is_told_the_new_one) {
    BOOST_TEST(
        faults_of("[checks]\nempty_repository = open\n") ==
        ":2: checks.empty_repository = '(hidden)': is called checks.repository_state now\n"
    );
    const auto settings = load_text("", {{"INNERGATE_CHECKS_EMPTY_REPOSITORY", "open"}});
    BOOST_REQUIRE(!settings.has_value());
    BOOST_TEST(
        to_string(settings.error().front()) ==
        "INNERGATE_CHECKS_EMPTY_REPOSITORY: checks.empty_repository = '(hidden)': is called "
        "checks.repository_state now"
    );
}

BOOST_AUTO_TEST_CASE(each_check_can_be_opened) {
    const auto settings = load_text(
        "[checks]\nforce_push = open\nbranch_basis = open\nrepository_state = closed\n"
        "lfs_objects = open\nlfs_locks = open\nfile_size = open\nsnippet_files = open\n"
    );
    BOOST_REQUIRE(settings.has_value());
    BOOST_TEST((settings->checks.force_push == Unchecked::open));
    BOOST_TEST((settings->checks.branch_basis == Unchecked::open));
    BOOST_TEST((settings->checks.repository_state == Unchecked::closed));
    BOOST_TEST((settings->checks.lfs_objects == Unchecked::open));
    BOOST_TEST((settings->checks.lfs_locks == Unchecked::open));
    BOOST_TEST((settings->checks.file_size == Unchecked::open));
    BOOST_TEST((settings->checks.snippet_files == Unchecked::open));
    BOOST_TEST(open_checks(*settings).size() == 6U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::settings

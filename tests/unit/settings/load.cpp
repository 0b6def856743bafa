#include "app/settings/load.hpp"

#include <filesystem>

#include <boost/test/unit_test.hpp>

#include "app/settings/keys.hpp"
#include "tests/unit/settings/settings_file.hpp"

namespace innergate::settings {
BOOST_AUTO_TEST_SUITE(settings_load)

BOOST_AUTO_TEST_CASE(file_is_read) {
    const TemporaryFile file{
        "# comment\n[instance]\nexternal_url = https://gitlab.example.com\n\n"
        "[pool.internal]\nlisten=unix:/run/x.sock\nthreads = 7\nslow_threads = 3\n"
        "slow_queue = 0\n[limits]\nmax_body_bytes = 2m\n"
        "[features]\nssh_certificates = off\n[logging]\nlevel = warning\n"};
    const auto settings = load({.file = file.path(), .options = {}, .environment = {}});
    BOOST_REQUIRE(settings.has_value());
    BOOST_TEST(settings->instance.external_url == "https://gitlab.example.com");
    BOOST_TEST(settings->pools.at(PoolName::internal).listen == "unix:/run/x.sock");
    BOOST_TEST(settings->pools.at(PoolName::internal).threads == 7U);
    BOOST_TEST(settings->pools.at(PoolName::internal).slow_threads == 3U);
    BOOST_TEST(settings->pools.at(PoolName::internal).slow_queue == 0U);
    BOOST_TEST(settings->pools.at(PoolName::public_).threads == Pool{}.threads);
    BOOST_TEST(settings->limits.max_body_bytes == 2U * 1024 * 1024);
    BOOST_TEST(!settings->features.ssh_certificates);
    BOOST_TEST((settings->logging.level == LogLevel::warning));
}

BOOST_AUTO_TEST_CASE(command_line_beats_environment_beats_file) {
    const TemporaryFile file{
        "[pool.internal]\nthreads = 1\n[pool.public]\nthreads = 1\n[limits]\nio_timeout = 1\n"};
    const auto settings = load(
        {.file = file.path(),
         .options = {{"pool.internal.threads", "3"}},
         .environment = environment_of(
             {{"INNERGATE_POOL_INTERNAL_THREADS", "2"}, {"INNERGATE_POOL_PUBLIC_THREADS", "2"}}
         )}
    );
    BOOST_REQUIRE(settings.has_value());
    BOOST_TEST(settings->pools.at(PoolName::internal).threads == 3U);
    BOOST_TEST(settings->pools.at(PoolName::public_).threads == 2U);
    BOOST_TEST(settings->limits.io_timeout.count() == 1);
}

BOOST_AUTO_TEST_CASE(all_faults_are_told_with_their_line) {
    BOOST_TEST(
        faults_of("[instance]\nexternal_url = gitlab.example.com\n[limits]\nmax_json_depth = deep\n"
                  "[nonsense]\nkey = secret\n[logging]\nlevel = loud\n") ==
        ":2: instance.external_url = 'gitlab.example.com': must be an http:// or https:// URL "
        "without a "
        "slash at its end\n"
        ":4: limits.max_json_depth = 'deep': must be a whole number, at least 1, with k, m or g "
        "behind it "
        "if need be\n"
        ":6: nonsense.key = '(hidden)': there is no such setting\n"
        ":8: logging.level = 'loud': must be debug, info, warning or error\n"
    );
}

BOOST_AUTO_TEST_CASE(faults_of_all_sources_are_told_together) {
    const TemporaryFile file{"[limits]\nio_timeout = 0\n"};
    const auto settings = load(
        {.file = file.path(),
         .options = {{"pool.public.threads", "257"}},
         .environment = environment_of({{"INNERGATE_LOGGING_LEVEL", "x"}})}
    );
    BOOST_REQUIRE(!settings.has_value());
    BOOST_REQUIRE(settings.error().size() == 3U);
    BOOST_TEST(settings.error()[1].place == "INNERGATE_LOGGING_LEVEL");
    BOOST_TEST(settings.error()[2].place == "--pool-public-threads");
}

BOOST_AUTO_TEST_CASE(database_password_is_never_told) {
    const std::string faults = faults_of("[database]\nurl = mysql://me:hunter2@host/db\n");
    BOOST_TEST(
        faults == ":2: database.url = '(hidden)': must start with sqlite: or postgresql://\n"
    );
}

BOOST_AUTO_TEST_CASE(file_that_is_no_ini_is_refused) {
    BOOST_TEST(faults_of("[instance\n") != "none");
    BOOST_TEST(faults_of("[limits]\nio_timeout = 1\nio_timeout = 2\n").starts_with(":3: "));
    BOOST_TEST(faults_of("no equals sign\n") != "none");
}

BOOST_AUTO_TEST_CASE(broken_lines_hide_no_other_fault) {
    BOOST_TEST(
        faults_of("[limits]\nmax_json_depth = x\nno equals sign\n= no key\nio_timeout = 1\n"
                  "[limits\nmax_parameters = 0\nno equals sign\n[pool.public]\nlisten = host\n"
                  "[limits]\nio_timeout = 2\n  # comment\n; comment\n\nmax_parameters = 0\n") ==
        ":2: limits.max_json_depth = 'x': must be a whole number, at least 1, with k, m or g "
        "behind "
        "it if need be\n"
        ":3: is no comment, no [section] and no key = value\n"
        ":4: is no comment, no [section] and no key = value\n"
        ":6: a section stands alone on its line, as in [limits]\n"
        ":8: is no comment, no [section] and no key = value\n"
        ":10: pool.public.listen = 'host': must be empty (descriptor 0), unix:PATH, HOST:PORT or "
        "[IPV6]:PORT\n"
        ":12: limits.io_timeout = '2': is set on line 5 already\n"
        ":16: limits.max_parameters = '0': must be a whole number, at least 1, with k, m or g "
        "behind "
        "it if need be\n"
    );
}

BOOST_AUTO_TEST_CASE(section_may_be_continued_further_down) {
    BOOST_TEST(
        faults_of("[limits]\nio_timeout = 1\n[logging]\n[limits]\r\nmax_parameters = 2\r\n") ==
        "none"
    );
}

BOOST_AUTO_TEST_CASE(key_before_any_section_is_unknown) {
    BOOST_TEST(
        faults_of("threads = 3\n") == ":1: threads = '(hidden)': there is no such setting\n"
    );
}

BOOST_AUTO_TEST_CASE(second_database_url_is_not_told_either) {
    BOOST_TEST(
        faults_of("[database]\nurl = sqlite:/x\nurl = postgresql://me:hunter2@host/db\n") ==
        ":3: database.url = '(hidden)': is set on line 2 already\n"
    );
}

BOOST_AUTO_TEST_CASE(database_has_one_url) {
    BOOST_TEST(faults_of("[database]\nurl_file = /x\n") == "none");
    BOOST_TEST(faults_of("[database]\nurl = sqlite:/x\nurl_file =\n") == "none");
    const std::string faults =
        faults_of("[database]\nurl_file = /x\nurl = postgresql://me:hunter2@host/db\n");
    BOOST_TEST(faults.starts_with(":2: database.url_file = '/x': database.url is set too, at /"));
    BOOST_TEST(faults.ends_with(".conf:3\n"));
}

BOOST_AUTO_TEST_CASE(long_lines_are_read_whole) {
    const std::string url = "postgresql://" + std::string(1000, 'h') + "/db";
    const TemporaryFile file{"[database]\nurl = " + url + "\n"};
    const auto settings = load({.file = file.path(), .options = {}, .environment = {}});
    BOOST_REQUIRE(settings.has_value());
    BOOST_TEST(settings->database.url == url);
}

BOOST_AUTO_TEST_CASE(folder_is_no_settings_file) {
    const std::string folder = std::filesystem::temp_directory_path().string();
    const auto settings = load({.file = folder, .options = {}, .environment = {}});
    BOOST_REQUIRE(!settings.has_value());
    BOOST_TEST(settings.error().front().reason == "cannot be read");
}

BOOST_AUTO_TEST_CASE(named_file_must_exist) {
    const auto settings =
        load({.file = "/nonexistent/innergate.conf", .options = {}, .environment = {}});
    BOOST_REQUIRE(!settings.has_value());
    BOOST_TEST(
        to_string(settings.error().front()) == "/nonexistent/innergate.conf: cannot be read"
    );
}

BOOST_AUTO_TEST_CASE(values_are_checked) {
    const std::multimap<std::string, std::string> wrong{
        {"instance.external_url", "https://host/"},
        {"instance.relative_url_root", "gitlab"},
        {"instance.gitlab_version", ""},
        {"instance.gitlab_version", "banana"},
        {"instance.gitlab_revision", "two words"},
        {"instance.ssh_clone_prefix", "git@host"},
        {"access.trusted_addresses", "127.0.0.1, banana"},
        {"access.trusted_addresses", "10.0.0.0/99"},
        {"limits.max_header_fields", "18446744073709551615"},
        {"limits.max_body_bytes", "5g"},
        {"jobs.hooks_dir", "hooks"},
        {"tokens.personal_access_token_prefix", "gl pat-"},
        {"secrets.shell_secret_file", ""},
        {"database.statement_timeout", "1s"},
        {"database.connect_timeout", "-1"},
        {"pool.internal.listen", "unix:"},
        {"pool.internal.threads", "0"},
        {"pool.internal.slow_threads", "0"},
        {"pool.public.slow_queue", "1025"},
        {"pool.public.listen", "host"},
        {"database.busy_timeout", "86401"},
        {"database.statement_timeout", "86400001"},
        {"limits.max_body_bytes", "99999999999g"},
        {"limits.max_json_depth", "1001"},
        {"features.ssh_certificates", "maybe"},
        {"storage.default.path", "repositories"},
        {"checks.force_push", "on"},
        {"tokens.lfs_token_lifetime", "0"},
        {"tokens.personal_access_token_max_lifetime_days", "0"},
        {"tokens.personal_access_token_max_lifetime_days", "3651"},
        {"tokens.personal_access_token_scopes", " , "},
        {"tokens.personal_access_token_scopes", "api, read user!"},
    };
    for (const auto& [key, value] : wrong) {
        const auto settings = load({.file = {}, .options = {{key, value}}, .environment = {}});
        BOOST_TEST(!settings.has_value(), key);
    }
}

BOOST_AUTO_TEST_CASE(two_pools_need_two_sockets) {
    const auto listening = [](const std::string& internal, const std::string& outer) {
        return load(
            {.file = {},
             .options = {{"pool.internal.listen", internal}, {"pool.public.listen", outer}},
             .environment = {}}
        );
    };
    const auto same = listening("unix:/run/a.sock", "unix:/run/a.sock");
    BOOST_REQUIRE(!same.has_value());
    BOOST_TEST(
        to_string(same.error().front()) ==
        "--pool-public-listen: pool.public.listen = 'unix:/run/a.sock': is that of "
        "pool.internal.listen too, at --pool-internal-listen"
    );
    BOOST_TEST(listening("unix:/run/a.sock", "unix:/run/b.sock").has_value());
    BOOST_TEST(listening("", "").has_value());
}

BOOST_AUTO_TEST_CASE(lists_are_words_between_commas_or_blanks) {
    for (const char* const text : {"api,read_user", "api, read_user", " api  read_user,, "}) {
        const auto settings = load(
            {.file = {},
             .options = {{"tokens.personal_access_token_scopes", text}},
             .environment = {}}
        );
        BOOST_REQUIRE(settings.has_value());
        BOOST_TEST(
            (settings->tokens.personal_access_token_scopes ==
             std::vector<std::string>{"api", "read_user"}),
            text
        );
    }
}

BOOST_AUTO_TEST_CASE(every_default_can_be_given_as_it_is_shown) {
    const Settings defaults;
    for (const Key& key : keys()) {
        Settings settings;
        const auto reason = key.assign(settings, key.show(defaults));
        BOOST_TEST(!reason.has_value(), key.dotted());
        BOOST_TEST(key.show(settings) == key.show(defaults));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::settings

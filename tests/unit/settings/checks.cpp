#include "app/settings/checks.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace innergate::settings {
namespace {

using Check = std::optional<std::string> (*)(const std::string&);

void accepts(Check check, const std::vector<std::string>& values) {
    for (const std::string& value : values) {
        BOOST_TEST(!check(value).has_value(), "refused: " << value);
    }
}

void refuses(Check check, const std::vector<std::string>& values) {
    for (const std::string& value : values) {
        BOOST_TEST(check(value).has_value(), "accepted: " << value);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(settings_checks)

BOOST_AUTO_TEST_CASE(external_url_is_something_to_put_a_path_behind) {
    accepts(
        web_url,
        {"http://localhost:8080",
         "https://gitlab.example.com",
         "https://example.com/gitlab",
         "http://[::1]:8080",
         "http://10.0.0.1/a/b"}
    );
    refuses(
        web_url,
        {"",
         "gitlab.example.com",
         "ftp://host",
         "http://",
         "https:///path",
         "http://:80",
         "http:// x",
         "https://host/",
         "https://host?a=b",
         "https://host#top",
         "https://host:banana",
         "https://host:99999",
         "https://user@host",
         "https://10.0.0.999",
         "https://::1",
         "https://[::1",
         "https://[banana]",
         "https://ho\"st",
         "https://ho st",
         "https://host\t"}
    );
}

BOOST_AUTO_TEST_CASE(relative_root_is_empty_or_a_path) {
    accepts(relative_root, {"", "/gitlab", "/a/b"});
    refuses(
        relative_root,
        {"gitlab", "/", "/gitlab/", "//gitlab", "/a/../b", "/.", "/a b", "/a?b", "/a#b"}
    );
}

BOOST_AUTO_TEST_CASE(listen_address_is_one_the_pool_can_open) {
    accepts(
        listen_address,
        {"",
         "unix:/run/innergate/internal.sock",
         "127.0.0.1:9000",
         "localhost:1",
         "[::1]:65535",
         "unix:" + std::string(107, 'p')}
    );
    refuses(
        listen_address,
        {"unix:",
         "host",
         ":9000",
         "host:",
         "host:0",
         "host:65536",
         "host:99999999999",
         "host:9x",
         "host:-1",
         "::1:9000",
         "[]:9000",
         "[banana]:9000",
         "10.0.0.999:9000",
         "ba nana:9000",
         "-x:9000",
         "unix:/run/a\nb",
         "unix:" + std::string(108, 'p')}
    );
}

BOOST_AUTO_TEST_CASE(gitaly_address_is_one_that_clients_can_dial) {
    accepts(
        gitaly_address,
        {"unix:/var/opt/gitlab/gitaly/gitaly.socket",
         "tcp://gitaly.example.com:8075",
         "tls://[::1]:9999",
         "dns:gitaly.example.com:8075",
         "dns:///gitaly.example.com:8075",
         "dns://10.0.0.1/gitaly.example.com:8075"}
    );
    refuses(
        gitaly_address,
        {"",
         "unix:",
         "unix:gitaly.socket",
         "unix:/a b",
         "unix:/" + std::string(107, 'p'),
         "gitaly:8075",
         "tcp://gitaly",
         "tcp://:8075",
         "tls://gitaly:0",
         "tls://gi taly:9",
         "tcp:///gitaly:8075",
         "tcp://git@gitaly:8075",
         "tls://10.0.0.999:8075",
         "dns://ba?nana/gitaly:8075",
         "dns:gitaly",
         "dns:",
         "dns://gitaly:8075",
         "dns:///a/gitaly:8075",
         "https://gitaly:8075"}
    );
}

BOOST_AUTO_TEST_CASE(database_is_of_a_known_kind) {
    accepts(database_url, {"sqlite:/var/lib/x.db", "postgresql://a,b/db", "postgres:///db"});
    refuses(database_url, {"", "mysql://host/db", "/var/lib/x.db", "SQLITE:/x"});
}

BOOST_AUTO_TEST_CASE(trusted_are_addresses_networks_and_unix_sockets) {
    BOOST_TEST(!address_ranges({}).has_value());
    BOOST_TEST(
        !address_ranges({"127.0.0.1", "::1", "10.0.0.0/8", "2001:db8::/32", "unix:"}).has_value()
    );
    for (const char* const text :
         {"banana",
          "10.0.0.0/99",
          "10.0.0",
          "unix",
          "unix:/run/http.sock",
          "gitaly.example.com",
          "::/129"}) {
        BOOST_TEST(
            address_ranges({"127.0.0.1", text}).value_or("") ==
            "must be IP addresses, networks such as 10.0.0.0/8, or unix:; '" + std::string{text} +
                "' is none"
        );
    }
}

BOOST_AUTO_TEST_CASE(what_clients_are_shown_has_its_form) {
    accepts(version, {"17.11.0", "17.11", "18.0.0-ee", "17.11.0-rc42.ee", "12.3.0-pre"});
    refuses(
        version,
        {"", "17", "banana", "17.11.0 ee", "v17.11.0", "17.11.0-", "17.11.0.1", "17.11.0\n"}
    );
    accepts(word, {"innergate", "d69c988e6a6"});
    refuses(word, {"", " ", "a b", "a\tb"});
    accepts(clone_prefix, {"", "git@gitlab.example.com:", "ssh://git@gitlab.example.com:2222/"});
    refuses(clone_prefix, {"git@gitlab.example.com", "ssh://git@host:2222", "git @host:", " "});
    accepts(token_prefix, {"", "glpat-", "a_b+c=d/e@f:g.h-", std::string(20, 'x')});
    refuses(token_prefix, {"gl pat-", "gl\"pat", "glpät-", std::string(21, 'x')});
    accepts(absolute_folder, {"/etc/innergate/post-receive.d", "/"});
    refuses(absolute_folder, {"", "post-receive.d", "./x", "~/x"});
}

BOOST_AUTO_TEST_CASE(scopes_are_those_of_gitlab) {
    BOOST_TEST(!scope_names({"api", "read_user", "self_rotate"}).has_value());
    BOOST_TEST(scope_names({}).has_value());
    BOOST_TEST(scope_names({"api", "read_usr"}).has_value());
    BOOST_TEST(scope_names({"API"}).has_value());
}

BOOST_AUTO_TEST_CASE(numbers_have_ends) {
    BOOST_TEST(thread_count(0).has_value());
    BOOST_TEST(!thread_count(1).has_value());
    BOOST_TEST(!thread_count(256).has_value());
    BOOST_TEST(thread_count(257).has_value());
    BOOST_TEST(!json_depth(1000).has_value());
    BOOST_TEST(json_depth(1001).has_value());
    BOOST_TEST(attempt_count(0).has_value());
    BOOST_TEST(!attempt_count(1).has_value());
    BOOST_TEST(!attempt_count(1000).has_value());
    BOOST_TEST(attempt_count(1001).has_value());
    BOOST_TEST(positive_time(std::chrono::seconds{0}).has_value());
    BOOST_TEST(!positive_time(std::chrono::seconds{1}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::settings

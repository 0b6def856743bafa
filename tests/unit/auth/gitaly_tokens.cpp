#include "app/auth/gitaly_tokens.hpp"

#include <chrono>
#include <filesystem>
#include <string>

#include <boost/test/unit_test.hpp>

#include "tests/unit/settings/settings_file.hpp"

namespace innergate::auth {
namespace {

Timestamp at(long long seconds) {
    return Timestamp{std::chrono::seconds{seconds}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gitaly_tokens)

// The values with which Gitaly tests its own server.
BOOST_AUTO_TEST_CASE(credential_is_what_gitaly_checks) {
    const Secret token{"foo"};
    BOOST_TEST(
        gitaly_credential(token, at(1535671615)) ==
        "v2.3346cb25ecdb928defd368e7390522a86764bbdf1e8b21aaef27c4c23ec9c899.1535671615"
    );
    BOOST_TEST(
        gitaly_credential(token, at(1535671585) + std::chrono::milliseconds{999}) ==
        "v2.b77158328e80be2984eaf08788419d25f3484eae484aec1297af6bdf1a456610.1535671585"
    );
}

BOOST_AUTO_TEST_CASE(all_files_are_read_and_all_faults_told) {
    const settings::TemporaryFile file{"a token\n"};
    settings::Storages storages{{"default", {}}, {"far", {}}, {"near", {}}};
    std::filesystem::permissions(file.path(), std::filesystem::perms::owner_read);
    storages["near"].gitaly_token_file = file.path();
    const auto tokens = read_gitaly_tokens(storages);
    BOOST_REQUIRE(tokens.has_value());
    BOOST_TEST(tokens->size() == 1U);
    BOOST_TEST(tokens->at("near").reveal() == "a token");
    storages["default"].gitaly_token_file = "/no/such/token";
    storages["far"].gitaly_token_file = "/nor/this";
    const auto faults = read_gitaly_tokens(storages);
    BOOST_REQUIRE(!faults.has_value());
    BOOST_TEST(faults.error().find("/no/such/token") != std::string::npos);
    BOOST_TEST(faults.error().find("/nor/this") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::auth

#include "handlers/domain/personal_access_token.hpp"

#include <boost/test/unit_test.hpp>

#include "app/time_format.hpp"

namespace innergate::handlers::domain {
namespace {

const std::vector<std::string> kValidScopes{"read_user", "api", "read_registry"};

struct Asked {
    std::string name = "name";
    std::vector<std::string> scopes{"api"};
    std::string expires_at = {};
    TokenRules rules{
        .valid_scopes = kValidScopes,
        .latest_expiry = std::chrono::sys_days{std::chrono::year{2027} / 1 / 15}};

    [[nodiscard]] std::string outcome() const {
        const auto checked =
            check_new_token({.name = name, .scopes = scopes, .expires_at = expires_at}, rules);
        if (!checked) {
            return checked.error();
        }
        return *checked ? to_iso8601(**checked) : "never";
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(new_personal_access_token)

BOOST_AUTO_TEST_CASE(first_fault_is_told) {
    Asked asked{.name = " ", .scopes = {}, .expires_at = "x"};
    asked.rules.is_user_blocked = true;
    BOOST_TEST(asked.outcome() == "No token name specified");
    asked.name = "name";
    BOOST_TEST(asked.outcome() == "No token scopes specified");
    asked.scopes = {"api", "sudo", "other"};
    BOOST_TEST(
        asked.outcome() ==
        "Invalid scope: 'sudo'. Valid scopes are: [\"api\", \"read_registry\", \"read_user\"]"
    );
    asked.scopes = {""};
    BOOST_TEST(asked.outcome().starts_with("Invalid scope: ''. "));
    asked.scopes = {"read_registry", "api"};
    BOOST_TEST(asked.outcome() == "Invalid token expiry date: 'x'");
    asked.expires_at = "2027-01-16";
    BOOST_TEST(asked.outcome() == "Failed to create token: Not permitted to create");
    asked.rules.is_user_blocked = false;
    BOOST_TEST(
        asked.outcome() == "Failed to create token: Expiration date must be before 2027-01-15"
    );
    asked.expires_at = "2027-01-15";
    asked.rules.has_container_registry = false;
    BOOST_TEST(
        asked.outcome() == "Failed to create token: Scopes can only contain available scopes"
    );
    asked.rules.has_container_registry = true;
    BOOST_TEST(asked.outcome() == "2027-01-15");
}

BOOST_AUTO_TEST_CASE(expiry_when_none_is_asked_for) {
    Asked asked{.expires_at = " "};
    BOOST_TEST(asked.outcome() == "2027-01-15");
    asked.rules.is_expiry_required = false;
    BOOST_TEST(asked.outcome() == "never");
    asked.expires_at = "2099-01-01";
    BOOST_TEST(asked.outcome() == "2099-01-01", "no limit where expiry is not required");
}

BOOST_AUTO_TEST_CASE(past_date_is_taken) {
    BOOST_TEST((Asked{.expires_at = "2001-01-01"}.outcome()) == "2001-01-01");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

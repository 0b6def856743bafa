// Error tracking: keys, the instance's switch, the token of the service.
#include <algorithm>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/auth/salted_digest.hpp"
#include "app/json/reader.hpp"
#include "tests/integration/admin/tool.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using test::member_of;
using test::Tool;

namespace {

constexpr const char* kDigest =
    "select error_tracking_access_token_digest from application_settings";

std::string digest_of(std::string_view token) {
    return auth::salted_digest(token, test::AdminDatabase::key_base());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_error_tracking)

BOOST_DATA_TEST_CASE(a_key_is_made_where_none_is_given, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value added = tool.answer("error-tracking-key add --project gitlab-org/manifests");
    const std::string key = member_of(added, "public_key");
    BOOST_TEST(key.size() == 37U);
    BOOST_TEST(key.starts_with("glet_"));
    BOOST_TEST((key.find_first_not_of("0123456789abcdef", 5) == std::string::npos));
    BOOST_TEST(member_of(added, "project") == "gitlab-org/manifests");
    BOOST_TEST(member_of(added, "active") == "true");
    const json::Value other = tool.answer("error-tracking-key add --project gitlab-org/manifests");
    BOOST_TEST(member_of(other, "public_key") != key);
}

BOOST_DATA_TEST_CASE(a_key_is_given_listed_shown_and_removed, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value added =
        tool.answer("error-tracking-key add --project 7 --public-key given --inactive");
    BOOST_TEST(member_of(added, "public_key") == "given");
    BOOST_TEST(member_of(added, "active") == "false");
    const std::string id = member_of(added, "id");
    BOOST_TEST(member_of(tool.answer("error-tracking-key show " + id), "public_key") == "given");
    BOOST_TEST(tool.answer("error-tracking-key list").array()->size() == 2U);
    BOOST_TEST(tool.answer("error-tracking-key list --project 7").array()->size() == 1U);
    BOOST_TEST(tool.run("error-tracking-key remove " + id) == 0);
    BOOST_TEST(tool.answer("error-tracking-key list --project 7").array()->empty());
}

BOOST_DATA_TEST_CASE(what_is_no_key_is_refused, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_TEST(tool.run("error-tracking-key add") == 2);
    BOOST_TEST(tool.run("error-tracking-key add --project nothing") == 1);
    BOOST_TEST(tool.err() == "innergate-admin: --project: there is no project nothing\n");
    const std::string longest(255, 'k');
    BOOST_TEST(tool.run("error-tracking-key add --project 7 --public-key " + longest) == 0);
    BOOST_TEST(tool.run("error-tracking-key add --project 7 --public-key k" + longest) == 1);
}

BOOST_DATA_TEST_CASE(a_switch_for_the_instance, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_TEST(member_of(tool.answer("error-tracking show"), "enabled") == "true");
    BOOST_TEST(member_of(tool.answer("error-tracking disable"), "enabled") == "false");
    BOOST_TEST(member_of(tool.answer("error-tracking show"), "enabled") == "false");
    BOOST_TEST(member_of(tool.answer("error-tracking enable"), "enabled") == "true");
    BOOST_TEST(tool.run("error-tracking show") == 0);
    BOOST_TEST(tool.out() == "enabled: true\nhas_token: true\n");
    BOOST_TEST(tool.run("error-tracking") == 2);
}

BOOST_DATA_TEST_CASE(a_token_is_shown_once_and_ends_the_one_before, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_TEST(tool.look(kDigest) == digest_of("innergate-demo-error-tracking"));
    const std::string token = member_of(tool.answer("error-tracking token"), "token");
    BOOST_TEST(token.size() == 32U);
    BOOST_TEST(tool.look(kDigest) == digest_of(token));
    const json::Value shown = tool.answer("error-tracking show");
    BOOST_TEST(member_of(shown, "has_token") == "true");
    BOOST_TEST((shown.find("token") == nullptr));
    BOOST_TEST(tool.run("error-tracking token") == 0);
    BOOST_TEST(tool.out().ends_with("  (it is not shown again)\n"));
    BOOST_TEST((tool.out().find(token) == std::string::npos));
}

BOOST_DATA_TEST_CASE(a_plain_token_is_imported_as_its_digest, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    for (int time = 0; time < 2; ++time) {
        database.import(R"({"application_settings": [{"error_tracking_access_token": "secret"}]})");
        BOOST_TEST(database.look(kDigest) == digest_of("secret"));
    }
    const std::string exported = database.exported();
    BOOST_TEST((exported.find("secret") == std::string::npos));
    BOOST_TEST((exported.find(digest_of("secret")) != std::string::npos));
    database.import(
        R"({"application_settings": [{"error_tracking_access_token_digest": "digest"}]})"
    );
    BOOST_TEST(database.look(kDigest) == "digest");

    const auto refusal = [&](const std::string& members) {
        return database.refusal(R"({"application_settings": [{)" + members + "}]}");
    };
    for (const char* const token : {R"("")", "5", "null"}) {
        const std::string reason =
            refusal(R"("error_tracking_access_token": )" + std::string{token});
        BOOST_TEST(
            reason.ends_with("column error_tracking_access_token: must be a string, not empty")
        );
    }
    const std::string both = refusal(
        R"("error_tracking_access_token": "secret", "error_tracking_access_token_digest": "x")"
    );
    BOOST_TEST(both.ends_with("is given beside error_tracking_access_token_digest"));
    BOOST_TEST((both.find("secret") == std::string::npos));
}

BOOST_AUTO_TEST_SUITE_END()

// SCIM tokens and identities, and the single sign-on of groups.
#include <algorithm>
#include <string>
#include <string_view>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/auth/salted_digest.hpp"
#include "app/json/reader.hpp"
#include "tests/integration/admin/tool.hpp"

namespace innergate::test {

/// With a group, a subgroup, a person and a bot of its own.
class ScimTool : public Tool {
public:
    explicit ScimTool(db::Dialect dialect) : Tool(dialect) {
        for (const char* const command :
             {"group add --path corp",
              "group add --path corp/sub",
              "group add --path instance",
              "user add --username jane --name Jane --email jane@corp.test",
              "user add --username john --name John --email john@corp.test",
              "user add --username robot --name Robot --email robot@corp.test"}) {
            answer(command);
        }
        database().import(
            R"({"users": [{"username": "robot", "email": "robot@corp.test", "user_type": 6}]})"
        );
    }

    std::string add(const std::string& arguments) { return member_of(answer(arguments), "id"); }

    std::size_t count(const std::string& arguments) { return answer(arguments).array()->size(); }
};

}  // namespace innergate::test

namespace data = boost::unit_test::data;
using namespace innergate;
using test::member_of;
using test::Refusal;
using test::ScimTool;

namespace {

constexpr Refusal kRefusals[]{
    {"scim-token add --group corp/sub", 1, "is a subgroup: name its top-level group, corp"},
    {"scim-token add --group jane", 1, "--group: jane is a personal namespace, not a group"},
    {"scim-token add --group nowhere", 1, "--group: there is no group nowhere"},
    {"scim-token add", 2, "1 option from [--group,--instance] is required"},
    {"scim-token add --group corp --instance", 2, "1 option from [--group,--instance] is required"},
    {"scim-token remove 4242", 1, "there is no scim-token 4242"},
    {"scim-token list --group nowhere", 1, "--group: there is no nowhere"},
    {"saml-provider add --group corp/sub", 1, "is a subgroup: name its top-level group, corp"},
    {"saml-provider add --group jane", 1, "is a personal namespace"},
    {"saml-provider add --group corp --default-membership-role boss", 1, "'boss' is none of"},
    {"saml-provider update corp --enabled yes", 1, "there is no saml-provider corp"},
    {"saml-provider update corp", 2, "At least 1 option from [--enabled,"},
    {"scim-identity add --group corp/sub --user jane --extern-uid j", 1, "is a subgroup"},
    {"scim-identity add --group corp --user nobody --extern-uid j", 1, "there is no user nobody"},
    {"scim-identity add --group corp --user robot --extern-uid r", 1, "--user: robot is a bot"},
    {"scim-identity add --group corp --user jane", 2, "--extern-uid is required"},
    {"scim-identity add --user jane --extern-uid j",
     2,
     "1 option from [--group,--instance] is required"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_scim)

BOOST_DATA_TEST_CASE(a_token_is_shown_once_and_removed_at_once, data::make(test::dialects())) {
    ScimTool tool{sample};
    const json::Value added = tool.answer("scim-token add --group CORP");
    const std::string token = member_of(added, "token");
    const std::string id = member_of(added, "id");
    BOOST_TEST(member_of(added, "scope") == "group");
    BOOST_TEST(member_of(added, "group") == "corp");

    constexpr std::string_view kPrefix = "glsoat-";
    BOOST_TEST_REQUIRE(token.starts_with(kPrefix));
    BOOST_TEST(token.size() >= kPrefix.size() + 20);
    BOOST_TEST(
        token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        ) == std::string::npos
    );
    BOOST_TEST(
        tool.look("select token_digest from scim_oauth_access_tokens where id = " + id) ==
        auth::salted_digest(token, test::AdminDatabase::key_base())
    );
    BOOST_TEST((tool.answer("scim-token show " + id).find("token") == nullptr));
    BOOST_TEST((tool.database().exported().find(token) == std::string::npos));

    // A second one beside it, so that one can take the place of the other.
    BOOST_TEST(member_of(tool.answer("scim-token add --group corp"), "token") != token);
    BOOST_TEST(tool.count("scim-token list --group corp") == 2U);
    BOOST_TEST(tool.run("scim-token remove " + id) == 0);
    BOOST_TEST(tool.out() == "scim-token " + id + " removed\n");
    BOOST_TEST(tool.count("scim-token list --group corp") == 1U);
    BOOST_TEST(tool.look("select count(*) from scim_oauth_access_tokens where id = " + id) == "0");
}

BOOST_DATA_TEST_CASE(the_instance_is_no_group, data::make(test::dialects())) {
    ScimTool tool{sample};
    const std::string group = tool.add("scim-token add --group instance");
    const std::string instance = tool.add("scim-token add --instance");
    const auto ids = [&tool](const std::string& filter) {
        const json::Value listed = tool.answer("scim-token list " + filter);
        std::string text = " ";
        for (const json::Value& token : *listed.array()) {
            text += member_of(token, "id") + ":" + member_of(token, "scope") + ":" +
                    member_of(token, "group") + " ";
        }
        return text;
    };
    const std::string of_group = " " + group + ":group:instance ";
    const std::string of_instance = " " + instance + ":instance:null ";
    BOOST_TEST(ids("--group instance") == of_group);
    BOOST_TEST((ids("--instance").find(of_instance) != std::string::npos));
    BOOST_TEST((ids("--instance").find(of_group) == std::string::npos));
    BOOST_TEST((ids("").find(of_group) != std::string::npos));
    BOOST_TEST((ids("").find(of_instance) != std::string::npos));
}

BOOST_DATA_TEST_CASE(single_sign_on_is_switched_and_kept, data::make(test::dialects())) {
    ScimTool tool{sample};
    json::Value provider = tool.answer("saml-provider add --group corp");
    const std::string id = member_of(provider, "id");
    BOOST_TEST(member_of(provider, "group") == "corp");
    BOOST_TEST(member_of(provider, "enabled") == "true");
    BOOST_TEST(member_of(provider, "enforced_sso") == "false");
    BOOST_TEST(member_of(provider, "default_membership_role") == "10");
    BOOST_TEST(tool.run("saml-provider add --group corp") == 1);
    BOOST_TEST(tool.err() == "innergate-admin: group_id: another row has this value already\n");

    tool.database()->session().execute_once(
        "update saml_providers set updated_at = '2020-01-01T00:00:00.000Z'"
    );
    provider = tool.answer("saml-provider update corp --enabled no");
    BOOST_TEST(member_of(provider, "enabled") == "false");
    BOOST_TEST(member_of(provider, "default_membership_role") == "10");
    BOOST_TEST(
        tool.look(
            "select count(*) from saml_providers where updated_at > '2020-01-02' and id = " + id
        ) == "1"
    );
    tool.answer(
        "saml-provider update " + id +
        " --enabled yes --enforced-sso yes --default-membership-role developer"
    );
    provider = tool.answer("saml-provider show corp");
    BOOST_TEST(member_of(provider, "enabled") == "true");
    BOOST_TEST(member_of(provider, "enforced_sso") == "true");
    BOOST_TEST(member_of(provider, "default_membership_role") == "30");
    BOOST_TEST(tool.run("saml-provider update corp --enabled maybe") == 1);
    BOOST_TEST(tool.err() == "innergate-admin: --enabled: 'maybe' is neither yes nor no\n");

    provider = tool.answer(
        "saml-provider add --group instance --disabled --enforced-sso "
        "--default-membership-role minimal"
    );
    BOOST_TEST(member_of(provider, "enabled") == "false");
    BOOST_TEST(member_of(provider, "enforced_sso") == "true");
    BOOST_TEST(member_of(provider, "default_membership_role") == "5");
}

BOOST_DATA_TEST_CASE(
    a_provider_that_people_sign_in_with_stays_unless_forced, data::make(test::dialects())
) {
    ScimTool tool{sample};
    const std::string id = tool.add("saml-provider add --group corp");
    const std::string user = member_of(tool.answer("user show jane"), "id");
    tool.database().import(
        R"({"identities": [{"provider": "group_saml", "extern_uid": "j", "user_id": )" + user +
        R"(, "saml_provider_id": )" + id + "}]}"
    );
    BOOST_TEST(tool.run("saml-provider remove corp") == 1);
    BOOST_TEST(
        tool.err() ==
        "innergate-admin: saml-provider corp has 1 people who sign in with it: "
        "--force removes them too\n"
    );
    BOOST_TEST(tool.run("saml-provider remove corp --force") == 0);
    BOOST_TEST(tool.look("select count(*) from identities where saml_provider_id = " + id) == "0");
    BOOST_TEST(member_of(tool.answer("user show jane"), "id") == user);
}

BOOST_DATA_TEST_CASE(a_person_who_is_there_is_linked, data::make(test::dialects())) {
    ScimTool tool{sample};
    const json::Value linked = tool.answer(
        "scim-identity add --group corp --user jane --extern-uid 00u1 --user-name jane@corp.test"
    );
    BOOST_TEST(member_of(linked, "scope") == "group");
    BOOST_TEST(member_of(linked, "group") == "corp");
    BOOST_TEST(member_of(linked, "username") == "jane");
    BOOST_TEST(member_of(linked, "extern_uid") == "00u1");
    BOOST_TEST(member_of(linked, "user_name") == "jane@corp.test");
    BOOST_TEST(member_of(linked, "active") == "true");

    // Ids, people and names are each one's own in a scope, whatever their case.
    for (const auto* const arguments :
         {"--user john --extern-uid 00U1",
          "--user jane --extern-uid 00u2",
          "--user john --extern-uid 00u2 --user-name JANE@corp.test"}) {
        BOOST_TEST(
            tool.run("scim-identity add --group corp " + std::string{arguments}) == 1, arguments
        );
        BOOST_TEST(
            (tool.err().find("another row has this value already") != std::string::npos), tool.err()
        );
    }
    const json::Value elsewhere =
        tool.answer("scim-identity add --instance --user jane --extern-uid 00u1 --inactive");
    BOOST_TEST(member_of(elsewhere, "scope") == "instance");
    BOOST_TEST(member_of(elsewhere, "active") == "false");
    BOOST_TEST(member_of(elsewhere, "user_name") == "null");
    const std::string longest(255, 'x');
    BOOST_TEST(
        tool.run("scim-identity add --group corp --user john --extern-uid y" + longest) == 1
    );
    BOOST_TEST(tool.err().starts_with("innergate-admin: extern_uid: must fulfil "), tool.err());
    tool.answer("scim-identity add --group corp --user john --extern-uid " + longest);

    BOOST_TEST(tool.count("scim-identity list --group corp") == 2U);
    BOOST_TEST(tool.count("scim-identity list --user jane") == 2U);
    BOOST_TEST(tool.count("scim-identity list --group corp --user jane") == 1U);
    BOOST_TEST(tool.count("scim-identity list --instance --user jane") == 1U);
    BOOST_TEST(tool.count("scim-identity list --instance --user john") == 0U);
}

BOOST_DATA_TEST_CASE(a_former_id_that_is_taken_leads_nowhere_else, data::make(test::dialects())) {
    ScimTool tool{sample};
    const std::string john =
        tool.add("scim-identity add --group corp --user john --extern-uid now");
    const std::string group = member_of(tool.answer("group show corp"), "id");
    const std::string of_john = R"({"scim_identity_id": )" + john;
    tool.database().import(
        R"({"scim_identity_aliases": [)" + of_john + R"(, "group_id": )" + group +
        R"(, "extern_uid": "Before"}, )" + of_john + R"(, "group_id": )" + group +
        R"(, "extern_uid": "once"}, )" + of_john + R"(, "extern_uid": "before"}]})"
    );
    const auto aliases = [&] {
        return member_of(tool.answer("scim-identity show " + john), "aliases");
    };
    BOOST_TEST(aliases() == "Before, once, before");
    tool.answer("scim-identity add --group corp --user jane --extern-uid before");
    BOOST_TEST(aliases() == "once, before");
}

BOOST_DATA_TEST_CASE(removing_a_link_leaves_the_person, data::make(test::dialects())) {
    ScimTool tool{sample};
    const std::string id = tool.add("scim-identity add --group corp --user jane --extern-uid 00u1");
    tool.answer("member add --user jane --group corp --access-level guest");
    tool.database().import(
        R"({"scim_identity_attributes": [{"name": "title", "value": "Director",)"
        R"("scim_identity_id": )" +
        id + "}]}"
    );

    BOOST_TEST(tool.run("scim-identity remove " + id) == 0);

    BOOST_TEST(
        tool.out() == "scim-identity " + id +
                          " removed; the account, its memberships and its SAML identity stay\n"
    );
    BOOST_TEST(tool.run("scim-identity show " + id) == 1);
    BOOST_TEST(
        tool.look("select count(*) from scim_identity_attributes where scim_identity_id = " + id) ==
        "0"
    );
    BOOST_TEST(member_of(tool.answer("user show jane"), "state") == "active");
    BOOST_TEST(tool.count("member list --user jane --group corp") == 1U);
}

BOOST_DATA_TEST_CASE(
    tokens_are_imported_plain_and_exported_as_digests, data::make(test::dialects())
) {
    ScimTool tool{sample};
    const std::string document =
        R"({"scim_oauth_access_tokens": [{"id": 77, "token": "a-plain-token"},)"
        R"({"token": "another-plain-token"}]})";
    tool.database().import(document);
    BOOST_TEST(tool.database().import(document).at(0).updated == 2U);

    BOOST_TEST(
        tool.look("select token_digest from scim_oauth_access_tokens where id = 77") ==
        auth::salted_digest("a-plain-token", test::AdminDatabase::key_base())
    );
    const std::string exported = tool.database().exported({"scim_oauth_access_tokens"});
    BOOST_TEST((exported.find("plain-token") == std::string::npos));
    BOOST_TEST((exported.find("token_digest") != std::string::npos));
}

BOOST_DATA_TEST_CASE(
    refused_with_a_reason, data::make(test::dialects()) * data::make(kRefusals), dialect, refusal
) {
    ScimTool tool{dialect};
    BOOST_TEST(tool.run(refusal.arguments) == refusal.status);
    BOOST_TEST((tool.err().find(refusal.reason) != std::string::npos), tool.err());
    BOOST_TEST(tool.out().empty());
}

BOOST_AUTO_TEST_SUITE_END()

#include <array>
#include <string>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/auth/password_hash.hpp"
#include "app/auth/salted_digest.hpp"
#include "app/encoding/digest.hpp"
#include "app/json/reader.hpp"
#include "tests/integration/admin/tool.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using test::kPublicKey;
using test::member_of;
using test::Refusal;
using test::Tool;

namespace {

constexpr std::array kRefusals{
    Refusal{
        "user add --username rubi --name R --email r@example.com",
        1,
        "username: another row has this value already"},
    Refusal{
        "user add --username gnuwget --name R --email r@example.com",
        1,
        "path: the full path 'gnuwget' leads to namespace 2 already"},
    Refusal{"user show nobody", 1, "there is no user nobody"},
    Refusal{"user remove 4711", 1, "there is no user 4711"},
    Refusal{"group add --path nowhere/sub", 1, "--path: there is no namespace nowhere"},
    Refusal{"group remove gnuwget", 1, "group gnuwget has 1 projects: --force removes them too"},
    Refusal{
        "project add --path top", 1, "--path: a project lies in a namespace: give NAMESPACE/PATH"},
    Refusal{
        "project add --path gnuwget/p --visibility secret",
        1,
        "--visibility: 'secret' is none of private, internal, public"},
    Refusal{
        "member add --user rubi --group 1 --access-level 30",
        1,
        "user_id, source_type, source_id: another row has this value already"},
    Refusal{
        "member add --user rubi --group 2 --access-level king",
        1,
        "--access-level: 'king' is none of minimal, guest, planner, reporter, developer, "
        "maintainer, owner"},
    Refusal{
        "member add --user rubi --group 2 --access-level 30 --expires-at tomorrow",
        1,
        "expires_at: must be a date such as \"2020-07-15\""},
    Refusal{
        "token add --user rubi --name n --scopes api,apii", 1, "--scopes: 'apii' is none of api, "},
    Refusal{
        "key add --user rubi --key-file /nonexistent",
        1,
        "--key-file: cannot read a line from /nonexistent"},
    Refusal{"key list --user nobody", 1, "--user: there is no nobody"},
    Refusal{"user add --username x", 2, "is required"},
    Refusal{"user", 2, "subcommand"},
    Refusal{"user show", 2, "WHICH is required"},
    Refusal{"member add --user rubi --access-level 30", 2, "Exactly 1 option"},
    Refusal{
        "member add --user rubi --group 2 --project 3 --access-level 30", 2, "Exactly 1 option"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_rows)

BOOST_DATA_TEST_CASE(a_user_gets_a_personal_namespace, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string password = tool.file("password", "correct horse");

    const json::Value user = tool.answer(
        "user add --username tester --name 'T. Ester' --email t@example.com --admin "
        "--password-file " +
        password
    );

    BOOST_TEST(member_of(user, "id") == "2082");
    BOOST_TEST(member_of(user, "admin") == "true");
    BOOST_TEST(
        tool.look("select path from routes where source_namespace_id = (select id from namespaces "
                  "where owner_id = 2082)") == "tester"
    );
    BOOST_TEST(auth::matches_hash(
        "correct horse", tool.look("select encrypted_password from users where id = 2082")
    ));
    BOOST_TEST(member_of(tool.answer("user show TESTER"), "id") == "2082");
    BOOST_TEST(member_of(tool.answer("user show t@example.com"), "id") == "2082");
}

BOOST_DATA_TEST_CASE(a_removed_user_leaves_nothing_of_its_own, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_REQUIRE(tool.run("user remove rubi") == 0);

    BOOST_TEST(tool.out() == "user 7 removed\n");
    BOOST_TEST(tool.look("select count(*) from keys where id = 7") == "0");
    BOOST_TEST(tool.look("select count(*) from members where user_id = 7") == "0");
    BOOST_TEST(tool.look("select count(*) from routes where path = 'rubi'") == "0");
}

BOOST_DATA_TEST_CASE(projects_of_a_user_are_removed_by_force_only, data::make(test::dialects())) {
    Tool tool{sample};
    tool.answer("project add --path rubi/own");

    BOOST_TEST(tool.run("user remove rubi") == 1);
    BOOST_TEST(
        tool.err() ==
        "innergate-admin: user rubi has 1 projects of its own: --force removes them too\n"
    );
    BOOST_TEST(tool.look("select count(*) from keys where id = 7") == "1");

    BOOST_TEST(tool.run("user remove rubi --force") == 0);
    BOOST_TEST(tool.look("select count(*) from routes where path like 'rubi%'") == "0");
}

// Whoever asks gets the truth: nobody made one.
BOOST_DATA_TEST_CASE(a_new_project_has_no_repository, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string id = member_of(tool.answer("project add --path gnuwget/fresh"), "id");
    const std::string digest = encoding::hex(encoding::sha256(id));
    const std::string state = "select id from projects where not repository_exists and empty_repo";

    BOOST_TEST(tool.look(state) == id);
    BOOST_TEST(
        member_of(tool.answer("project show gnuwget/fresh"), "relative_path") ==
        "@hashed/" + digest.substr(0, 2) + "/" + digest.substr(2, 2) + "/" + digest + ".git"
    );
    BOOST_TEST(member_of(tool.answer("repository show gnuwget/fresh"), "source") == "database");
}

BOOST_DATA_TEST_CASE(a_project_stays_when_its_repository_fails, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_TEST(tool.run("project add --path gnuwget/fresh --create-repository") == 1);
    BOOST_TEST(tool.err().find("the storage default has no inspector") != std::string::npos);
    BOOST_TEST(tool.out().empty());
    BOOST_TEST(tool.look("select count(*) from routes where path = 'gnuwget/fresh'") == "1");
}

BOOST_DATA_TEST_CASE(groups_and_projects_are_named_by_full_paths, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value group = tool.answer("group add --path gitlab-org/sub --name 'A Sub'");
    const json::Value project =
        tool.answer("project add --path GitLab-Org/SUB/proj --visibility internal");

    BOOST_TEST(member_of(group, "name") == "A Sub");
    BOOST_TEST(member_of(project, "path") == "gitlab-org/sub/proj");
    BOOST_TEST(member_of(project, "visibility") == "internal");
    BOOST_TEST(member_of(project, "repository_storage") == "default");
    BOOST_TEST(member_of(tool.answer("group show gitlab-org/sub"), "parent_id") == "3");
    BOOST_TEST(tool.answer("project list --group gitlab-org/sub").array()->size() == 1U);
    BOOST_TEST(tool.answer("group list --parent gitlab-org").array()->size() == 1U);

    BOOST_TEST(tool.run("group remove gitlab-org/sub --force") == 0);
    BOOST_TEST(tool.look("select count(*) from routes where path like 'gitlab-org/sub%'") == "0");
}

BOOST_DATA_TEST_CASE(members_of_groups_and_projects, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value in_group = tool.answer(
        "member add --user rubi --group gnuwget --access-level maintainer --expires-at 2030-01-31"
    );
    const json::Value in_project =
        tool.answer("member add --user rubi --project gnuwget/wget2 --access-level 20");

    BOOST_TEST(member_of(in_group, "access_level") == "40");
    BOOST_TEST(member_of(in_group, "expires_at") == "2030-01-31");
    BOOST_TEST(member_of(in_project, "source") == "project");
    BOOST_TEST(member_of(in_project, "path") == "gnuwget/wget2");
    BOOST_TEST(tool.answer("member list --project gnuwget/wget2").array()->size() == 1U);
    BOOST_TEST(tool.answer("member list --user rubi --group gnuwget").array()->size() == 1U);
    BOOST_TEST(tool.run("member remove " + member_of(in_group, "id")) == 0);
    BOOST_TEST(tool.answer("member list --user rubi --group gnuwget").array()->empty());
}

BOOST_DATA_TEST_CASE(a_key_is_titled_by_its_comment, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string file = tool.file("id.pub", std::string{kPublicKey} + " my laptop");

    const json::Value key = tool.answer(
        "key add --user rubi --expires-at 2030-01-01 --usage-type auth --key-file " + file
    );

    BOOST_TEST(member_of(key, "title") == "my laptop");
    BOOST_TEST(member_of(key, "usage_type") == "auth");
    BOOST_TEST(member_of(key, "expires_at") == "2030-01-01T00:00:00.000Z");
    BOOST_TEST(tool.answer("key list --user rubi").array()->size() == 2U);
    BOOST_TEST(
        member_of(tool.answer("key show SHA256:" + member_of(key, "fingerprint_sha256")), "id") ==
        member_of(key, "id")
    );
    BOOST_TEST(tool.run("key remove " + member_of(key, "fingerprint_sha256")) == 0);
    BOOST_TEST(tool.answer("key list --user rubi").array()->size() == 1U);
}

BOOST_DATA_TEST_CASE(a_token_is_shown_once, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value added =
        tool.answer("token add --user rubi --name ci --scopes api,read_user --expires-at 2030-01-01"
        );
    const std::string token = member_of(added, "token");
    const std::string id = member_of(added, "id");

    BOOST_TEST(token.starts_with("glpat-"));
    BOOST_TEST(token.size() == 26U);
    BOOST_TEST(
        tool.look("select token_digest from personal_access_tokens where id = " + id) ==
        auth::salted_digest(token, test::AdminDatabase::key_base())
    );
    BOOST_TEST(added.find("scopes")->array()->size() == 2U);
    BOOST_TEST((tool.answer("token show " + id).find("token") == nullptr));
    BOOST_TEST(tool.run("token remove " + id) == 0);
    BOOST_TEST(tool.answer("token list --user rubi").array()->empty());
}

BOOST_DATA_TEST_CASE(an_authority_of_a_group, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_REQUIRE(tool.run("ssh-certificate remove 1") == 0);
    const std::string file = tool.file("ca.pub", kPublicKey);

    BOOST_TEST(tool.run("ssh-certificate add --group gitlab-org --key-file " + file) == 1);
    BOOST_TEST(tool.err() == "innergate-admin: title: is missing\n");

    const json::Value added =
        tool.answer("ssh-certificate add --group gitlab-org --title CA --key-file " + file);
    BOOST_TEST(member_of(added, "group") == "gitlab-org");
    BOOST_TEST(member_of(added, "fingerprint") == "m3r8bZA8X8wJaQQ4vUiwA7eac5x7JGLT8z9MKULi614");
    BOOST_TEST(tool.answer("ssh-certificate list --group gitlab-org").array()->size() == 1U);
}

BOOST_DATA_TEST_CASE(
    refused_with_a_reason, data::make(test::dialects()) * data::make(kRefusals), dialect, refusal
) {
    Tool tool{dialect};
    BOOST_TEST(tool.run(refusal.arguments) == refusal.status);
    BOOST_TEST((tool.err().find(refusal.reason) != std::string::npos), tool.err());
    BOOST_TEST(tool.out().empty());
}

BOOST_DATA_TEST_CASE(people_see_a_table, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_REQUIRE(tool.run("ssh-certificate list") == 0);
    const std::string out = tool.out();
    BOOST_TEST(out.starts_with("id  group       title          fingerprint  "), out);
    BOOST_TEST(
        (out.find("\n1   gitlab-org  gitlab-org CA  m3r8bZA8X8wJ") != std::string::npos), out
    );
}

BOOST_AUTO_TEST_SUITE_END()

// The everyday commands on deploy keys, protections and broadcasts.
#include <array>
#include <string>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/clock.hpp"
#include "app/time_format.hpp"
#include "tests/integration/admin/tool.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using test::kPublicKey;
using test::member_of;
using test::Refusal;
using test::Tool;

namespace {

std::string add_deploy_key(Tool& tool, const std::string& options) {
    const std::string file = tool.file("deploy.pub", std::string{kPublicKey} + " ci");
    return member_of(tool.answer("deploy-key add --key-file " + file + " " + options), "id");
}

constexpr std::array kRefusals{
    Refusal{"deploy-key add --key-file /nonexistent", 1, "cannot read a line from /nonexistent"},
    // A person's key is none.
    Refusal{"deploy-key show 11", 1, "there is no deploy-key 11"},
    Refusal{"deploy-key enable 11 --project 3", 1, "there is no deploy-key 11"},
    Refusal{"deploy-key enable 1", 2, "--project is required"},
    Refusal{"protected-branch add --name main", 2, "Exactly 1 option"},
    Refusal{"protected-branch add --project 3 --group 2 --name main", 2, "Exactly 1 option"},
    Refusal{"protected-branch add --project 3", 2, "--name is required"},
    Refusal{"protected-branch add --project none --name main", 1, "--project: there is no project"},
    Refusal{
        "protected-branch add --project 3 --name main --push-access-level owner",
        1,
        "--push-access-level: 'owner' is none of no-one, developer, maintainer, admin"},
    Refusal{
        "protected-branch add --project 3 --name main --push-user nobody",
        1,
        "--push-user: there is no user nobody"},
    Refusal{
        "protected-branch add --project 3 --name main --push-deploy-key 11",
        1,
        "--push-deploy-key: there is no deploy key 11"},
    Refusal{"protected-tag add --name v", 2, "--project is required"},
    Refusal{"broadcast add", 2, "--message is required"},
    Refusal{
        "broadcast add --message hello --type shout",
        1,
        "--type: 'shout' is none of banner, notification"},
    Refusal{
        "broadcast add --message hello --ends-at soon",
        1,
        "ends_at: must be a time in UTC such as"},
    Refusal{
        "broadcast add --message hello --starts-at 2030-01-02 --ends-at 2030-01-01",
        1,
        "must fulfil ends_at > starts_at"},
    Refusal{
        "broadcast add --message hello --target-access-levels guest,king",
        1,
        "--target-access-levels: 'king' is none of minimal, "},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_git_rows)

BOOST_DATA_TEST_CASE(a_deploy_key_is_made_for_projects, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string id = add_deploy_key(tool, "--user rubi --project gnuwget/wget2 --can-push");
    const json::Value shown = tool.answer("deploy-key show " + id);

    BOOST_TEST(member_of(shown, "title") == "ci");
    BOOST_TEST(member_of(shown, "user") == "rubi");
    BOOST_TEST(member_of(shown, "projects") == "gnuwget/wget2");
    BOOST_TEST(member_of(shown, "can_push_to") == "gnuwget/wget2");
    BOOST_TEST(tool.look("select type from keys where id = " + id) == "DeployKey");
    BOOST_TEST(tool.answer("deploy-key list --project 3 --user rubi").array()->size() == 1U);
    BOOST_TEST(tool.run("key show " + id) == 1);

    BOOST_TEST(tool.run("deploy-key remove " + id) == 1);
    BOOST_TEST((tool.err().find("has 1 projects that deploy with it") != std::string::npos));
    BOOST_TEST(tool.run("deploy-key remove --force " + id) == 0);
    BOOST_TEST(
        tool.look("select count(*) from deploy_keys_projects where deploy_key_id = " + id) == "0"
    );
}

BOOST_DATA_TEST_CASE(a_deploy_key_without_projects_is_enabled_later, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string id = add_deploy_key(tool, "");
    BOOST_TEST(member_of(tool.answer("deploy-key show " + id), "user") == "null");
    BOOST_TEST(tool.answer("deploy-key list --project 3").array()->empty());

    json::Value shown = tool.answer("deploy-key enable " + id + " --project gnuwget/wget2");
    BOOST_TEST(member_of(shown, "projects") == "gnuwget/wget2");
    BOOST_TEST(member_of(shown, "can_push_to").empty());

    shown = tool.answer("deploy-key enable " + id + " --project 3 --can-push");
    BOOST_TEST(member_of(shown, "projects") == "gnuwget/wget2");
    BOOST_TEST(member_of(shown, "can_push_to") == "gnuwget/wget2");

    shown = tool.answer("deploy-key disable " + id + " --project 3");
    BOOST_TEST(member_of(shown, "projects").empty());
    BOOST_TEST(tool.run("deploy-key disable " + id + " --project 3") == 1);
    BOOST_TEST((tool.err().find("is not enabled for 3") != std::string::npos));
}

BOOST_DATA_TEST_CASE(pushing_needs_a_project, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string file = tool.file("deploy.pub", std::string{kPublicKey} + " ci");
    BOOST_TEST(tool.run("deploy-key add --can-push --key-file " + file) == 1);
    BOOST_TEST(tool.err() == "innergate-admin: --can-push: to which project? --project names it\n");
    BOOST_TEST(tool.look("select count(*) from keys where title = 'ci'") == "0");
}

BOOST_DATA_TEST_CASE(maintainers_pass_a_new_protection, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value branch =
        tool.answer("protected-branch add --project gnuwget/wget2 --name release/*");

    BOOST_TEST(member_of(branch, "source") == "project");
    BOOST_TEST(member_of(branch, "path") == "gnuwget/wget2");
    BOOST_TEST(member_of(branch, "name") == "release/*");
    BOOST_TEST(member_of(branch, "allow_force_push") == "false");
    BOOST_TEST(member_of(branch, "push") == "maintainer");
    BOOST_TEST(member_of(branch, "merge") == "maintainer");
    BOOST_TEST(tool.run("protected-branch add --project 3 --name release/*") == 1);
    BOOST_TEST((tool.err().find("another row has this value") != std::string::npos), tool.err());

    const std::string id = member_of(branch, "id");
    BOOST_TEST(tool.answer("protected-branch list --project 3").array()->size() == 1U);
    BOOST_TEST(tool.run("protected-branch remove " + id) == 0);
    BOOST_TEST(tool.answer("protected-branch list --project 3").array()->empty());
    BOOST_TEST(
        tool.look(
            "select count(*) from protected_branch_push_access_levels where "
            "protected_branch_id = " +
            id
        ) == "0"
    );
}

BOOST_DATA_TEST_CASE(who_is_named_passes_instead, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string key = add_deploy_key(tool, "--user rubi --project 3 --can-push");
    const json::Value branch = tool.answer(
        "protected-branch add --project 3 --name main --allow-force-push --push-user rubi "
        "--push-user root --push-group gnuwget --push-deploy-key " +
        key + " --merge-access-level developer --merge-user rubi --merge-group gnuwget"
    );

    BOOST_TEST(member_of(branch, "allow_force_push") == "true");
    BOOST_TEST(
        member_of(branch, "push") == "user rubi, user root, group gnuwget, deploy key " + key
    );
    BOOST_TEST(member_of(branch, "merge") == "developer, user rubi, group gnuwget");
}

BOOST_DATA_TEST_CASE(groups_protect_branches_of_all_projects_below, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_REQUIRE(tool.run("group add --path gnuwget/sub") == 0);
    BOOST_TEST(
        member_of(tool.answer("protected-branch add --group gnuwget/sub --name main"), "path") ==
        "gnuwget/sub"
    );
    const json::Value branch = tool.answer(
        "protected-branch add --group gnuwget --name main --push-access-level no-one "
        "--merge-access-level admin"
    );
    BOOST_TEST(member_of(branch, "source") == "group");
    BOOST_TEST(member_of(branch, "path") == "gnuwget");
    BOOST_TEST(member_of(branch, "push") == "no-one");
    BOOST_TEST(member_of(branch, "merge") == "admin");
    BOOST_TEST(tool.answer("protected-branch list --group gnuwget").array()->size() == 1U);
}

BOOST_DATA_TEST_CASE(protected_tags, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string key = add_deploy_key(tool, "");
    const json::Value by_default = tool.answer("protected-tag add --project 3 --name v*");
    const json::Value named = tool.answer(
        "protected-tag add --project 3 --name rc --create-access-level developer --create-user "
        "rubi --create-group gnuwget --create-deploy-key " +
        key
    );

    BOOST_TEST(member_of(by_default, "create") == "maintainer");
    BOOST_TEST(
        member_of(named, "create") == "developer, user rubi, group gnuwget, deploy key " + key
    );
    BOOST_TEST(tool.answer("protected-tag list --project gnuwget/wget2").array()->size() == 2U);
    BOOST_TEST(tool.run("protected-tag remove " + member_of(named, "id")) == 0);
    BOOST_TEST(tool.answer("protected-tag list --project 3").array()->size() == 1U);
}

BOOST_DATA_TEST_CASE(a_broadcast_is_shown_for_an_hour, data::make(test::dialects())) {
    Tool tool{sample};
    const Timestamp before = SystemClock{}.now();
    const json::Value broadcast = tool.answer("broadcast add --message 'Back at noon'");
    const auto starts_at = parse_timestamp(member_of(broadcast, "starts_at"));
    const auto ends_at = parse_timestamp(member_of(broadcast, "ends_at"));

    BOOST_TEST_REQUIRE((starts_at && ends_at));
    BOOST_TEST((*starts_at >= before && *starts_at <= SystemClock{}.now()));
    BOOST_TEST((*ends_at - *starts_at == std::chrono::hours{1}));
    BOOST_TEST(member_of(broadcast, "message") == "Back at noon");
    BOOST_TEST(member_of(broadcast, "type") == "banner");
    BOOST_TEST(member_of(broadcast, "show_in_cli") == "true");
    BOOST_TEST(member_of(broadcast, "target_path") == "null");
    BOOST_TEST(member_of(broadcast, "target_access_levels").empty());
}

BOOST_DATA_TEST_CASE(a_broadcast_for_some, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value broadcast = tool.answer(
        "broadcast add --message hello --type notification --starts-at 2030-01-01 --ends-at "
        "2030-01-02T08:00:00Z --target-path gnuwget/* --target-access-levels developer,40 --no-cli"
    );

    BOOST_TEST(member_of(broadcast, "starts_at") == "2030-01-01T00:00:00.000Z");
    BOOST_TEST(member_of(broadcast, "ends_at") == "2030-01-02T08:00:00.000Z");
    BOOST_TEST(member_of(broadcast, "type") == "notification");
    BOOST_TEST(member_of(broadcast, "show_in_cli") == "false");
    BOOST_TEST(member_of(broadcast, "target_path") == "gnuwget/*");
    BOOST_TEST(member_of(broadcast, "target_access_levels") == "30, 40");
    BOOST_TEST(tool.run("broadcast remove " + member_of(broadcast, "id")) == 0);
    // The one of the demo data is left.
    BOOST_TEST(tool.answer("broadcast list").array()->size() == 1U);
}

BOOST_DATA_TEST_CASE(
    refused_with_a_reason, data::make(test::dialects()) * data::make(kRefusals), dialect, refusal
) {
    Tool tool{dialect};
    BOOST_TEST(tool.run(refusal.arguments) == refusal.status);
    BOOST_TEST((tool.err().find(refusal.reason) != std::string::npos), tool.err());
    BOOST_TEST(tool.out().empty());
}

BOOST_AUTO_TEST_SUITE_END()

// Policy files as an operator keeps them.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"
#include "tests/integration/admin/tool.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using test::member_of;
using test::Tool;

namespace {

constexpr const char* kOfManifests =
    "policy add --project gitlab-org/manifests --management-project gitlab-org/group-policies ";

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_policies)

BOOST_DATA_TEST_CASE(a_file_belongs_to_a_project, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string file = tool.file("policy.yml", "scan_execution_policy: []");
    const json::Value added =
        tool.answer(kOfManifests + ("--committed-at 2022-06-02T05:36:26Z --file " + file));
    BOOST_TEST(member_of(added, "owner") == "project");
    BOOST_TEST(member_of(added, "path") == "gitlab-org/manifests");
    BOOST_TEST(member_of(added, "management_project") == "gitlab-org/group-policies");
    BOOST_TEST(member_of(added, "committed_at") == "2022-06-02T05:36:26.000Z");
    BOOST_TEST(member_of(added, "content") == "scan_execution_policy: []\n");

    const std::string id = member_of(added, "id");
    BOOST_TEST(tool.answer("policy list --project gitlab-org/manifests").array()->size() == 1U);
    BOOST_TEST(tool.answer("policy list --group gitlab-org").array()->size() == 1U);
    BOOST_TEST(member_of(tool.answer("policy show " + id), "path") == "gitlab-org/manifests");
    BOOST_TEST(tool.run("policy remove " + id) == 0);
    BOOST_TEST(tool.run("policy show " + id) == 1);
}

BOOST_DATA_TEST_CASE(added_again_it_is_replaced, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string command =
        "policy add --group group1 --management-project group1/first --file ";
    const std::string first =
        member_of(tool.answer(command + tool.file("policy.yml", "first: []")), "id");
    const json::Value second =
        tool.answer(command + tool.file("policy.yml", "second: []") + " --committed-at 2024-02-29");
    BOOST_TEST(member_of(second, "id") == first);
    BOOST_TEST(member_of(second, "owner") == "group");
    BOOST_TEST(member_of(second, "content") == "second: []\n");
    BOOST_TEST(member_of(second, "committed_at") == "2024-02-29T00:00:00.000Z");

    BOOST_TEST(
        tool.run(
            "policy add --group group1 --management-project group1/second --file " +
            tool.file("policy.yml", "third: []")
        ) == 1
    );
    BOOST_TEST(
        tool.err() ==
        "innergate-admin: group1 has its policies in another management project: remove that link "
        "first\n"
    );
}

BOOST_DATA_TEST_CASE(a_file_goes_with_its_last_link, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string documents =
        "select count(*) from security_policy_documents where "
        "security_policy_management_project_id = 9";
    const std::string file = tool.file("policy.yml", "a: []");
    const std::string id = member_of(tool.answer(kOfManifests + ("--file " + file)), "id");
    BOOST_TEST(tool.run("policy remove " + id) == 0);
    BOOST_TEST(tool.look(documents) == "1", "the group is linked to it still");
    BOOST_TEST(tool.run("policy remove 2") == 0);
    BOOST_TEST(tool.look(documents) == "0");
}

BOOST_DATA_TEST_CASE(what_agents_could_not_be_told_is_refused, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string before = tool.look("select count(*) from security_policy_configurations");
    const std::string file = tool.file("policy.yml", "a: [");
    const std::string command = kOfManifests + ("--file " + file);
    const std::string prefix = "innergate-admin: --file: " + file + ": ";
    BOOST_TEST(tool.run(command) == 1);
    BOOST_TEST(tool.err() == prefix + "line 2, column 1: end of sequence flow not found\n");

    static_cast<void>(tool.file("policy.yml", "a: &a [*a]"));
    BOOST_TEST(tool.run(command) == 1);
    BOOST_TEST(tool.err() == prefix + "line 1, column 8: an alias inside of what it stands for\n");

    static_cast<void>(tool.file("policy.yml", std::string(300'000, '#')));
    BOOST_TEST(tool.run(command) == 1);
    BOOST_TEST(tool.err() == prefix + "too large\n");

    static_cast<void>(tool.file("policy.yml", "[]"));
    BOOST_TEST(tool.run(command) == 1);
    BOOST_TEST(tool.err() == prefix + "the file is no mapping\n");

    BOOST_TEST(tool.run(kOfManifests + std::string{"--file /nonexistent"}) == 1);
    BOOST_TEST(
        tool.err() ==
        "innergate-admin: --file: cannot read /nonexistent: No such file or directory\n"
    );
    BOOST_TEST(tool.look("select count(*) from security_policy_configurations") == before);
}

BOOST_DATA_TEST_CASE(options_that_will_not_do, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string file = " --file " + tool.file("policy.yml", "a: []");
    BOOST_TEST(tool.run(kOfManifests + ("--committed-at yesterday" + file)) == 1);
    BOOST_TEST(tool.err().starts_with("innergate-admin: --committed-at: 'yesterday' is no day"));
    BOOST_TEST(tool.run("policy add --project x --management-project group1/first" + file) == 1);
    BOOST_TEST(tool.err() == "innergate-admin: --project: there is no project x\n");
    BOOST_TEST(tool.run("policy add --group x --management-project group1/first" + file) == 1);
    BOOST_TEST(tool.err() == "innergate-admin: --group: there is no group x\n");
    BOOST_TEST(tool.run("policy add --group group1 --management-project x" + file) == 1);
    BOOST_TEST(tool.err() == "innergate-admin: --management-project: there is no project x\n");
    BOOST_TEST(tool.run("policy add --management-project group1/first" + file) == 2);
}

BOOST_AUTO_TEST_SUITE_END()

// `innergate-admin ENTITY set`: columns of single rows, and what a change brings with it.
#include <array>
#include <string>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/auth/password_hash.hpp"
#include "tests/integration/admin/tool.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using test::member_of;
using test::Refusal;
using test::Tool;

namespace {

constexpr std::array kRefusals{
    Refusal{"user set nobody state=blocked", 1, "there is no user nobody"},
    Refusal{"user set rubi", 2, "At least 1 option from [--password-file,COLUMN=VALUE]"},
    Refusal{"user set rubi state", 1, "'state' is not of the form COLUMN=VALUE"},
    Refusal{"user set rubi =blocked", 1, "'=blocked' is not of the form COLUMN=VALUE"},
    Refusal{"user set rubi stat=blocked", 1, "stat: there is no such column. There are username, "},
    Refusal{"user set rubi id=9", 1, "id: is the number of the row, which stays"},
    Refusal{"user set rubi state=asleep", 1, "state: "},
    Refusal{"user set rubi state=blocked state=active", 1, "state: is given twice"},
    Refusal{"user set rubi admin=perhaps", 1, "admin: 'perhaps' is neither yes nor no"},
    Refusal{"user set rubi username=", 1, "username: "},
    Refusal{
        "user set rubi username=gnuwget",
        1,
        "path: the full path 'gnuwget' leads to namespace 2 already"},
    Refusal{"user set rubi projects_limit=", 1, "projects_limit: must not be null"},
    Refusal{"user set rubi projects_limit=-1", 1, "projects_limit: "},
    Refusal{"user set rubi projects_limit=many", 1, "projects_limit: must be an integer"},
    Refusal{"user set rubi confirmed_at=yesterday", 1, "confirmed_at: must be a time in UTC"},
    Refusal{"user set rubi last_activity_on=now", 1, "last_activity_on: must be a date"},
    Refusal{
        "user set rubi enterprise_group_id=nowhere",
        1,
        "enterprise_group_id: there is no namespace nowhere"},
    Refusal{"user set rubi password=secret", 1, "password: is given by --password-file"},
    Refusal{"project set gnuwget/wget2 path=a/b", 1, "path: must be one segment"},
    Refusal{
        "project set gnuwget/wget2 visibility=secret",
        1,
        "visibility: 'secret' is none of private, internal, public"},
    Refusal{"group set gnuwget parent_id=gnuwget", 1, "parent_id, id: must fulfil parent_id <> id"},
    Refusal{"instance set file_size_limit_mb=-1", 1, "file_size_limit_mb: "},
    Refusal{"instance set id=2", 1, "id: is the number of the row, which stays"},
    Refusal{"instance add", 2, "A subcommand is required"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_set)

BOOST_DATA_TEST_CASE(columns_take_what_their_kind_is, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value user = tool.answer(
        "user set rubi state=blocked confirmed_at=now last_activity_on=today projects_limit=5 "
        "external=yes locked_at=2030-01-31 enterprise_group_id=gnuwget"
    );

    BOOST_TEST(member_of(user, "state") == "blocked");
    BOOST_TEST(member_of(user, "external") == "true");
    BOOST_TEST(tool.look("select projects_limit from users where id = 7") == "5");
    BOOST_TEST(tool.look("select enterprise_group_id from users where id = 7") == "2");
    BOOST_TEST(
        tool.look("select count(*) from users where id = 7 and confirmed_at is not null and "
                  "confirmed_at = updated_at or id = 7 and confirmed_at <= updated_at") == "1"
    );
    tool.answer("user set rubi locked_at= enterprise_group_id=");
    BOOST_TEST(
        tool.look("select count(*) from users where id = 7 and locked_at is null and "
                  "enterprise_group_id is null") == "1"
    );
}

BOOST_DATA_TEST_CASE(a_user_s_namespace_is_called_as_the_user, data::make(test::dialects())) {
    Tool tool{sample};
    tool.answer("project add --path rubi/own");
    tool.answer("user set rubi username=Ruby name=Ruby.R");

    BOOST_TEST(tool.look("select path from namespaces where owner_id = 7") == "Ruby");
    BOOST_TEST(tool.look("select name from namespaces where owner_id = 7") == "Ruby.R");
    BOOST_TEST(
        tool.look("select path from redirect_routes where path like 'rubi%' order by path") ==
        "rubi rubi/own"
    );
    BOOST_TEST(member_of(tool.answer("project show Ruby/own"), "path") == "Ruby/own");
}

BOOST_DATA_TEST_CASE(a_password_comes_from_a_file, data::make(test::dialects())) {
    Tool tool{sample};
    tool.answer("user set rubi --password-file " + tool.file("password", "correct horse"));
    BOOST_TEST(auth::matches_hash(
        "correct horse", tool.look("select encrypted_password from users where id = 7")
    ));
}

BOOST_DATA_TEST_CASE(words_stand_for_numbers, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_TEST(
        member_of(tool.answer("project set gnuwget/wget2 visibility=public"), "visibility") ==
        "public"
    );
    tool.answer("project set gnuwget/wget2 visibility_level=internal");
    BOOST_TEST(tool.look("select visibility_level from projects where path = 'wget2'") == "10");
    const json::Value member = tool.answer("member add --user rubi --group 2 --access-level guest");
    const std::string id = member_of(member, "id");
    BOOST_TEST(
        member_of(tool.answer("member set " + id + " access_level=owner"), "access_level") == "50"
    );
    const std::string project = tool.look("select id from projects where path = 'wget2'");
    tool.answer("member set " + id + " project=gnuwget/wget2");
    BOOST_TEST(tool.look("select source_type from members where id = " + id) == "Project");
    BOOST_TEST(tool.look("select source_id from members where id = " + id) == project);
}

BOOST_DATA_TEST_CASE(a_new_path_leaves_a_redirect, data::make(test::dialects())) {
    Tool tool{sample};
    tool.answer("group add --path other");
    tool.answer("group set gnuwget path=moved parent_id=other");

    BOOST_TEST(member_of(tool.answer("group show other/moved"), "path") == "other/moved");
    BOOST_TEST(member_of(tool.answer("project show other/moved/wget2"), "id") != "");
    BOOST_TEST(
        tool.look("select path from redirect_routes where path like 'gnuwget%' order by path") ==
        "gnuwget gnuwget/wget2"
    );
    BOOST_TEST(
        tool.look("select routes.path from redirect_routes join routes on "
                  "routes.source_project_id = redirect_routes.source_project_id "
                  "where redirect_routes.path = 'gnuwget/wget2'") == "other/moved/wget2"
    );
}

BOOST_DATA_TEST_CASE(the_instance_has_one_row, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value instance = tool.answer("instance set file_size_limit_mb=100 lfs_enabled=off");
    BOOST_TEST(member_of(instance, "file_size_limit_mb") == "100");
    BOOST_TEST(member_of(tool.answer("instance show"), "lfs_enabled") == "false");
}

BOOST_DATA_TEST_CASE(further_addresses_are_rows, data::make(test::dialects())) {
    Tool tool{sample};
    tool.answer("email add --user rubi --email second@example.com");
    const json::Value email = tool.answer("email set second@example.com confirmed_at=2030-01-31");
    BOOST_TEST(member_of(email, "confirmed_at") == "2030-01-31T00:00:00.000Z");
    BOOST_TEST(member_of(email, "user") == "rubi");
}

BOOST_DATA_TEST_CASE(update_is_its_old_name, data::make(test::dialects())) {
    Tool tool{sample};
    tool.answer("group add --path sso");
    tool.answer("saml-provider add --group sso");
    const json::Value provider = tool.answer("saml-provider update sso --enabled no");
    BOOST_TEST(member_of(provider, "enabled") == "false");
    BOOST_TEST(member_of(tool.answer("saml-provider set sso enabled=yes"), "enabled") == "true");
}

BOOST_DATA_TEST_CASE(
    refused_with_a_reason, data::make(test::dialects()) * data::make(kRefusals), dialect, refusal
) {
    Tool tool{dialect};
    const std::string before = tool.look("select updated_at from users order by id");
    BOOST_TEST(tool.run(refusal.arguments) == refusal.status);
    BOOST_TEST(tool.err().find(refusal.reason) != std::string::npos, tool.err());
    BOOST_TEST(tool.look("select updated_at from users order by id") == before);
}

BOOST_AUTO_TEST_SUITE_END()

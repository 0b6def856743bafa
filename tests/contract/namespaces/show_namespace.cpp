#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kAdmin = "glpat-innergate-demo-admin";
constexpr const char* kNotFound = R"({"message":"404 Namespace Not Found"})";
constexpr const char* kDocumented =
    R"({"id":1,"name":"group1","path":"group1","kind":"group","full_path":"group1",)"
    R"("parent_id":null,"avatar_url":null,"web_url":"https://gitlab.example.com/groups/group1",)"
    R"("members_count_with_descendants":2,"billable_members_count":2,"max_seats_used":0,)"
    R"("seats_in_use":0,"plan":"default","end_date":null,"trial_ends_on":null,"trial":false,)"
    R"("root_repository_size":100,"projects_count":3,"shared_runners_minutes_limit":null,)"
    R"("extra_shared_runners_minutes_limit":null,"additional_purchased_storage_size":0,)"
    R"("additional_purchased_storage_ends_on":null,"max_seats_used_changed_at":null})";
constexpr const char* kPersonal =
    R"({"id":6,"name":"John Smith","path":"john_smith","kind":"user","full_path":"john_smith",)"
    R"("parent_id":null,"avatar_url":null,"web_url":"https://gitlab.example.com/john_smith",)"
    R"("billable_members_count":1,"max_seats_used":0,"seats_in_use":0,"plan":"default",)"
    R"("end_date":null,"trial_ends_on":null,"trial":false,"shared_runners_minutes_limit":null,)"
    R"("extra_shared_runners_minutes_limit":null,"additional_purchased_storage_size":0,)"
    R"("additional_purchased_storage_ends_on":null,"max_seats_used_changed_at":null})";

struct Fresh {
    explicit Fresh(db::Dialect dialect)
        : database(dialect, Content::demo), server(settings::PoolName::internal, database) {
        server.settings.instance.external_url = "https://gitlab.example.com";
        // A group that is only what a test makes of it.
        sql("delete from members where source_type = 'Namespace' and source_id = 129");
    }

    void sql(const std::string& statement) { database.session().execute_once(statement); }
    http::Response show(const std::string& id) {
        return server.get(
            "/api/v4/internal/gitlab_subscriptions/namespaces/" + id, {{"PRIVATE-TOKEN", kAdmin}}
        );
    }
    /// Whether the answer has that member, with the comma or brace that ends it.
    bool shows(const std::string& id, const std::string& member) {
        const std::string body = show(id).body;
        return body.find(member + ",") != std::string::npos ||
               body.find(member + "}") != std::string::npos;
    }

    bool counts(int members, int billable) {
        return shows(
            "129",
            R"("members_count_with_descendants":)" + std::to_string(members) +
                R"(,"billable_members_count":)" + std::to_string(billable)
        );
    }

    void add_subgroup(int id, int parent, const std::string& full_path) {
        const std::string path = full_path.substr(full_path.rfind('/') + 1);
        sql("insert into namespaces (id, type, name, path, parent_id) values (" +
            std::to_string(id) + ", 'Group', 'Below', '" + path + "', " + std::to_string(parent) +
            ")");
        sql("insert into routes (source_type, source_id, path) values ('Namespace', " +
            std::to_string(id) + ", '" + full_path + "')");
    }
    void add_project(int id, int namespace_id, long long size) {
        sql("insert into projects (id, namespace_id, name, path, repository_size) values (" +
            std::to_string(id) + ", " + std::to_string(namespace_id) + ", 'p', 'p" +
            std::to_string(id) + "', " + std::to_string(size) + ")");
    }
    void add_member(int user, const std::string& source_type, int source, int level) {
        sql("insert into members (user_id, source_type, source_id, access_level) values (" +
            std::to_string(user) + ", '" + source_type + "', " + std::to_string(source) + ", " +
            std::to_string(level) + ")");
    }

    TestDatabase database;
    InProcessServer server;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(show_namespace)

BOOST_DATA_TEST_CASE(answers_as_documented, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    check(fresh.show("1"), 200, kDocumented);
    check(fresh.show("GROUP1"), 200, kDocumented);
    check(fresh.show("%67roup1"), 200, kDocumented);
}

BOOST_DATA_TEST_CASE(personal_namespaces_lack_three_keys, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    check(fresh.show("6"), 200, kPersonal);
    check(fresh.show("john_smith"), 200, kPersonal);
}

BOOST_DATA_TEST_CASE(what_is_not_found, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql(
        "insert into namespaces (id, type, name, path, parent_id) values (900001, 'Project', 'p', "
        "'first', 1)"
    );
    for (const std::string unknown :
         {"999999", "-1", "99999999999999999999", "nothing", "group1%2Fnothing", "900001"}) {
        check(fresh.show(unknown), 404, kNotFound);
    }
    check(fresh.show("group1/sub"), 404, R"({"error":"404 Not Found"})");
    // A group whose path is all digits is not found by it.
    fresh.sql("update namespaces set path = '777777' where id = 1");
    fresh.sql("update routes set path = '777777' where source_type = 'Namespace' and source_id = 1"
    );
    check(fresh.show("777777"), 404, kNotFound);
}

BOOST_DATA_TEST_CASE(only_administrators_ask, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    const std::string target = "/api/v4/internal/gitlab_subscriptions/namespaces/999999";
    check(fresh.server.get(target), 401, R"({"message":"401 Unauthorized"})");
    check(
        fresh.server.get(target, {{"PRIVATE-TOKEN", "nothing"}}),
        401,
        R"({"message":"401 Unauthorized"})"
    );
    fresh.sql("update users set admin = false");
    check(
        fresh.server.get(target, {{"PRIVATE-TOKEN", kAdmin}}), 403, R"({"message":"403 Forbidden"})"
    );
}

BOOST_DATA_TEST_CASE(head_answers_as_get, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    const http::Response response = fresh.server.answer(
        {.method = http::Method::head,
         .target = "/api/v4/internal/gitlab_subscriptions/namespaces/1",
         .headers = {{"TOKEN", kAdmin}},
         .content_type = {},
         .body = {}}
    );
    BOOST_TEST(response.status == 200);
}

BOOST_DATA_TEST_CASE(the_own_subscription_is_shown, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    for (const std::string member :
         {R"("billable_members_count":82)",
          R"("max_seats_used":82)",
          R"("seats_in_use":82)",
          R"("plan":"premium")",
          R"("end_date":"2021-07-15")",
          R"("trial_ends_on":null)",
          R"("trial":false)",
          R"("max_seats_used_changed_at":null)"}) {
        BOOST_TEST(fresh.shows("1234", member), member);
    }
    fresh.sql(
        "update gitlab_subscriptions set trial = true, trial_starts_on = '2024-06-01', "
        "trial_ends_on = '2024-07-01', end_date = null, max_seats_used = null, "
        "max_seats_used_changed_at = '2024-06-15T10:00:00.000Z'"
    );
    for (const std::string member :
         {R"("max_seats_used":null)",
          R"("seats_in_use":82)",
          R"("end_date":null)",
          R"("trial_ends_on":"2024-07-01")",
          R"("trial":true)",
          R"("max_seats_used_changed_at":"2024-06-15T10:00:00.000Z")"}) {
        BOOST_TEST(fresh.shows("1234", member), member);
    }
    fresh.sql("update gitlab_subscriptions set hosted_plan_id = null");
    BOOST_TEST(fresh.shows("1234", R"("plan":"default")"));
}

BOOST_DATA_TEST_CASE(a_personal_namespace_has_one_seat, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql("update gitlab_subscriptions set namespace_id = 6");
    BOOST_TEST(fresh.shows("6", R"("billable_members_count":1,"max_seats_used":82)"));
    BOOST_TEST(fresh.shows("6", R"("seats_in_use":1,"plan":"premium","end_date":"2021-07-15")"));
}

BOOST_DATA_TEST_CASE(subgroups_take_their_roots_plan, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.add_subgroup(900001, 1234, "a-namespace-name/sub");
    fresh.add_subgroup(900002, 900001, "a-namespace-name/sub/sub");
    fresh.add_member(7, "Namespace", 900002, 10);
    fresh.add_member(29, "Namespace", 900002, 15);
    fresh.add_project(900003, 900002, 7);
    const std::string target = "a-namespace-name%2Fsub%2Fsub";
    check(
        fresh.show(target),
        200,
        R"({"id":900002,"name":"Below","path":"sub","kind":"group",)"
        R"("full_path":"a-namespace-name/sub/sub","parent_id":900001,"avatar_url":null,)"
        R"("web_url":"https://gitlab.example.com/groups/a-namespace-name/sub/sub",)"
        R"("members_count_with_descendants":2,"billable_members_count":2,"max_seats_used":0,)"
        R"("seats_in_use":0,"plan":"premium","end_date":null,"trial_ends_on":null,"trial":false,)"
        R"("root_repository_size":null,"projects_count":1,"shared_runners_minutes_limit":null,)"
        R"("extra_shared_runners_minutes_limit":null,"additional_purchased_storage_size":0,)"
        R"("additional_purchased_storage_ends_on":null,"max_seats_used_changed_at":null})"
    );
    // Where guests are free, they still are members.
    fresh.sql(
        "update gitlab_subscriptions set hosted_plan_id = (select id from plans where name = "
        "'ultimate')"
    );
    for (const std::string id : {"900001", "900002"}) {
        BOOST_TEST(
            fresh.shows(id, R"("members_count_with_descendants":2,"billable_members_count":1)")
        );
        BOOST_TEST(fresh.shows(id, R"("plan":"ultimate")"));
    }
    fresh.sql(
        "update gitlab_subscriptions set hosted_plan_id = (select id from plans where name = "
        "'ultimate_trial_paid_customer')"
    );
    BOOST_TEST(fresh.shows("900002", R"("billable_members_count":2)"));
}

BOOST_DATA_TEST_CASE(projects_of_the_whole_tree_count, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    BOOST_TEST(fresh.shows("129", R"("root_repository_size":0,"projects_count":0)"));
    fresh.add_subgroup(900001, 129, "reconciled-129/sub");
    fresh.add_project(900002, 900001, 5'000'000'000'000);
    fresh.add_project(900003, 129, 1);
    fresh.sql("update projects set archived = true where id = 900003");
    BOOST_TEST(fresh.shows("129", R"("root_repository_size":5000000000001,"projects_count":2)"));
    BOOST_TEST(fresh.shows("900001", R"("root_repository_size":null,"projects_count":1)"));
}

BOOST_DATA_TEST_CASE(who_is_a_member, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.add_subgroup(900001, 129, "reconciled-129/sub");
    fresh.add_project(900002, 900001, 0);
    BOOST_TEST(fresh.counts(0, 0));
    fresh.add_member(7, "Namespace", 129, 10);
    BOOST_TEST(fresh.counts(1, 1));
    fresh.add_member(7, "Namespace", 900001, 50);
    BOOST_TEST(fresh.counts(1, 1), "a user counts once");
    fresh.add_member(29, "Project", 900002, 30);
    BOOST_TEST(fresh.counts(1, 2), "members of projects take seats only");
    fresh.add_member(30, "Namespace", 900001, 30);
    BOOST_TEST(fresh.counts(2, 3));
    for (const std::string change :
         {"access_level = 5",
          "access_level = 30, requested_at = '2020-01-01T00:00:00.000Z'",
          "requested_at = null, invite_token = 't'",
          "invite_token = null, state = 1"}) {
        fresh.sql("update members set " + change + " where source_id = 900001 and user_id = 30");
        BOOST_TEST(fresh.counts(1, 2), change);
    }
    fresh.sql("update members set state = 0 where source_id = 900001 and user_id = 30");
    fresh.sql("update users set user_type = 6 where id = 30");
    BOOST_TEST(fresh.counts(2, 2), "bots are members without a seat");
    fresh.sql("update users set user_type = 0, state = 'blocked' where id = 30");
    BOOST_TEST(fresh.counts(1, 2), "blocked users are none");
}

BOOST_DATA_TEST_CASE(avatars_have_addresses, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql("update namespaces set avatar = '/uploads/group.png' where id = 1");
    BOOST_TEST(fresh.shows("1", R"("avatar_url":"https://gitlab.example.com/uploads/group.png")"));
    fresh.sql("update namespaces set avatar = 'uploads/group.png' where id = 1");
    BOOST_TEST(fresh.shows("1", R"("avatar_url":"https://gitlab.example.com/uploads/group.png")"));
    fresh.sql("update namespaces set avatar = 'https://cdn.example.com/1.png' where id = 1");
    BOOST_TEST(fresh.shows("1", R"("avatar_url":"https://cdn.example.com/1.png")"));
    fresh.sql("update namespaces set avatar = '' where id = 1");
    BOOST_TEST(fresh.shows("1", R"("avatar_url":null)"));
    fresh.sql("update namespaces set avatar = '/of-the-namespace.png' where id = 6");
    BOOST_TEST(fresh.shows("6", R"("avatar_url":null)"), "the owner's, not the namespace's");
    fresh.sql("update users set avatar = '/user.png' where id = 2");
    BOOST_TEST(fresh.shows("6", R"("avatar_url":"https://gitlab.example.com/user.png")"));
}

BOOST_DATA_TEST_CASE(quotas_are_shown, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql(
        "update namespaces set shared_runners_minutes_limit = 1000, "
        "extra_shared_runners_minutes_limit = 50, additional_purchased_storage_size = 10, "
        "additional_purchased_storage_ends_on = '2027-02-03' where id in (1, 6)"
    );
    for (const std::string id : {"1", "6"}) {
        BOOST_TEST(fresh.shows(
            id,
            R"("shared_runners_minutes_limit":1000,"extra_shared_runners_minutes_limit":50,)"
            R"("additional_purchased_storage_size":10,)"
            R"("additional_purchased_storage_ends_on":"2027-02-03")"
        ));
    }
}

BOOST_DATA_TEST_CASE(groups_in_a_ring_end_the_search, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.add_subgroup(900001, 129, "reconciled-129/sub");
    fresh.sql("update namespaces set parent_id = 900001 where id = 129");
    BOOST_TEST(fresh.shows("129", R"("plan":"default")"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

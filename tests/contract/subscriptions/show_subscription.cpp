#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kAdmin = "glpat-innergate-demo-admin";
constexpr const char* kNotFound = R"({"message":"404 Namespace Not Found"})";
constexpr const char* kDocumented =
    R"({"plan":{"code":"premium","name":"premium","trial":false,"auto_renew":null,"upgradable":false,)"
    R"("exclude_guests":false},"usage":{"seats_in_subscription":80,"seats_in_use":82,"max_seats_used":82,)"
    R"("seats_owed":2},"billing":{"subscription_start_date":"2020-07-15",)"
    R"("subscription_end_date":"2021-07-15","trial_ends_on":null}})";
constexpr const char* kNone =
    R"({"plan":{"code":null,"name":null,"trial":null,"auto_renew":null,"upgradable":null,)"
    R"("exclude_guests":null},"usage":{"seats_in_subscription":null,"seats_in_use":null,)"
    R"("max_seats_used":null,"seats_owed":null},"billing":{"subscription_start_date":null,)"
    R"("subscription_end_date":null,"trial_ends_on":null}})";

std::string target_for(const std::string& id) {
    return "/api/v4/namespaces/" + id + "/gitlab_subscription";
}

struct Fresh {
    explicit Fresh(db::Dialect dialect)
        : database(dialect, Content::demo), server(settings::PoolName::public_, database) {}

    void sql(const std::string& statement) { database.session().execute_once(statement); }
    http::Response show(const std::string& id) {
        return server.get(target_for(id), {{"PRIVATE-TOKEN", kAdmin}});
    }
    bool shows(const std::string& id, const std::string& part) {
        return show(id).body.find(part) != std::string::npos;
    }

    std::string seats_in_use() {
        const std::string body = show("1234").body;
        const std::size_t at = body.find("\"seats_in_use\":") + 15;
        return body.substr(at, body.find(',', at) - at);
    }
    /// Of the group, for user 1 with that access level there.
    int status_for_member_at(int level) {
        sql("delete from members where user_id = 1");
        sql("insert into members (user_id, source_type, source_id, access_level) "
            "values (1, 'Namespace', 1234, " +
            std::to_string(level) + ")");
        return show("1234").status;
    }

    TestDatabase database;
    InProcessServer server;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(show_subscription)

BOOST_DATA_TEST_CASE(answers_by_id_and_path, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql("update namespaces set path = 'Shop' where id = 1234");
    fresh.sql("update routes set path = 'Shop' where source_type = 'Namespace' and source_id = 1234"
    );
    check(fresh.show("1234"), 200, kDocumented);
    check(fresh.show("sHOP"), 200, kDocumented);
    check(fresh.show("%53hop"), 200, kDocumented);
    for (const std::string unknown :
         {"999999", "-1234", "99999999999999999999", "nothing", "a%2Fb"}) {
        check(fresh.show(unknown), 404, kNotFound);
    }
    check(fresh.show("a/b"), 404, R"({"error":"404 Not Found"})");
}

BOOST_DATA_TEST_CASE(without_a_subscription_every_leaf_is_null, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql("delete from gitlab_subscriptions");
    check(fresh.show("1234"), 200, kNone);
}

BOOST_DATA_TEST_CASE(plan_rules, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql("update gitlab_subscriptions set end_date = '2026-01-15'");
    BOOST_TEST(fresh.shows("1234", R"("upgradable":true)"));
    fresh.sql("update gitlab_subscriptions set end_date = '2026-01-14'");
    BOOST_TEST(fresh.shows("1234", R"("upgradable":false)"));
    fresh.sql("update gitlab_subscriptions set auto_renew = true, hosted_plan_id = null");
    BOOST_TEST(fresh.shows("1234", R"("code":null,"name":null,"trial":false,"auto_renew":true)"));
}

BOOST_DATA_TEST_CASE(guests_are_free_on_some_plans, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql(
        "update members set access_level = 10 where source_type = 'Namespace' and source_id = 1234 "
        "and access_level < 50"
    );
    BOOST_TEST(fresh.shows("1234", R"("seats_in_use":82)"));
    fresh.sql(
        "update gitlab_subscriptions set hosted_plan_id = (select id from plans where name = "
        "'ultimate')"
    );
    BOOST_TEST(fresh.shows("1234", R"("exclude_guests":true)"));
    BOOST_TEST(fresh.shows("1234", R"("seats_in_use":82)") == false);
}

BOOST_DATA_TEST_CASE(who_takes_a_seat, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    // Which members there are is the demo data's; what changes with each row is the rule's.
    fresh.sql("delete from members");
    BOOST_TEST(fresh.seats_in_use() == "0");
    fresh.sql(
        "insert into members (id, user_id, source_type, source_id, access_level) "
        "values (900001, 7, 'Namespace', 1234, 10)"
    );
    BOOST_TEST(fresh.seats_in_use() == "1");
    fresh.sql(
        "insert into namespaces (id, type, name, path, parent_id) values (900002, 'Group', 'x', "
        "'x', 1234)"
    );
    fresh.sql(
        "insert into members (id, user_id, source_type, source_id, access_level) "
        "values (900003, 7, 'Namespace', 900002, 50)"
    );
    BOOST_TEST(fresh.seats_in_use() == "1", "a user counts once");
    fresh.sql(
        "insert into projects (id, namespace_id, name, path) values (900004, 900002, 'p', 'p')"
    );
    fresh.sql(
        "insert into members (id, user_id, source_type, source_id, access_level) "
        "values (900005, 29, 'Project', 900004, 30)"
    );
    BOOST_TEST(fresh.seats_in_use() == "2", "projects of subgroups count");
    for (const std::string change :
         {"access_level = 5",
          "access_level = 30, requested_at = '2020-01-01T00:00:00.000Z'",
          "requested_at = null, invite_token = 't'",
          "invite_token = null, state = 1"}) {
        fresh.sql("update members set " + change + " where id = 900005");
        BOOST_TEST(fresh.seats_in_use() == "1", change);
    }
    fresh.sql("update members set state = 0 where id = 900005");
    fresh.sql("update users set state = 'blocked' where id = 29");
    BOOST_TEST(fresh.seats_in_use() == "1", "blocked users take no seat");
    fresh.sql("update users set state = 'active', user_type = 6 where id = 29");
    BOOST_TEST(fresh.seats_in_use() == "1", "bots take no seat");
}

BOOST_DATA_TEST_CASE(who_may_see_it, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql("update users set admin = false where id = 1");
    fresh.sql("delete from members where user_id = 1");
    check(fresh.show("1234"), 404, kNotFound);
    BOOST_TEST(fresh.status_for_member_at(50) == 200);
    BOOST_TEST(fresh.status_for_member_at(40) == 403);
    BOOST_TEST(fresh.show("1234").body == R"({"message":"403 Forbidden"})");
    BOOST_TEST(fresh.status_for_member_at(5) == 403);
    // Owners of a group own what is below it.
    fresh.sql(
        "insert into namespaces (id, type, name, path, parent_id) values (900002, 'Group', 'x', "
        "'x', 1234)"
    );
    BOOST_TEST(fresh.status_for_member_at(50) == 200);
    check(fresh.show("900002"), 200, kNone);
    fresh.sql("update members set expires_at = '2026-01-15' where user_id = 1");
    check(fresh.show("900002"), 404, kNotFound);
}

BOOST_DATA_TEST_CASE(a_personal_namespace_has_one_owner, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql("update users set admin = false where id = 1");
    check(fresh.show("rubi"), 404, kNotFound);
    fresh.sql(
        "insert into members (user_id, source_type, source_id, access_level) "
        "select 1, 'Namespace', id, 50 from namespaces where type = 'User' and owner_id = 7"
    );
    check(fresh.show("rubi"), 403, R"({"message":"403 Forbidden"})");
}

BOOST_DATA_TEST_CASE(internal_route_answers_the_same, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    InProcessServer internal{settings::PoolName::internal, fresh.database};
    const auto show = [&internal](const std::string& id) {
        return internal.get(
            "/api/v4/internal/gitlab_subscriptions/namespaces/" + id + "/gitlab_subscription",
            {{"TOKEN", kAdmin}}
        );
    };
    check(show("1234"), 200, kDocumented);
    check(show("a%2Db"), 404, kNotFound);
    check(show("999999"), 404, kNotFound);
    check(show("1"), 200, kNone);
    fresh.sql(
        "insert into gitlab_subscriptions (namespace_id, hosted_plan_id, start_date, seats) "
        "select 5, id, '2025-01-01', 1 from plans where name = 'gold'"
    );
    check(show("root"), 200, fresh.show("5").body);
    BOOST_TEST(
        show("root").body.find(R"("exclude_guests":false},"usage":{"seats_in_subscription":1,)"
                               R"("seats_in_use":1,)") != std::string::npos
    );
    // For the portal alone: not even owners may ask here.
    fresh.sql("update users set admin = false where id = 1");
    BOOST_TEST(fresh.show("5").status == 200);
    check(show("5"), 403, R"({"message":"403 Forbidden"})");
    check(show("nothing"), 403, R"({"message":"403 Forbidden"})");
}

BOOST_DATA_TEST_CASE(head_answers_the_same_head, data::make(dialects()), dialect) {
    InProcessServer server{settings::PoolName::public_, demo_database(dialect)};
    const auto ask = [&server](http::Method method, const std::string& id) {
        return server.answer(
            {.method = method,
             .target = target_for(id),
             .headers = {{"PRIVATE-TOKEN", kAdmin}},
             .content_type = {},
             .body = {}}
        );
    };
    for (const std::string id : {"1234", "1", "nothing"}) {
        const http::Response head = ask(http::Method::head, id);
        const http::Response get = ask(http::Method::get, id);
        BOOST_TEST(head.status == get.status);
        BOOST_TEST(head.content_type == get.content_type);
        BOOST_TEST(head.headers.size() == get.headers.size());
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

#include <fmt/format.h>

#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kAdmin = "glpat-innergate-demo-admin";
constexpr const char* kNotFound = R"({"message":"404 Group Namespace Not Found"})";
constexpr const char* kDocumented =
    R"([{"user":{"id":2,"username":"john_smith","name":"John Smith"},"access_level":50,)"
    R"("notification_email":"name@example.com"}])";
constexpr const char* kUrl =
    "https://gitlab.example.com/api/v4/internal/gitlab_subscriptions/namespaces/";

struct Fresh {
    explicit Fresh(db::Dialect dialect)
        : database(dialect, Content::demo), server(settings::PoolName::internal, database) {
        server.settings.instance.external_url = "https://gitlab.example.com";
        // A group that is only what a test makes of it.
        sql("delete from members where source_type = 'Namespace' and source_id = 129");
    }

    void sql(const std::string& statement) { database.session().execute_once(statement); }
    http::Response owners_of(const std::string& id, const std::string& query = "") {
        return server.get(
            "/api/v4/internal/gitlab_subscriptions/namespaces/" + id + "/owners" + query,
            {{"TOKEN", kAdmin}}
        );
    }

    void add_owner(int user, int namespace_id = 129) {
        sql(fmt::format(
            "insert into members (user_id, source_type, source_id, access_level) "
            "values ({}, 'Namespace', {}, 50)",
            user,
            namespace_id
        ));
    }
    void add_subgroup(int id, int parent, const std::string& full_path) {
        sql(fmt::format(
            "insert into namespaces (id, type, name, path, parent_id) "
            "values ({}, 'Group', 'sub', 'sub', {})",
            id,
            parent
        ));
        sql(fmt::format(
            "insert into routes (source_type, source_id, path) values ('Namespace', {}, '{}')",
            id,
            full_path
        ));
    }
    bool has_owner() { return owners_of("129").body != "[]"; }
    void choose_address(int user, int group, const std::string& email) {
        sql(fmt::format(
            "insert into group_notification_emails (user_id, namespace_id, email) "
            "values ({}, {}, '{}')",
            user,
            group,
            email
        ));
    }
    /// The owners on the page that the query asks for.
    int count_on(const std::string& query) {
        const std::string body = owners_of("129", query).body;
        int count = 0;
        for (std::size_t at = body.find("access_level"); at != std::string::npos;
             at = body.find("access_level", at + 1)) {
            ++count;
        }
        return count;
    }
    std::string addresses(const std::string& id) {
        static constexpr std::string_view kKey = R"("notification_email":")";
        const std::string body = owners_of(id).body;
        std::string all;
        for (std::size_t at = body.find(kKey); at != std::string::npos;
             at = body.find(kKey, at + 1)) {
            const std::size_t start = at + kKey.size();
            all += body.substr(start, body.find('"', start) - start) + " ";
        }
        return all;
    }

    TestDatabase database;
    InProcessServer server;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(list_owners)

BOOST_DATA_TEST_CASE(answers_as_documented, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    const http::Response response = fresh.owners_of("1234");
    check(response, 200, kDocumented);
    BOOST_TEST(field(response, "X-Total") == "1");
    check(fresh.owners_of("A-Namespace-Name"), 200, kDocumented);
}

BOOST_DATA_TEST_CASE(a_group_without_owners_has_an_empty_list, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    const http::Response response = fresh.owners_of("129");
    check(response, 200, "[]");
    BOOST_TEST(field(response, "X-Total") == "0");
    BOOST_TEST(field(response, "X-Total-Pages") == "1");
}

BOOST_DATA_TEST_CASE(what_is_no_group_is_not_found, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql(
        "insert into namespaces (id, type, name, path, parent_id) values (900001, 'Project', 'p', "
        "'first', 1)"
    );
    for (const std::string unknown :
         {"6", "john_smith", "900001", "999999", "-1", "99999999999999999999", "nothing"}) {
        check(fresh.owners_of(unknown), 404, kNotFound);
    }
}

BOOST_DATA_TEST_CASE(only_administrators_ask, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    const std::string target = "/api/v4/internal/gitlab_subscriptions/namespaces/999999/owners";
    check(fresh.server.get(target), 401, R"({"message":"401 Unauthorized"})");
    fresh.sql("update users set admin = false");
    check(
        fresh.server.get(target, {{"PRIVATE-TOKEN", kAdmin}}), 403, R"({"message":"403 Forbidden"})"
    );
}

BOOST_DATA_TEST_CASE(who_is_an_owner, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.add_owner(7);
    BOOST_TEST(fresh.has_owner());
    for (const std::string change :
         {"access_level = 40",
          "access_level = 50, requested_at = '2020-01-01T00:00:00.000Z'",
          "requested_at = null, invite_token = 't'",
          "invite_token = null, state = 1",
          "state = 0, expires_at = '2026-01-15'"}) {
        fresh.sql("update members set " + change + " where source_id = 129");
        BOOST_TEST(!fresh.has_owner(), change);
    }
    fresh.sql("update members set expires_at = '2026-01-16' where source_id = 129");
    BOOST_TEST(fresh.has_owner());
    fresh.sql("update users set state = 'deactivated' where id = 7");
    BOOST_TEST(!fresh.has_owner());
}

BOOST_DATA_TEST_CASE(owners_of_other_groups_are_left_out, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.add_subgroup(900001, 129, "reconciled-129/sub");
    fresh.add_owner(7, 129);
    fresh.add_owner(29, 900001);
    fresh.sql(
        "insert into projects (id, namespace_id, name, path) values (129, 129, 'p', 'p'), "
        "(900001, 129, 'q', 'q')"
    );
    fresh.sql(
        "insert into members (user_id, source_type, source_id, access_level) "
        "values (30, 'Project', 129, 50), (30, 'Project', 900001, 50)"
    );
    check(
        fresh.owners_of("129"),
        200,
        R"([{"user":{"id":7,"username":"rubi","name":"Dede Eichmann"},"access_level":50,)"
        R"("notification_email":"rubi@example.com"}])"
    );
    check(
        fresh.owners_of("reconciled-129%2Fsub"),
        200,
        R"([{"user":{"id":29,"username":"token_maker","name":"Token Maker"},"access_level":50,)"
        R"("notification_email":"token_maker@example.com"}])"
    );
}

BOOST_DATA_TEST_CASE(the_nearest_chosen_address_counts, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.add_subgroup(900001, 129, "reconciled-129/sub");
    fresh.add_subgroup(900002, 900001, "reconciled-129/sub/sub");
    fresh.add_owner(7, 900002);
    fresh.add_owner(29, 900002);
    BOOST_TEST(fresh.addresses("900002") == "rubi@example.com token_maker@example.com ");
    fresh.sql("update users set notification_email = 'mail@example.com' where id = 7");
    BOOST_TEST(fresh.addresses("900002") == "mail@example.com token_maker@example.com ");
    fresh.choose_address(7, 1234, "other-group@example.com");
    fresh.choose_address(30, 900002, "other-user@example.com");
    BOOST_TEST(fresh.addresses("900002") == "mail@example.com token_maker@example.com ");
    fresh.choose_address(7, 129, "root@example.com");
    BOOST_TEST(fresh.addresses("900002") == "root@example.com token_maker@example.com ");
    fresh.choose_address(7, 900001, "between@example.com");
    fresh.choose_address(29, 129, "far@example.com");
    BOOST_TEST(fresh.addresses("900002") == "between@example.com far@example.com ");
    fresh.choose_address(7, 900002, "own@example.com");
    BOOST_TEST(fresh.addresses("900002") == "own@example.com far@example.com ");
}

BOOST_DATA_TEST_CASE(owners_come_in_pages, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.sql(
        "insert into members (user_id, source_type, source_id, access_level) "
        "select id, 'Namespace', 129, 50 from users where id between 2001 and 2045 order by id "
        "desc"
    );
    const std::string newest = fresh.database.look(
        "select users.username from users join members on members.user_id = users.id "
        "where members.source_id = 129 order by members.id limit 1"
    );
    const http::Response first = fresh.owners_of("129");
    BOOST_TEST(first.status == 200);
    BOOST_TEST(first.body.find(R"("username":")" + newest + "\"") < 40U, "by membership");
    BOOST_TEST(field(first, "X-Per-Page") == "20");
    BOOST_TEST(field(first, "X-Page") == "1");
    BOOST_TEST(field(first, "X-Next-Page") == "2");
    BOOST_TEST(field(first, "X-Prev-Page").empty());
    BOOST_TEST(field(first, "X-Total") == "45");
    BOOST_TEST(field(first, "X-Total-Pages") == "3");
    const http::Response second = fresh.owners_of("129", "?page=2&per_page=20");
    BOOST_TEST(
        field(second, "Link") == fmt::format(
                                     R"(<{0}129/owners?page=1&per_page=20>; rel="prev", )"
                                     R"(<{0}129/owners?page=3&per_page=20>; rel="next", )"
                                     R"(<{0}129/owners?page=1&per_page=20>; rel="first", )"
                                     R"(<{0}129/owners?page=3&per_page=20>; rel="last")",
                                     kUrl
                                 )
    );
    BOOST_TEST(fresh.count_on("?page=3") == 5);
    BOOST_TEST(fresh.count_on("?per_page=100") == 45);
    BOOST_TEST(fresh.count_on("?per_page=1000") == 45);
    const http::Response behind = fresh.owners_of("129", "?page=4");
    check(behind, 200, "[]");
    BOOST_TEST(field(behind, "X-Total") == "45");
    // What cannot be used counts as not given.
    for (const std::string query :
         {"?page=x", "?page=0", "?page=-3", "?per_page=x", "?per_page=0", "?per_page=", "?page="}) {
        BOOST_TEST(fresh.count_on(query) == 20, query);
    }
    check(fresh.owners_of("129", "?page=2147483647&per_page=100"), 200, "[]");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

#include "tests/contract/minutes/packs_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kUnknownTarget = R"({"message":"404 Target namespace Not Found"})";
constexpr const char* kTargetNoRoot =
    R"({"message":"400 Bad request - Target namespace must be a top-level namespace"})";
constexpr const char* kNoCommonOwner =
    R"({"message":"400 Bad request - Both namespaces must share the same owner"})";

/// The demo data with packs a and b in group 123.
struct Movable : Packs {
    explicit Movable(db::Dialect dialect) : Packs(dialect) {
        BOOST_TEST(server.create("123", packs({pack("a"), pack("b", 5)})).status == 201);
    }

    void stays(const std::string& id, const std::string& target_id, const std::string& answer) {
        check(server.move(id, target_id), 400, answer);
        BOOST_TEST(stored() == "a/123/10 b/123/5");
    }
    void moves(const std::string& id, const std::string& target_id) {
        check(server.move(id, target_id), 202, kMoved);
    }
    /// The membership of group 321's only owner.
    void change_owner(const std::string& assignments) {
        sql("update members set " + assignments +
            " where user_id = 2 and source_type = 'Namespace' and source_id = 321");
    }
    void add_owner(const std::string& user, const std::string& group) {
        sql(fmt::format(
            "insert into members (user_id, source_type, source_id, access_level) "
            "values ({}, 'Namespace', {}, 50)",
            user,
            group
        ));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(move_packs)

BOOST_DATA_TEST_CASE(all_packs_move_expired_ones_too, data::make(dialects()), dialect) {
    Movable bought{dialect};
    bought.sql(
        "update ci_minutes_additional_packs set expires_at = '2020-01-01' where purchase_xid = 'a'"
    );
    BOOST_TEST(bought.server.create("321", packs({pack("c")})).status == 201);
    BOOST_TEST(bought.server.create("6", packs({pack("d")})).status == 201);
    bought.server.clock.set(bought.server.clock.now() + std::chrono::hours{1});
    bought.moves("123", "321");
    BOOST_TEST(bought.stored() == "a/321/10 b/321/5 c/321/10 d/6/10");
    BOOST_TEST(
        bought.database.look("select purchase_xid from ci_minutes_additional_packs "
                             "where updated_at > created_at order by 1") == "a b"
    );
    bought.moves("123", "321");  // nothing to move
    BOOST_TEST(bought.stored() == "a/321/10 b/321/5 c/321/10 d/6/10");
}

BOOST_DATA_TEST_CASE(onto_itself_nothing_changes, data::make(dialects()), dialect) {
    Movable bought{dialect};
    bought.server.clock.set(bought.server.clock.now() + std::chrono::hours{1});
    bought.moves("123", "packs-source");
    BOOST_TEST(bought.stored() == "a/123/10 b/123/5");
    BOOST_TEST(
        bought.database.look("select count(*) from ci_minutes_additional_packs "
                             "where updated_at > created_at") == "0"
    );
}

BOOST_DATA_TEST_CASE(purchase_stays_known_after_a_move, data::make(dialects()), dialect) {
    Movable bought{dialect};
    bought.moves("123", "321");
    check(bought.server.create("123", packs({pack("a")})), 400, kUnable);
    check(bought.server.create("321", packs({pack("a", 1)})), 201, "[" + kept(321, "a") + "]");
}

BOOST_DATA_TEST_CASE(by_path_in_any_case, data::make(dialects()), dialect) {
    Movable bought{dialect};
    bought.moves("Packs-Source", "john%5Fsmith");
    BOOST_TEST(bought.stored() == "a/6/10 b/6/5");
    bought.moves("6", "123");
    BOOST_TEST(bought.stored() == "a/123/10 b/123/5");
}

BOOST_DATA_TEST_CASE(first_error_counts, data::make(dialects()), dialect) {
    Movable bought{dialect};
    check(
        bought.server.answer(
            {.method = http::Method::patch,
             .target = move_target("nothing", "nothing"),
             .headers = {},
             .content_type = {},
             .body = {}}
        ),
        401,
        R"({"message":"401 Unauthorized"})"
    );
    for (const std::string unknown : {"nothing", "999999", "-321", "99999999999999999999"}) {
        check(bought.server.move(unknown, unknown), 404, kUnknown);
        check(bought.server.move("900", unknown), 404, kUnknownTarget);
    }
    bought.stays("900", "900", kNoRoot);
    bought.stays("packs-source%2Fsub", "1", kNoRoot);
    bought.stays("1", "packs-source%2Fsub", kTargetNoRoot);
    bought.stays("123", "1", kNoCommonOwner);
    bought.sql("update users set admin = false where id = 1");
    check(bought.server.move("nothing", "nothing"), 403, R"({"message":"403 Forbidden"})");
    BOOST_TEST(bought.stored() == "a/123/10 b/123/5");
}

BOOST_DATA_TEST_CASE(project_namespaces_are_not_found, data::make(dialects()), dialect) {
    Movable bought{dialect};
    bought.sql(
        "insert into namespaces (id, type, name, path, parent_id) "
        "values (901, 'Project', 'p', 'p', 123)"
    );
    check(bought.server.move("901", "123"), 404, kUnknown);
    check(bought.server.move("123", "901"), 404, kUnknownTarget);
}

BOOST_DATA_TEST_CASE(who_owns_a_group, data::make(dialects()), dialect) {
    Movable bought{dialect};
    for (const std::string level : {"40", "30", "5"}) {
        bought.change_owner("access_level = " + level);
        bought.stays("123", "321", kNoCommonOwner);
    }
    bought.change_owner("access_level = 50, requested_at = '2020-01-01T00:00:00.000Z'");
    bought.stays("123", "321", kNoCommonOwner);
    bought.change_owner("requested_at = null, invite_token = 't'");
    bought.stays("123", "321", kNoCommonOwner);
    bought.change_owner("invite_token = null, state = 1");
    bought.stays("123", "321", kNoCommonOwner);
    bought.change_owner("state = 0, expires_at = '2026-01-15'");
    bought.stays("123", "321", kNoCommonOwner);
    bought.change_owner("expires_at = '2026-01-16'");
    for (const std::string state :
         {"blocked", "banned", "deactivated", "ldap_blocked", "blocked_pending_approval"}) {
        bought.sql("update users set state = '" + state + "' where id = 2");
        bought.stays("123", "321", kNoCommonOwner);
        // Of a group that had no other owner nothing moves, not even onto itself.
        bought.stays("123", "123", kNoCommonOwner);
    }
    bought.sql("update users set state = 'active' where id = 2");
    bought.moves("123", "321");
}

BOOST_DATA_TEST_CASE(one_shared_owner_is_enough, data::make(dialects()), dialect) {
    Movable bought{dialect};
    bought.add_owner("7", "123");
    bought.add_owner("29", "123");
    bought.add_owner("30", "1");
    bought.stays("123", "1", kNoCommonOwner);
    bought.add_owner("29", "1");
    bought.moves("123", "1");
    BOOST_TEST(bought.stored() == "a/1/10 b/1/5");
}

BOOST_DATA_TEST_CASE(owner_of_a_personal_namespace, data::make(dialects()), dialect) {
    Movable bought{dialect};
    // Members of a personal namespace own nothing.
    bought.sql(
        "insert into members (user_id, source_type, source_id, access_level) "
        "values (2, 'Namespace', 7, 50)"
    );
    bought.stays("123", "7", kNoCommonOwner);
    bought.stays("6", "7", kNoCommonOwner);
    bought.moves("7", "7");
    bought.moves("123", "6");
    BOOST_TEST(bought.stored() == "a/6/10 b/6/5");
}

BOOST_DATA_TEST_CASE(calling_administrator_does_not_count, data::make(dialects()), dialect) {
    Movable bought{dialect};
    bought.moves("1", "2");  // the administrator owns both
    bought.stays("123", "2", kNoCommonOwner);
}

BOOST_DATA_TEST_CASE(other_methods_are_not_known, data::make(dialects()), dialect) {
    PacksServer server{demo_database(dialect)};
    const http::Response response =
        server.send(http::Method::post, move_target("123", "321"), "", "");
    check(response, 405, R"({"error":"405 Not Allowed"})");
    BOOST_TEST(field(response, "Allow") == "PATCH");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

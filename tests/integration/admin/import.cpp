#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/auth/password_hash.hpp"
#include "tests/integration/admin/admin_database.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;

BOOST_AUTO_TEST_SUITE(admin_import)

BOOST_DATA_TEST_CASE(importing_twice_changes_nothing, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(test::demo_document());
    const std::string once = database.exported();

    const auto counts = database.import(test::demo_document());

    BOOST_TEST((database.exported() == once));
    for (const admin::TableCount& count : counts) {
        BOOST_TEST(count.inserted == 0U, count.table);
    }
}

BOOST_DATA_TEST_CASE(a_row_may_give_only_what_changes, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(R"({"users": [{"id": 5, "username": "u", "name": "U", "email": "u@example.com",
                                   "created_at": "2019-06-27T15:00:00.500Z"}]})");

    const auto counts = database.import(R"({"users": [{"id": 5, "state": "blocked"}]})");

    BOOST_TEST(counts.at(0).updated == 1U);
    BOOST_TEST(database.look("select state || username from users") == "blockedu");
    BOOST_TEST((database.exported({"users"}).find("2019-06-27T15:00:00.500Z") != std::string::npos)
    );
}

BOOST_DATA_TEST_CASE(rows_come_in_any_order, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(R"({
        "members": [{"user_id": 9, "source_type": "Project", "source_id": 3, "access_level": 30}],
        "projects": [{"id": 3, "namespace_id": 2, "path": "p"}],
        "namespaces": [{"id": 2, "type": "Group", "name": "g", "path": "g", "parent_id": 1},
                       {"id": 1, "type": "Group", "name": "t", "path": "t"}],
        "users": [{"id": 9, "username": "u", "name": "U", "email": "u@example.com",
                   "enterprise_group_id": 1}]})");
    BOOST_TEST(database.look("select path from routes order by path") == "t t/g t/g/p");
    BOOST_TEST(database.look("select name from projects") == "p");
}

BOOST_DATA_TEST_CASE(rows_without_id_are_numbered_behind_all_others, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(R"({"users": [
        {"username": "a", "name": "A", "email": "a@example.com"},
        {"id": null, "username": "b", "name": "B", "email": "b@example.com"},
        {"id": 7, "username": "c", "name": "C", "email": "c@example.com"}]})");
    BOOST_TEST(database.look("select id from users order by username") == "8 9 7");

    // What the database numbers itself comes behind them too.
    database->session().execute_once(
        "insert into users (username, name, email) values ('d', 'D', 'd@example.com')"
    );
    BOOST_TEST(database.look("select id from users where username = 'd'") == "10");
}

BOOST_DATA_TEST_CASE(rows_without_id_are_known_by_unique_columns, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    const std::string document = R"({
        "users": [{"username": "a", "name": "A", "email": "a@example.com"},
                  {"username": "B", "name": "B", "email": "b@example.com"}],
        "namespaces": [{"type": "Group", "name": "g", "path": "g"}]})";
    database.import(document);

    const auto counts = database.import(R"({
        "users": [{"username": "A", "name": "Other", "email": "A@example.com"},
                  {"username": "c", "name": "C", "email": "c@example.com"}],
        "namespaces": [{"type": "Group", "name": "renamed", "path": "G"}]})");

    BOOST_TEST(counts.at(0).updated == 1U);
    BOOST_TEST(counts.at(0).inserted == 1U);
    BOOST_TEST(database.look("select name from users order by id") == "Other B C");
    BOOST_TEST(database.look("select name || path from namespaces") == "renamedG");
}

BOOST_DATA_TEST_CASE(
    members_without_id_are_known_by_user_and_source, data::make(test::dialects())
) {
    test::AdminDatabase database{sample};
    database.import(test::demo_document());
    const std::string before = database.look("select count(*) from members");

    database.import(R"({"members": [
        {"user_id": 7, "source_type": "Namespace", "source_id": 1, "access_level": 40}]})");

    BOOST_TEST(database.look("select count(*) from members") == before);
    BOOST_TEST(database.look("select access_level from members where id = 2") == "40");
}

BOOST_DATA_TEST_CASE(a_row_of_no_group_is_known_like_others, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(R"({
        "namespaces": [{"id": 1, "type": "Group", "name": "g", "path": "g"}],
        "users": [{"id": 1, "username": "a", "name": "A", "email": "a@example.com"},
                  {"id": 2, "username": "b", "name": "B", "email": "b@example.com"}]})");
    const std::string document = R"({"scim_identities": [
        {"user_id": 1, "extern_uid": "one", "user_name": "a"},
        {"group_id": null, "user_id": 2, "extern_uid": "two"},
        {"group_id": 1, "user_id": 1, "extern_uid": "one"}]})";
    BOOST_TEST(database.import(document).at(0).inserted == 3U);
    BOOST_TEST(database.import(document).at(0).updated == 3U);

    BOOST_TEST(
        database.refusal(
            R"({"scim_identities": [{"id": 9, "group_id": null, "user_id": 3, "extern_uid": "ONE"}]})"
        ) ==
        "file:1:22: table scim_identities, row 1, column group_id, extern_uid: another row has "
        "this value already"
    );
}

BOOST_DATA_TEST_CASE(the_only_row_of_the_settings_needs_no_id, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(R"({"application_settings": [{"personal_access_token_prefix": "x-"}]})");
    BOOST_TEST(
        database.look("select personal_access_token_prefix from application_settings") == "x-"
    );
}

BOOST_DATA_TEST_CASE(fingerprints_follow_from_keys, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(R"({"keys": [{"title": "k", "key":
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF0ryjRitHlHdkfM4ixAr/LtD/57DzlzOkvNciEUuBT/ c"}]})");
    BOOST_TEST(
        database.look("select fingerprint_sha256 from keys") ==
        "OOei6utwUgUS/Ck5hgC5Xq7I611PI331t4KlbVnI+14"
    );
}

BOOST_DATA_TEST_CASE(json_columns_take_arrays_and_texts, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(R"({
        "users": [{"id": 1, "username": "u", "name": "U", "email": "u@example.com"}],
        "personal_access_tokens": [
            {"user_id": 1, "name": "a", "token": "one", "scopes": ["api", "read_api"]},
            {"user_id": 1, "name": "b", "token_digest": "two", "scopes": "[ \"api\" ]"}]})");
    BOOST_TEST(
        database.look("select scopes from personal_access_tokens order by name") ==
        R"(["api","read_api"] ["api"])"
    );
}

BOOST_DATA_TEST_CASE(plain_secrets_are_stored_as_digests, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    const std::string document = R"({
        "users": [{"id": 1, "username": "u", "name": "U", "email": "u@example.com",
                   "password": "correct horse", "otp_backup_codes": ["code1", "code2"]}],
        "personal_access_tokens": [{"user_id": 1, "name": "a", "token": "glpat-secret"}]})";
    database.import(document);
    const std::string password = database.look("select encrypted_password from users");
    const std::string codes = database.look("select otp_backup_code_hashes from users");

    BOOST_TEST(auth::matches_hash("correct horse", password));
    BOOST_TEST(password.starts_with("$2b$10$"));
    BOOST_TEST(codes.starts_with(R"(["$2b$04$)"));
    BOOST_TEST((database.exported().find("glpat-secret") == std::string::npos));

    // A new salt each time would change rows that say the same.
    database.import(document);
    BOOST_TEST(database.look("select encrypted_password from users") == password);
    BOOST_TEST(database.look("select otp_backup_code_hashes from users") == codes);
    BOOST_TEST(database.look("select count(*) from personal_access_tokens") == "1");
}

BOOST_DATA_TEST_CASE(a_row_may_take_what_the_one_before_gives_up, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(R"({"users": [
        {"id": 1, "username": "a", "name": "A", "email": "a@example.com"},
        {"id": 2, "username": "b", "name": "B", "email": "b@example.com"},
        {"id": 3, "username": "c", "name": "C", "email": "c@example.com"}]})");
    database.import(R"({"users": [{"id": 2, "username": "d"}, {"id": 1, "username": "b"},
                                  {"id": 3, "username": "a"}]})");
    BOOST_TEST(database.look("select username from users order by id") == "b d a");
    database.import(R"({"users": [{"id": 3, "username": "e"}, {"id": 1, "username": "a"},
                                  {"id": 2, "username": "b"}]})");
    BOOST_TEST(database.look("select username from users order by id") == "a b e");
}

BOOST_DATA_TEST_CASE(more_rows_than_a_batch_arrive, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    std::string document = R"({"users": [)";
    for (int number = 1; number <= 1203; ++number) {
        const std::string name = "u" + std::to_string(number);
        document += (number == 1 ? R"({"username": ")" : R"(,{"username": ")") + name +
                    R"(", "name": "N", "email": ")" + name + R"(@example.com"})";
    }
    document += "]}";
    database.import(document);
    database.import(document);
    BOOST_TEST(database.look("select count(*) from users") == "1203");
}

BOOST_AUTO_TEST_SUITE_END()

#include <algorithm>

#include <fmt/format.h>

#include "tests/contract/storage/exclusions.hpp"
#include "tests/contract/vanishing_namespace.hpp"

namespace innergate::test::storage {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kBlank = R"({"message":{"reason":["can't be blank"]}})";
constexpr const char* kTooLong =
    R"json({"message":{"reason":["is too long (maximum is 255 characters)"]}})json";
constexpr const char* kStored =
    "select namespace_id, reason from namespaces_storage_limit_exclusions";
constexpr const char* kCount = "select count(*) from namespaces_storage_limit_exclusions";

std::string with_reason(const std::string& reason) {
    return R"({"reason":")" + reason + R"("})";
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int time = 0; time < times; ++time) {
        all += text;
    }
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(create_limit_exclusion)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    check(
        exclusions.send(
            http::Method::post,
            "/v4/namespaces/123/storage/limit_exclusion",
            "{\n\"reason\": \"a reason to exclude the Namespace\"\n}"
        ),
        201,
        R"({"id":1,"namespace_id":123,"namespace_name":"Packs Source",)"
        R"("reason":"a reason to exclude the Namespace"})"
    );
    check(
        exclusions.create("1234"),
        201,
        R"({"id":2,"namespace_id":1234,"namespace_name":"A Namespace Name",)"
        R"("reason":"a reason to exclude the Namespace"})"
    );
    BOOST_TEST(
        exclusions.look("select count(*) from namespaces_storage_limit_exclusions "
                        "where created_at = updated_at") == "2"
    );
}

BOOST_DATA_TEST_CASE(reason_from_wherever_it_comes, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    const auto stores = [&exclusions](const http::Response& response, const std::string& reason) {
        BOOST_TEST(response.status == 201, response.body);
        BOOST_TEST(
            exclusions.look("select reason from namespaces_storage_limit_exclusions") == reason
        );
        check_no_content(exclusions.remove("123"));
    };
    stores(exclusions.send(http::Method::post, exclusion_of("123") + "?reason=a+b"), "a b");
    stores(
        exclusions.create("123", "reason=a%20b%C3%A9", "application/x-www-form-urlencoded"), "a bé"
    );
    stores(
        exclusions.create(
            "123",
            "--x\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\nmany\r\n--x--",
            "multipart/form-data; boundary=x"
        ),
        "many"
    );
    stores(exclusions.create("123", kReason, ""), "a reason to exclude the Namespace");
    stores(
        exclusions.create("123", kReason, "application/x-www-form-urlencoded"),
        "a reason to exclude the Namespace"
    );
    stores(exclusions.create("123", R"({"reason":12.50})"), "12.50");
    stores(exclusions.create("123", R"({"reason":true,"id":"4321","other":[]})"), "true");
    stores(
        exclusions.send(
            http::Method::post, exclusion_of("123") + "?reason=query", R"({"reason":"body"})"
        ),
        "body"
    );
}

BOOST_DATA_TEST_CASE(parameters, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    for (const std::string body : {"", "{}", "[]", R"({"Reason":"x"})"}) {
        check(exclusions.create("123", body), 400, R"({"error":"reason is missing"})");
    }
    for (const std::string body : {R"({"reason":{}})", R"({"reason":["x"]})"}) {
        check(exclusions.create("123", body), 400, R"({"error":"reason is invalid"})");
    }
    for (const std::string& body :
         {std::string{R"({"reason":"x",})"}, with_reason("\\u0000"), with_reason("\xff")}) {
        check(
            exclusions.create("123", body),
            400,
            R"({"error":"message body does not match declared format"})"
        );
    }
    check(
        exclusions.create("123", "reason", "text/plain"),
        415,
        R"({"error":"The provided content-type 'text/plain' is not supported."})"
    );
    BOOST_TEST(exclusions.look(kCount) == "0");
}

BOOST_DATA_TEST_CASE(reason_says_something, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    for (const std::string& body :
         {std::string{R"({"reason":null})"}, with_reason(""), with_reason(" \\t\\n ")}) {
        check(exclusions.create("123", body), 400, kBlank);
    }
    check(exclusions.create("123", "reason=", "application/x-www-form-urlencoded"), 400, kBlank);
    check(
        exclusions.create("123", with_reason(std::string(256, ' '))),
        400,
        R"json({"message":{"reason":["can't be blank","is too long (maximum is 255 characters)"]}})json"
    );
    BOOST_TEST(exclusions.look(kCount) == "0");
}

BOOST_DATA_TEST_CASE(length_counts_in_characters, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    for (const std::string character : {"x", "é", "漢", "😀"}) {
        check(exclusions.create("123", with_reason(repeated(character, 256))), 400, kTooLong);
        const std::string longest = repeated(character, 255);
        BOOST_TEST(exclusions.create("123", with_reason(longest)).status == 201);
        BOOST_TEST(exclusions.look(kStored) == "123");
        BOOST_TEST(
            exclusions.look("select reason from namespaces_storage_limit_exclusions") == longest
        );
        check_no_content(exclusions.remove("123"));
    }
}

BOOST_DATA_TEST_CASE(namespaces_by_id_and_path, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    // A personal namespace is a root.
    check(
        exclusions.create("john_smith"),
        201,
        R"({"id":1,"namespace_id":6,"namespace_name":"John Smith",)"
        R"("reason":"a reason to exclude the Namespace"})"
    );
    BOOST_TEST(exclusions.create("packs-source").status == 201);
    check(exclusions.create("PACKS%2Dsource"), 400, kAlreadyExcluded);
    check(exclusions.create("123"), 400, kAlreadyExcluded);
    exclusions.sql(
        "insert into namespaces (id, type, name, path, parent_id) "
        "values (5001, 'Project', 'p', 'p', 123)"
    );
    for (const std::string unknown :
         {"999", "-1", "0", "99999999999999999999", "nothing", "a%2Fb", "5001"}) {
        check(exclusions.create(unknown), 404, kNoNamespace);
    }
    check(exclusions.create("packs/source"), 404, R"({"error":"404 Not Found"})");
    exclusions.add_subgroup(5002, 123);
    check(exclusions.create("5002"), 400, kNoRoot);
    // A group may be called as a part of a path is.
    exclusions.sql(
        "insert into namespaces (id, type, name, path) values (5003, 'Group', 'S', 'storage')"
    );
    exclusions.sql(
        "insert into routes (source_type, source_id, path) values ('Namespace', 5003, 'storage')"
    );
    BOOST_TEST(exclusions.create("storage").status == 201);
}

BOOST_DATA_TEST_CASE(refusals_in_their_order, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    exclusions.server.settings.billing.saas = false;
    exclusions.no_longer_an_administrator();
    exclusions.add_subgroup(5002, 123);
    Call anonymous = administrators_call(http::Method::post, exclusion_of("999"), "{");
    anonymous.headers.clear();
    check(exclusions.server.answer(anonymous), 401, R"({"message":"401 Unauthorized"})");
    check(exclusions.create("999", "{}"), 400, R"({"error":"reason is missing"})");
    check(exclusions.create("999", R"({"reason":""})"), 403, kForbidden);
    exclusions.sql("update users set admin = true where id = 1");
    check(exclusions.create("999", R"({"reason":""})"), 403, kNotSold);
    exclusions.server.settings.billing.saas = true;
    check(exclusions.create("999", R"({"reason":""})"), 404, kNoNamespace);
    check(exclusions.create("5002", R"({"reason":""})"), 400, kNoRoot);
    BOOST_TEST(exclusions.create("123").status == 201);
    check(exclusions.create("123", R"({"reason":""})"), 400, kAlreadyExcluded);
    check(exclusions.create("1234", R"({"reason":""})"), 400, kBlank);
}

BOOST_DATA_TEST_CASE(reading_tokens_do_not_write, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    exclusions.sql("update personal_access_tokens set scopes = '[\"read_api\"]'");
    BOOST_TEST(exclusions.list().status == 200);
    const http::Response response = exclusions.create("123", "{}");
    BOOST_TEST(response.status == 403);
    BOOST_TEST(response.body.find("insufficient_scope") != std::string::npos);
    BOOST_TEST(exclusions.remove("123").status == 403);
}

BOOST_DATA_TEST_CASE(a_reason_that_is_there_stays, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    BOOST_TEST(exclusions.create("123", R"({"reason":"first"})").status == 201);
    check(exclusions.create("123", R"({"reason":"second"})"), 400, kAlreadyExcluded);
    BOOST_TEST(
        exclusions.look("select reason from namespaces_storage_limit_exclusions") == "first"
    );
}

BOOST_DATA_TEST_CASE(namespace_that_goes_meanwhile_is_not_found, data::make(dialects()), dialect) {
    Exclusions exclusions{dialect};
    let_namespaces_vanish(exclusions.database, "namespaces_storage_limit_exclusions");
    check(exclusions.create("123"), 404, kNoNamespace);
    BOOST_TEST(exclusions.look(kCount) == "0");
}

BOOST_DATA_TEST_CASE(one_of_many_at_once_is_stored, data::make(dialects()), dialect) {
    constexpr std::size_t kClients = 32;
    Exclusions exclusions{dialect};
    std::vector<Call> calls;
    for (std::size_t client = 0; client < kClients; ++client) {
        calls.push_back(administrators_call(
            http::Method::post, exclusion_of("123"), with_reason(std::to_string(client))
        ));
    }
    const auto answers = send_at_once(exclusions.database, settings::PoolName::public_, calls);
    std::size_t created = 0;
    for (std::size_t client = 0; client < kClients; ++client) {
        if (answers[client].status == 201) {
            ++created;
            BOOST_TEST(
                exclusions.look("select reason from namespaces_storage_limit_exclusions") ==
                std::to_string(client)
            );
        } else {
            check(answers[client], 400, kAlreadyExcluded);
        }
    }
    BOOST_TEST(created == 1U);
    BOOST_TEST(exclusions.look(kCount) == "1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test::storage

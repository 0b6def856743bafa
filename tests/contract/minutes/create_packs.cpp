#include "tests/contract/minutes/packs_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kDocumented =
    R"([{"namespace_id":123,"expires_at":"2022-01-01","number_of_minutes":10000,)"
    R"("purchase_xid":"46952fe69bebc1a4de10b2b4ff439d0c"}])";
constexpr const char* kOneOfAnother =
    R"([{"namespace_id":123,"expires_at":"2022-01-01","number_of_minutes":1,"purchase_xid":"x"}])";

/// A body of which nothing may be stored, and its answer.
struct Refusal {
    std::string name;
    std::string body;
    std::string answer;

    friend std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
        return out << refusal.name;
    }
};

std::string of(const std::string& minutes, const std::string& date, const std::string& xid) {
    return packs(
        {pack("first"),
         fmt::format(
             R"({{"number_of_minutes":{},"expires_at":{},"purchase_xid":{}}})", minutes, date, xid
         )}
    );
}

std::string error(const std::string& text) {
    return R"({"error":")" + text + R"("})";
}

const std::vector<Refusal> kRefusals{
    {"null minutes", of("null", R"("2022-01-01")", R"("x")"), kUnable},
    {"empty minutes", of(R"("")", R"("2022-01-01")", R"("x")"), kUnable},
    {"null date", of("1", "null", R"("x")"), kUnable},
    {"empty date", of("1", R"("")", R"("x")"), kUnable},
    {"null name", of("1", R"("2022-01-01")", "null"), kUnable},
    {"empty name", of("1", R"("2022-01-01")", R"("")"), kUnable},
    {"quotes around nothing", of("1", R"("2022-01-01")", R"("''")"), kUnable},
    {"blank name", of("1", R"("2022-01-01")", R"("  ")"), kUnable},
    {"long name", of("1", R"("2022-01-01")", '"' + std::string(51, 'x') + '"'), kUnable},
    {"nothing at all",
     "{}",
     error("packs is missing, packs[number_of_minutes] is missing, packs[expires_at] is missing, "
           "packs[purchase_xid] is missing")},
    {"no array", R"({"packs":{"number_of_minutes":"x"}})", error("packs is invalid")},
    {"text", R"({"packs":"x"})", error("packs is invalid")},
    {"array without objects",
     R"({"packs":["x"]})",
     error("packs[0][number_of_minutes] is missing, packs[0][expires_at] is missing, "
           "packs[0][purchase_xid] is missing")},
    {"missing members of the second",
     packs({pack("first"), R"({"expires_at":"2022-01-01"})"}),
     error("packs[1][number_of_minutes] is missing, packs[1][purchase_xid] is missing")},
    {"wrong types",
     packs({R"({"number_of_minutes":"1x","expires_at":20220101,"purchase_xid":[]})"}),
     error("packs[0][number_of_minutes] is invalid, packs[0][expires_at] is invalid, "
           "packs[0][purchase_xid] is invalid")},
    {"fraction",
     of("1.5", R"("2022-01-01")", R"("x")"),
     error("packs[1][number_of_minutes] is invalid")},
    {"more than 32 bits",
     of("2147483648", R"("2022-01-01")", R"("x")"),
     error("packs[1][number_of_minutes] is invalid")},
    {"impossible date",
     of("1", R"("2022-02-30")", R"("x")"),
     error("packs[1][expires_at] is invalid")},
    {"before all dates",
     of("1", R"("0999-12-31")", R"("x")"),
     error("packs[1][expires_at] is invalid")},
    {"trailing comma", R"({"packs":[],})", error("message body does not match declared format")},
    {"NUL",
     of("1", R"("2022-01-01")", R"("a\u0000b")"),
     error("message body does not match declared format")},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(create_packs)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Packs bought{dialect};
    check(
        bought.server.create(
            "123",
            "{\n\"packs\": [\n{\n\"number_of_minutes\": 10000,\n\"expires_at\": \"2022-01-01\",\n"
            "\"purchase_xid\": \"46952fe69bebc1a4de10b2b4ff439d0c\"\n}\n]\n}"
        ),
        201,
        kDocumented
    );
    BOOST_TEST(bought.stored() == "46952fe69bebc1a4de10b2b4ff439d0c/123/10000");
    BOOST_TEST(
        bought.database.look("select count(*) from ci_minutes_additional_packs "
                             "where created_at = '2026-01-15T12:00:00.000Z' "
                             "and updated_at = created_at") == "1"
    );
}

BOOST_DATA_TEST_CASE(answers_in_the_order_of_the_request, data::make(dialects()), dialect) {
    Packs bought{dialect};
    check(
        bought.server.create("123", packs({pack("c"), pack("a", 1), pack("b", 2)})),
        201,
        "[" + kept(123, "c") + "," + kept(123, "a", 1) + "," + kept(123, "b", 2) + "]"
    );
    check(bought.server.create("123", R"({"packs":[]})"), 201, "[]");
    BOOST_TEST(bought.stored() == "a/123/1 b/123/2 c/123/10");
}

BOOST_DATA_TEST_CASE(purchase_is_stored_once, data::make(dialects()), dialect) {
    Packs bought{dialect};
    BOOST_TEST(bought.server.create("123", packs({pack("a", 1)})).status == 201);
    bought.server.clock.set(bought.server.clock.now() + std::chrono::hours{1});
    check(
        bought.server.create(
            "123",
            packs(
                {pack("b", 2),
                 R"({"number_of_minutes":9,"expires_at":"2030-01-01","purchase_xid":"a"})"}
            )
        ),
        201,
        "[" + kept(123, "b", 2) + "," + kept(123, "a", 1) + "]"
    );
    BOOST_TEST(bought.stored() == "a/123/1 b/123/2");
    BOOST_TEST(bought.database
                   .look("select updated_at from ci_minutes_additional_packs "
                         "where purchase_xid = 'a' and updated_at > created_at")
                   .empty());
}

BOOST_DATA_TEST_CASE(same_purchase_twice_in_a_request, data::make(dialects()), dialect) {
    Packs bought{dialect};
    const std::string first = kept(123, "a", 1);
    check(
        bought.server.create("123", packs({pack("a", 1), pack("b", 2), pack("a", 3)})),
        201,
        "[" + first + "," + kept(123, "b", 2) + "," + first + "]"
    );
    BOOST_TEST(bought.stored() == "a/123/1 b/123/2");
}

BOOST_DATA_TEST_CASE(
    purchase_of_another_namespace_fails_the_whole, data::make(dialects()), dialect
) {
    Packs bought{dialect};
    BOOST_TEST(bought.server.create("321", packs({pack("b")})).status == 201);
    check(bought.server.create("123", packs({pack("a"), pack("b"), pack("c")})), 400, kUnable);
    BOOST_TEST(bought.stored() == "b/321/10");
    // The session is good for more.
    BOOST_TEST(bought.server.create("123", packs({pack("a"), pack("c")})).status == 201);
}

BOOST_DATA_TEST_CASE(
    all_or_nothing, data::make(dialects()) * data::make(kRefusals), dialect, refusal
) {
    Packs bought{dialect};
    check(bought.server.create("123", refusal.body), 400, refusal.answer);
    BOOST_TEST(bought.stored().empty());
}

BOOST_DATA_TEST_CASE(unusual_packs_are_accepted, data::make(dialects()), dialect) {
    Packs bought{dialect};
    const auto answers = [&bought](const std::string& xid, const std::string& answered) {
        check(
            bought.server.create(
                "123",
                packs(
                    {R"({"number_of_minutes":1,"expires_at":"2022-01-01","purchase_xid":)" + xid +
                     "}"}
                )
            ),
            201,
            R"([{"namespace_id":123,"expires_at":"2022-01-01","number_of_minutes":1,"purchase_xid":)" +
                answered + "}]"
        );
    };
    answers(R"("'x'")", R"("x")");
    answers("12345", R"("12345")");
    answers(R"("it's \"a\\b\"\n{}")", R"("it's \"a\\b\"\n{}")");
    answers(R"("\u00e9")", "\"\xC3\xA9\"");
    std::string fifty;
    for (int count = 0; count < 50; ++count) {
        fifty += "\xF0\x9F\x98\x80";
    }
    answers('"' + fifty + '"', '"' + fifty + '"');
    check(
        bought.server.create("123", packs({pack("zero", 0), pack("less", -2147483647 - 1)})),
        201,
        "[" + kept(123, "zero", 0) + "," + kept(123, "less", -2147483647 - 1) + "]"
    );
}

BOOST_DATA_TEST_CASE(numbers_and_dates_in_every_form, data::make(dialects()), dialect) {
    Packs bought{dialect};
    for (const std::string date :
         {R"("2022-01-01")",
          R"("2022-01-01T10:00:00Z")",
          R"("2022/01/01")",
          R"("20220101")",
          R"("01/01/2022")",
          R"("1 Jan 2022")",
          R"("Jan 1, 2022")",
          R"("'2022-01-01'")"}) {
        bought.sql("delete from ci_minutes_additional_packs");
        check(
            bought.server.create(
                "123",
                packs(
                    {R"({"number_of_minutes":"+1","expires_at":)" + date +
                     R"(,"purchase_xid":"x"})"}
                )
            ),
            201,
            kOneOfAnother
        );
    }
}

BOOST_DATA_TEST_CASE(first_and_last_dates, data::make(dialects()), dialect) {
    Packs bought{dialect};
    for (const std::string date : {"1000-01-01", "9999-12-31"}) {
        const std::string body = packs(
            {R"({"number_of_minutes":1,"expires_at":")" + date + R"(","purchase_xid":")" + date +
             R"("})"}
        );
        BOOST_TEST(bought.server.create("123", body).status == 201, date);
    }
    BOOST_TEST(
        bought.database.look("select expires_at from ci_minutes_additional_packs order by 1") ==
        "1000-01-01 9999-12-31"
    );
}

BOOST_DATA_TEST_CASE(parameters_from_everywhere, data::make(dialects()), dialect) {
    Packs bought{dialect};
    const std::string form =
        "packs[][number_of_minutes]=1&packs[][expires_at]=2022-01-01&packs[][purchase_xid]=x";
    const std::string json =
        packs({R"({"number_of_minutes":1,"expires_at":"2022-01-01","purchase_xid":"x"})"});
    const auto post =
        [&bought](const std::string& query, const std::string& type, const std::string& body) {
            bought.sql("delete from ci_minutes_additional_packs");
            return bought.server.send(http::Method::post, create_target("123") + query, body, type);
        };
    check(post("", "application/x-www-form-urlencoded", form), 201, kOneOfAnother);
    check(post("?" + form, "", ""), 201, kOneOfAnother);
    check(post("", "", json), 201, kOneOfAnother);
    check(post("", "application/x-www-form-urlencoded", json), 201, kOneOfAnother);
    check(post("?id=321&packs[]=y", "application/json", json), 201, kOneOfAnother);
    check(
        post("", "text/plain", json),
        415,
        R"({"error":"The provided content-type 'text/plain' is not supported."})"
    );
}

BOOST_DATA_TEST_CASE(namespaces_by_id_and_path, data::make(dialects()), dialect) {
    Packs bought{dialect};
    for (const std::string id : {"123", "packs-source", "PACKS%2dsource"}) {
        check(bought.server.create(id, packs({pack("a")})), 201, "[" + kept(123, "a") + "]");
    }
    // Personal ones too.
    check(bought.server.create("john_smith", packs({pack("b")})), 201, "[" + kept(6, "b") + "]");
    for (const std::string id : {"999999", "-123", "99999999999999999999", "nothing"}) {
        check(bought.server.create(id, packs({pack("c")})), 404, kUnknown);
    }
    bought.sql(
        "insert into namespaces (id, type, name, path, parent_id) "
        "values (901, 'Project', 'p', 'p', 123)"
    );
    check(bought.server.create("901", packs({pack("c")})), 404, kUnknown);
    for (const std::string id : {"900", "packs-source%2Fsub"}) {
        check(bought.server.create(id, packs({pack("c")})), 400, kNoRoot);
    }
    check(
        bought.server.create("packs-source/sub", packs({pack("c")})),
        404,
        R"({"error":"404 Not Found"})"
    );
    BOOST_TEST(bought.stored() == "a/123/10 b/6/10");
}

BOOST_DATA_TEST_CASE(first_error_counts, data::make(dialects()), dialect) {
    Packs bought{dialect};
    const std::string unsavable = of("null", "null", "null");
    check(
        bought.server.answer(
            {.method = http::Method::post,
             .target = create_target("nothing"),
             .headers = {},
             .content_type = "application/json",
             .body = R"({"packs":1})"}
        ),
        401,
        R"({"message":"401 Unauthorized"})"
    );
    check(bought.server.create("nothing", R"({"packs":1})"), 400, error("packs is invalid"));
    check(bought.server.create("nothing", unsavable), 404, kUnknown);
    check(bought.server.create("900", unsavable), 400, kNoRoot);
    check(bought.server.create("900", R"({"packs":[]})"), 400, kNoRoot);
    bought.sql("update users set admin = false where id = 1");
    check(bought.server.create("nothing", "{}"), 403, R"({"message":"403 Forbidden"})");
    BOOST_TEST(bought.stored().empty());
}

BOOST_DATA_TEST_CASE(reading_scope_does_not_suffice, data::make(dialects()), dialect) {
    Packs bought{dialect};
    bought.sql(R"sql(update personal_access_tokens set scopes = '["read_api"]')sql");
    BOOST_TEST(bought.server.create("123", packs({pack("a")})).status == 403);
    BOOST_TEST(bought.server.move("123", "321").status == 403);
    BOOST_TEST(bought.stored().empty());
}

BOOST_DATA_TEST_CASE(other_methods_are_not_known, data::make(dialects()), dialect) {
    PacksServer server{demo_database(dialect)};
    const http::Response response = server.send(http::Method::get, create_target("123"), "", "");
    check(response, 405, R"({"error":"405 Not Allowed"})");
    BOOST_TEST(field(response, "Allow") == "POST");
}

BOOST_DATA_TEST_CASE(many_packs_take_two_statements, data::make(dialects()), dialect) {
    constexpr int kCount = 10'000;
    Packs bought{dialect};
    std::vector<std::string> many;
    many.reserve(kCount);
    for (int number = 0; number < kCount; ++number) {
        many.push_back(pack(fmt::format("purchase-{}", (number * 7919) % kCount), number));
    }
    const http::Response response = bought.server.create("123", packs(many));
    BOOST_TEST(response.status == 201);
    BOOST_TEST(response.body.starts_with("[" + kept(123, "purchase-0", 0) + ","));
    BOOST_TEST(response.body.ends_with(
        kept(123, fmt::format("purchase-{}", (9'999 * 7919) % kCount), 9'999) + "]"
    ));
    BOOST_TEST(bought.database.look("select count(*) from ci_minutes_additional_packs") == "10000");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "app/auth/salted_digest.hpp"
#include "tests/contract/portal_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr auto kPool = settings::PoolName::internal;
constexpr const char* kDone = R"({"success":{}})";
constexpr const char* kRefused = R"({"message":"400 Bad request"})";
constexpr const char* kNotFound = R"({"message":"404 User Not Found"})";
constexpr const char* kDocumented =
    R"({"credit_card_validated_at": "2020-01-01 00:00:00 UTC", "credit_card_expiration_year": "2010", )"
    R"("credit_card_expiration_month": "12", "credit_card_holder_name": "John Smith", )"
    R"("credit_card_type": "American Express", "credit_card_mask_number": "1111", )"
    R"("zuora_payment_method_xid": "abc123", "stripe_setup_intent_xid": "seti_abc123", )"
    R"("stripe_payment_method_xid": "pm_abc123", "stripe_card_fingerprint": "card123"})";
constexpr const char* kRow =
    "select user_id || ' ' || last_digits_hash || ' ' || holder_name_hash || ' ' || network_hash "
    "|| ' ' || expiration_date_hash || ' ' || coalesce(zuora_payment_method_xid, '-') || ' ' || "
    "coalesce(stripe_setup_intent_xid, '-') || ' ' || coalesce(stripe_payment_method_xid, '-') || "
    "' ' || coalesce(stripe_card_fingerprint, '-') from user_credit_card_validations";

std::string target_for(const std::string& user_id) {
    return "/api/v4/internal/gitlab_subscriptions/users/" + user_id + "/credit_card_validation";
}

/// A form with these instead of the values of a good card.
struct Card {
    std::string month = "12";
    std::string year = "2010";
    std::string holder = "John+Smith";
    std::string mask = "1111";
    std::string type = "Visa";
    std::string more = {};

    [[nodiscard]] std::string form() const {
        return fmt::format(
            "credit_card_validated_at=2020-01-01&credit_card_expiration_month={}"
            "&credit_card_expiration_year={}&credit_card_holder_name={}&credit_card_mask_number={}"
            "&credit_card_type={}{}",
            month,
            year,
            holder,
            mask,
            type,
            more
        );
    }
};

std::string form_with_zuora_id(const std::string& id) {
    return Card{.more = "&zuora_payment_method_xid=" + id}.form();
}

struct Cards : Portal {
    explicit Cards(db::Dialect dialect) : Portal(dialect, kPool) {}

    http::Response put(const std::string& user_id, std::string body) {
        return send(http::Method::put, target_for(user_id), std::move(body));
    }
    [[nodiscard]] std::string count() {
        return look("select count(*) from user_credit_card_validations");
    }
    [[nodiscard]] std::string digest(std::string_view value) const {
        return auth::salted_digest(value, server.db_key_base);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(credit_card_validation)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Cards cards{dialect};
    check(cards.put("2", kDocumented), 200, kDone);
    const std::string row = fmt::format(
        "2 {} {} {} {} abc123 seti_abc123 pm_abc123 card123",
        cards.digest("1111"),
        cards.digest("john smith"),
        cards.digest("american express"),
        cards.digest("2010-12-31")
    );
    BOOST_TEST(cards.look(kRow) == row);
    check(cards.put("2", kDocumented), 200, kDone);
    BOOST_TEST(cards.look(kRow) == row);
}

// curl calls JSON a form unless it is told better; others do not call it anything.
BOOST_DATA_TEST_CASE(json_may_come_under_any_name, data::make(dialects()), dialect) {
    Cards cards{dialect};
    for (const char* const type :
         {"", "application/x-www-form-urlencoded", "application/json; charset=utf-8"}) {
        Call call = portal_call(http::Method::put, target_for("2"), kDocumented);
        call.content_type = type;
        check(cards.server.answer(call), 200, kDone);
    }
    BOOST_TEST(cards.count() == "1");
}

BOOST_DATA_TEST_CASE(query_and_form_are_read_too, data::make(dialects()), dialect) {
    Cards cards{dialect};
    check(cards.put("2", Card{}.form()), 200, kDone);
    const std::string row = cards.look(kRow);
    cards.sql("delete from user_credit_card_validations");
    check(cards.send(http::Method::put, target_for("2") + "?" + Card{}.form()), 200, kDone);
    BOOST_TEST(cards.look(kRow) == row);
}

BOOST_DATA_TEST_CASE(user_is_named_by_id_or_name, data::make(dialects()), dialect) {
    Cards cards{dialect};
    for (const std::string user : {"2", "02", "john_smith", "John_SMITH", "john%5Fsmith"}) {
        check(cards.put(user, Card{}.form()), 200, kDone);
    }
    BOOST_TEST(cards.look("select user_id from user_credit_card_validations") == "2");
    for (const std::string user :
         {"999999", "-2", "2a", "nobody", "%2B2", "9223372036854775808", "99999999999999999999"}) {
        BOOST_TEST_CONTEXT(user) {
            check(cards.put(user, Card{}.form()), 404, kNotFound);
        }
    }
    // A user of that name can be reached by id only.
    cards.sql("update users set username = '999999' where id = 2");
    check(cards.put("999999", Card{}.form()), 404, kNotFound);
    check(cards.put("2", R"({"user_id":7,)" + std::string{kDocumented}.substr(1)), 200, kDone);
    BOOST_TEST(cards.look("select user_id from user_credit_card_validations") == "2");
}

BOOST_DATA_TEST_CASE(parameters_are_judged_before_the_user, data::make(dialects()), dialect) {
    Cards cards{dialect};
    check(
        cards.put("nobody", {}),
        400,
        R"({"error":"credit_card_validated_at is missing, credit_card_expiration_month is missing, )"
        R"(credit_card_expiration_year is missing, credit_card_holder_name is missing, )"
        R"(credit_card_mask_number is missing, credit_card_type is missing"})"
    );
    check(
        cards.put(
            "nobody",
            R"({"credit_card_validated_at":"soon","credit_card_expiration_month":"May",)"
            R"("credit_card_expiration_year":3000000000,"credit_card_holder_name":{"a":1},)"
            R"("credit_card_mask_number":[1],"credit_card_type":[],"zuora_payment_method_xid":{},)"
            R"("stripe_setup_intent_xid":[1],"stripe_payment_method_xid":{},)"
            R"("stripe_card_fingerprint":[]})"
        ),
        400,
        R"({"error":"credit_card_validated_at is invalid, credit_card_expiration_month is invalid, )"
        R"(credit_card_expiration_year is invalid, credit_card_holder_name is invalid, )"
        R"(credit_card_mask_number is invalid, credit_card_type is invalid, )"
        R"(zuora_payment_method_xid is invalid, stripe_setup_intent_xid is invalid, )"
        R"(stripe_payment_method_xid is invalid, stripe_card_fingerprint is invalid"})"
    );
    // The user before the record.
    check(cards.put("nobody", Card{.mask = "none"}.form()), 404, kNotFound);
    BOOST_TEST(cards.count() == "0");
}

BOOST_DATA_TEST_CASE(token_is_judged_first, data::make(dialects()), dialect) {
    Cards cards{dialect};
    Call call = portal_call(http::Method::put, target_for("2"), "{");
    call.headers.clear();
    check(cards.server.answer(call), 401, R"({"message":"401 Unauthorized"})");
    cards.sql(R"sql(update personal_access_tokens set scopes = '["read_api"]')sql");
    BOOST_TEST(cards.put("2", kDocumented).status == 403);
    cards.sql(R"sql(update personal_access_tokens set scopes = '["api"]')sql");
    cards.sql("update users set admin = false where id = 1");
    check(cards.put("2", kDocumented), 403, R"({"message":"403 Forbidden"})");
    BOOST_TEST(cards.count() == "0");
}

BOOST_DATA_TEST_CASE(broken_rule_changes_nothing, data::make(dialects()), dialect) {
    Cards cards{dialect};
    check(cards.put("2", kDocumented), 200, kDone);
    const std::string row = cards.look(kRow);
    const std::string x51(51, 'x');
    const std::string x256(256, 'x');
    for (const std::string& form :
         {Card{.month = "0"}.form(),
          Card{.month = "13"}.form(),
          Card{.month = ""}.form(),
          Card{.year = ""}.form(),
          Card{.year = "10000"}.form(),
          Card{.holder = x51}.form(),
          Card{.mask = ""}.form(),
          Card{.mask = "10000"}.form(),
          Card{.mask = "12ab"}.form(),
          Card{.mask = "-1"}.form(),
          Card{.type = std::string(33, 'x')}.form(),
          form_with_zuora_id(x51),
          Card{.more = "&stripe_setup_intent_xid=" + x256}.form(),
          Card{.more = "&stripe_payment_method_xid=" + x256}.form(),
          Card{.more = "&stripe_card_fingerprint=" + x256}.form(),
          Card{.more = "&credit_card_validated_at="}.form()}) {
        BOOST_TEST_CONTEXT(form) {
            check(cards.put("2", form), 400, kRefused);
            BOOST_TEST(cards.look(kRow) == row);
        }
    }
    check(
        cards.put(
            "2",
            R"({"credit_card_validated_at":null,"credit_card_expiration_month":null,)"
            R"("credit_card_expiration_year":null,"credit_card_holder_name":null,)"
            R"("credit_card_mask_number":null,"credit_card_type":null})"
        ),
        400,
        kRefused
    );
    BOOST_TEST(cards.look(kRow) == row);
}

BOOST_DATA_TEST_CASE(limits_count_characters, data::make(dialects()), dialect) {
    Cards cards{dialect};
    const auto umlauts = [](std::size_t count) {
        std::string text;
        while (count-- > 0) {
            text += "%C3%BC";
        }
        return text;
    };
    check(
        cards.put(
            "2",
            Card{
                .holder = umlauts(50),
                .type = umlauts(32),
                .more = "&zuora_payment_method_xid=" + umlauts(50) + "&stripe_setup_intent_xid=" +
                        umlauts(255) + "&stripe_payment_method_xid=" + umlauts(255) +
                        "&stripe_card_fingerprint=" + umlauts(255)}
                .form()
        ),
        200,
        kDone
    );
    check(cards.put("2", Card{.holder = umlauts(51)}.form()), 400, kRefused);
    check(cards.put("2", Card{.type = umlauts(33)}.form()), 400, kRefused);
    check(cards.put("2", form_with_zuora_id(umlauts(51))), 400, kRefused);
}

BOOST_DATA_TEST_CASE(names_may_be_null, data::make(dialects()), dialect) {
    Cards cards{dialect};
    check(
        cards.put(
            "2",
            R"({"credit_card_validated_at":"2020-01-01","credit_card_expiration_month":1,)"
            R"("credit_card_expiration_year":2030,"credit_card_holder_name":null,)"
            R"("credit_card_mask_number":42,"credit_card_type":null})"
        ),
        200,
        kDone
    );
    BOOST_TEST(
        cards.look("select count(*) from user_credit_card_validations "
                   "where holder_name_hash is null and network_hash is null") == "1"
    );
}

BOOST_DATA_TEST_CASE(same_card_has_the_same_digests, data::make(dialects()), dialect) {
    Cards cards{dialect};
    BOOST_TEST(
        cards.put("2", Card{.month = "2", .year = "2024", .mask = "0042"}.form()).status == 200
    );
    const std::string row = cards.look(kRow);
    BOOST_TEST(row.find(cards.digest("42")) != std::string::npos);
    BOOST_TEST(row.find(cards.digest("2024-02-29")) != std::string::npos);
    const Card other{
        .month = "02", .year = "2024", .holder = "JOHN+SMITH", .mask = "42", .type = "VISA"};
    BOOST_TEST(cards.put("2", other.form()).status == 200);
    BOOST_TEST(cards.look(kRow) == row);
}

BOOST_DATA_TEST_CASE(whole_row_is_replaced, data::make(dialects()), dialect) {
    Cards cards{dialect};
    check(cards.put("2", kDocumented), 200, kDone);
    const std::string created = cards.look("select created_at from user_credit_card_validations");
    cards.server.clock.set(cards.server.clock.now() + std::chrono::minutes{1});
    const std::string form =
        Card{.mask = "2222", .more = "&credit_card_validated_at=2021-06-05T04:03:02Z"}.form();
    check(cards.put("2", form), 200, kDone);
    const std::string row = cards.look(kRow);
    BOOST_TEST(row.ends_with(" - - - -"), row);
    BOOST_TEST(row.find(cards.digest("2222")) != std::string::npos);
    const std::string validated =
        cards.look("select credit_card_validated_at from user_credit_card_validations");
    BOOST_TEST(validated.starts_with("2021-06-05"), validated);
    BOOST_TEST(validated.find("04:03:02") != std::string::npos, validated);
    BOOST_TEST(cards.look("select created_at from user_credit_card_validations") == created);
    BOOST_TEST(
        cards.look("select count(*) from user_credit_card_validations "
                   "where updated_at > created_at") == "1"
    );
}

BOOST_DATA_TEST_CASE(every_documented_time_can_be_saved, data::make(dialects()), dialect) {
    Cards cards{dialect};
    for (const char* const time :
         {"2020-01-01+00:00:00+UTC",
          "%222020-01-01%22",
          "1000-01-01T00:00:00%2B23:59",
          "9999-12-31T23:59:59-23:59"}) {
        const std::string form =
            Card{.more = std::string{"&credit_card_validated_at="} + time}.form();
        BOOST_TEST_CONTEXT(time) {
            check(cards.put("2", form), 200, kDone);
        }
    }
}

BOOST_DATA_TEST_CASE(zuora_id_belongs_to_one_user, data::make(dialects()), dialect) {
    Cards cards{dialect};
    check(cards.put("2", form_with_zuora_id("abc")), 200, kDone);
    check(cards.put("7", form_with_zuora_id("def")), 200, kDone);
    check(cards.put("7", form_with_zuora_id("abc")), 400, kRefused);
    check(cards.put("29", form_with_zuora_id("abc")), 400, kRefused);
    BOOST_TEST(
        cards.look("select user_id || zuora_payment_method_xid from user_credit_card_validations "
                   "order by user_id") == "2abc 7def"
    );
    check(cards.put("2", Card{}.form()), 200, kDone);
    check(cards.put("7", Card{}.form()), 200, kDone);
    check(cards.put("29", form_with_zuora_id("abc")), 200, kDone);
}

BOOST_DATA_TEST_CASE(nothing_of_a_card_is_kept_or_logged, data::make(dialects()), dialect) {
    Cards cards{dialect};
    const auto card_with = [](const std::string& more) {
        return Card{
            .month = "11",
            .year = "2039",
            .holder = "Planted+Holder",
            .mask = "7391",
            .type = "PlantedNetwork",
            .more = more}
            .form();
    };
    const auto is_clean = [](const std::string& text) {
        constexpr std::array kPlanted{
            "lanted", "older", "etwork", "7391", "2039", "PLANTED", "xid-of-card"};
        return std::ranges::none_of(kPlanted, [&text](const char* planted) {
            return text.find(planted) != std::string::npos;
        });
    };
    check(cards.put("2", card_with("")), 200, kDone);
    BOOST_TEST(is_clean(cards.server.log_detail()), cards.server.log_detail());
    BOOST_TEST(
        is_clean(cards.look("select credit_card_validated_at from user_credit_card_validations"))
    );
    BOOST_TEST(is_clean(cards.look(kRow)));
    check(cards.put("2", card_with("&zuora_payment_method_xid=xid-of-card")), 200, kDone);
    for (const std::string& more :
         {std::string{"&zuora_payment_method_xid=xid-of-card"},
          std::string{"&credit_card_mask_number=73917391"},
          std::string{"&credit_card_mask_number[]=7391"},
          std::string{"&credit_card_expiration_year=203900000000"},
          "&credit_card_holder_name=" + std::string(20, 'x') + "Planted+Holder" +
              std::string(20, 'x')}) {
        const http::Response response = cards.put("7", card_with(more));
        BOOST_TEST(response.status == 400);
        BOOST_TEST(is_clean(response.body), response.body);
        BOOST_TEST(is_clean(cards.server.log_detail()), cards.server.log_detail());
        BOOST_TEST(!cards.server.log_detail().empty());
    }
    // Not even when the database itself fails.
    cards.sql("drop table user_credit_card_validations");
    const http::Response response = cards.put("2", card_with(""));
    BOOST_TEST(response.status == 500);
    BOOST_TEST(is_clean(response.body), response.body);
    BOOST_TEST(is_clean(cards.server.log_detail()), cards.server.log_detail());
    BOOST_TEST(!cards.server.log_detail().empty());
}

// All clients bring the first validation of one user after the other.
BOOST_DATA_TEST_CASE(validations_of_one_user_at_once_are_one, data::make(dialects()), dialect) {
    constexpr int kUsers = 40;
    Cards cards{dialect};
    std::vector<Call> calls;
    for (int user = 2001; user < 2001 + kUsers; ++user) {
        calls.push_back(portal_call(
            http::Method::put,
            target_for(std::to_string(user)),
            form_with_zuora_id(std::to_string(user))
        ));
    }
    const std::vector<std::vector<Call>> clients(16, calls);
    for (const http::Response& answer : send_at_once(cards.database, kPool, clients)) {
        check(answer, 200, kDone);
    }
    BOOST_TEST(cards.count() == std::to_string(kUsers));
}

BOOST_DATA_TEST_CASE(last_of_different_ones_at_once_stays_whole, data::make(dialects()), dialect) {
    Cards cards{dialect};
    std::vector<Call> calls;
    std::set<std::string> whole;
    for (int client = 0; client < 32; ++client) {
        calls.push_back(portal_call(
            http::Method::put,
            target_for("2"),
            Card{
                .mask = std::to_string(client),
                .more = fmt::format("&zuora_payment_method_xid={}", client)}
                .form()
        ));
        whole.insert(cards.digest(std::to_string(client)) + " " + std::to_string(client));
    }
    const auto answers = send_at_once(cards.database, kPool, calls);
    BOOST_TEST(count_status(answers, 200) == answers.size());
    BOOST_TEST(
        whole.contains(cards.look("select last_digits_hash || ' ' || zuora_payment_method_xid "
                                  "from user_credit_card_validations"))
    );
}

BOOST_DATA_TEST_CASE(one_of_many_gets_a_zuora_id, data::make(dialects()), dialect) {
    Cards cards{dialect};
    std::vector<Call> calls;
    for (int user = 2001; user < 2033; ++user) {
        calls.push_back(portal_call(
            http::Method::put, target_for(std::to_string(user)), form_with_zuora_id("abc")
        ));
    }
    const auto answers = send_at_once(cards.database, kPool, calls);
    BOOST_TEST(count_status(answers, 200) == 1U);
    BOOST_TEST(count_status(answers, 400) == answers.size() - 1);
    BOOST_TEST(cards.count() == "1");
}

// Each waits for the other to give its id up: PostgreSQL calls that a deadlock.
BOOST_DATA_TEST_CASE(two_users_cannot_swap_their_ids, data::make(dialects()), dialect) {
    constexpr std::size_t kRounds = 8;
    Cards cards{dialect};
    check(cards.put("2", form_with_zuora_id("abc")), 200, kDone);
    check(cards.put("7", form_with_zuora_id("def")), 200, kDone);
    const auto wish = [](const std::string& user, const std::string& id) {
        return std::vector<Call>(
            kRounds, portal_call(http::Method::put, target_for(user), form_with_zuora_id(id))
        );
    };
    const std::vector<std::vector<Call>> clients{wish("2", "def"), wish("7", "abc")};
    for (const http::Response& answer : send_at_once(cards.database, kPool, clients)) {
        check(answer, 400, kRefused);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

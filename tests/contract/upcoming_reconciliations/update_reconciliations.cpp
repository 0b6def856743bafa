#include <fmt/format.h>

#include "tests/contract/upcoming_reconciliations/reconciliations.hpp"
#include "tests/support/write_lock.hpp"

namespace innergate::test::reconciliations {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kDocumented =
    R"({"upcoming_reconciliations": [{"namespace_id": 127, "next_reconciliation_date": "13 Jun 2021", )"
    R"("display_alert_from": "06 Jun 2021"}, {"namespace_id": 129, "next_reconciliation_date": )"
    R"("12 Jun 2021", "display_alert_from": "05 Jun 2021"}]})";
constexpr const char* kDocumentedRows = "127 2021-06-13 2021-06-06, 129 2021-06-12 2021-06-05,";

/// Values as JSON.
std::string element(
    const std::string& namespace_id, const std::string& next, const std::string& from
) {
    return fmt::format(
        R"({{"namespace_id":{},"next_reconciliation_date":{},"display_alert_from":{}}})",
        namespace_id,
        next,
        from
    );
}

std::string good(const std::string& namespace_id) {
    return element(namespace_id, R"("2024-02-29")", R"("2024-02-22")");
}

std::string list_of(const std::string& elements) {
    return R"({"upcoming_reconciliations":[)" + elements + "]}";
}

std::string as_json_text(const std::string& document) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.member("upcoming_reconciliations", document);
    writer.end_object();
    return text;
}

std::string fault(Reconciliations& announced, const std::string& body) {
    const http::Response response = announced.put_all(body);
    BOOST_TEST(response.status == 400, response.body);
    BOOST_TEST(announced.stored().empty());
    return response.body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(update_reconciliations)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    check(announced.put_all(kDocumented), 200, "200");
    BOOST_TEST(announced.stored() == kDocumentedRows);
    check(announced.put_all(kDocumented), 200, "200");
    BOOST_TEST(announced.stored() == kDocumentedRows);
    // curl sends this type where none is said.
    announced.sql("delete from upcoming_reconciliations");
    check(announced.put_all(kDocumented, kForm), 200, "200");
    BOOST_TEST(announced.stored() == kDocumentedRows);
}

BOOST_DATA_TEST_CASE(forms_nest_as_rack_has_it, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    const std::string form =
        "upcoming_reconciliations[][namespace_id]=127"
        "&upcoming_reconciliations[][next_reconciliation_date]=13+Jun+2021"
        "&upcoming_reconciliations[][display_alert_from]=06/06/2021"
        "&upcoming_reconciliations%5B%5D%5Bnamespace_id%5D=129"
        "&upcoming_reconciliations%5B%5D%5Bnext_reconciliation_date%5D=2021-06-12"
        "&upcoming_reconciliations%5B%5D%5Bdisplay_alert_from%5D=20210605";
    check(announced.put_all(form, kForm), 200, "200");
    BOOST_TEST(announced.stored() == kDocumentedRows);
    announced.sql("delete from upcoming_reconciliations");
    check(
        announced.send(http::Method::put, std::string{kReconciliations} + "?" + form), 200, "200"
    );
    BOOST_TEST(announced.stored() == kDocumentedRows);
}

BOOST_DATA_TEST_CASE(list_may_be_a_json_text, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    check(announced.put_all(as_json_text("[" + good("127") + "]")), 200, "200");
    check(announced.put_all(as_json_text(good("129"))), 200, "200");
    BOOST_TEST(announced.stored() == "127 2024-02-29 2024-02-22, 129 2024-02-29 2024-02-22,");
    check(
        announced.put_all(
            "upcoming_reconciliations=[" + good("22") + "]", "application/x-www-form-urlencoded"
        ),
        200,
        "200"
    );
    BOOST_TEST(announced.look("select count(*) from upcoming_reconciliations") == "3");
    check(announced.put_all(as_json_text("[]")), 200, "200");
    for (const std::string other : {"", "x", "[", "5", "null", R"("[]")"}) {
        check(
            announced.put_all(as_json_text(other)),
            400,
            R"({"error":"upcoming_reconciliations is invalid"})"
        );
    }
}

BOOST_DATA_TEST_CASE(empty_list_is_done_at_once, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    check(announced.put_all(list_of("")), 200, "200");
    BOOST_TEST(announced.stored().empty());
}

BOOST_DATA_TEST_CASE(parameter_faults_have_no_index, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    const auto fault_of = [&](const std::string& elements) {
        return fault(announced, list_of(elements));
    };
    BOOST_TEST(
        fault_of(element("null", "\"2024-01-01\"", "\"2024-01-01\"")) ==
        R"({"error":"upcoming_reconciliations[namespace_id] is empty"})"
    );
    BOOST_TEST(
        fault_of(element("\"\"", "\"2024-01-01\"", "\"2024-01-01\"")) ==
        R"({"error":"upcoming_reconciliations[namespace_id] is empty"})"
    );
    BOOST_TEST(
        fault_of("{}") == R"({"error":"upcoming_reconciliations[namespace_id] is missing, )"
                          R"(upcoming_reconciliations[namespace_id] is empty, )"
                          R"(upcoming_reconciliations[next_reconciliation_date] is missing, )"
                          R"(upcoming_reconciliations[display_alert_from] is missing"})"
    );
    for (const std::string no_id :
         {"\"x\"", "1.5", "\"1.5\"", "true", "[]", "{}", "99999999999999999999"}) {
        BOOST_TEST(
            fault_of(element(no_id, "null", "null")) ==
            R"({"error":"upcoming_reconciliations[namespace_id] is invalid"})"
        );
    }
    for (const std::string no_date : {"\"2021-02-29\"", "\"soon\"", "20210605", "true", "[]"}) {
        BOOST_TEST(
            fault_of(element("127", no_date, no_date)) ==
            R"({"error":"upcoming_reconciliations[next_reconciliation_date] is invalid, )"
            R"(upcoming_reconciliations[display_alert_from] is invalid"})"
        );
    }
    // One bad element is enough, equal texts are told once, different ones in their order.
    BOOST_TEST(
        fault_of(
            good("127") + "," + element("null", "null", "\"x\"") + "," +
            element("\"x\"", "null", "\"x\"") + "," + good("129")
        ) == R"({"error":"upcoming_reconciliations[namespace_id] is empty, )"
             R"(upcoming_reconciliations[display_alert_from] is invalid, )"
             R"(upcoming_reconciliations[namespace_id] is invalid"})"
    );
}

BOOST_DATA_TEST_CASE(list_must_be_one, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    for (const std::string other : {"5", "true", "null", "{}", R"({"namespace_id":127})"}) {
        BOOST_TEST(
            fault(announced, R"({"upcoming_reconciliations":)" + other + "}") ==
            R"({"error":"upcoming_reconciliations is invalid"})"
        );
    }
    for (const std::string& nothing : {std::string{"{}"}, std::string{"[]"}, good("127")}) {
        BOOST_TEST(
            fault(announced, nothing)
                .starts_with(R"({"error":"upcoming_reconciliations is missing)"),
            nothing
        );
    }
    BOOST_TEST(
        fault(announced, "{") == R"({"error":"message body does not match declared format"})"
    );
}

BOOST_DATA_TEST_CASE(good_ones_stay_when_others_fail, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    check(
        announced.put_all(list_of(good("999"))),
        400,
        R"({"message":{"error":"[{\"999\":\"Validation failed: Namespace can't be blank\"}]"}})"
    );
    BOOST_TEST(announced.stored().empty());
    const std::string mixed = list_of(
        good("127") + "," + good("999") + "," + element("129", "null", "\"2024-01-01\"") + "," +
        element("\"22\"", "\"2024-01-01\"", "\"\"") + "," + element("-1", "null", "null") + "," +
        element("4321", "null", "null") + "," + good("1234") + "," + good("999")
    );
    check(
        announced.put_all(mixed),
        400,
        R"({"message":{"error":"[{\"999\":\"Validation failed: Namespace can't be blank\"},)"
        R"({\"129\":\"Validation failed: Next reconciliation date can't be blank\"},)"
        R"({\"22\":\"Validation failed: Display alert from can't be blank\"},)"
        R"({\"-1\":\"Validation failed: Namespace can't be blank, Next reconciliation date can't be blank, )"
        R"(Display alert from can't be blank\"},)"
        R"({\"4321\":\"Validation failed: Next reconciliation date can't be blank, )"
        R"(Display alert from can't be blank\"},)"
        R"({\"999\":\"Validation failed: Namespace can't be blank\"}]"}})"
    );
    BOOST_TEST(announced.server.log_detail() == "6 not stored");
    BOOST_TEST(announced.stored() == "127 2024-02-29 2024-02-22, 1234 2024-02-29 2024-02-22,");
}

BOOST_DATA_TEST_CASE(long_lists_keep_nobody_waiting, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    std::string elements = good("127");
    for (int number = 2; number <= 200; ++number) {
        elements += "," + good("127");
    }
    check(announced.put_all(list_of(elements)), 200, "200");
    BOOST_TEST(!announced.server.used_slow_lane());
    check(announced.put_all(list_of(elements + "," + good("129"))), 200, "200");
    BOOST_TEST(announced.server.used_slow_lane());
    BOOST_TEST(announced.stored() == "127 2024-02-29 2024-02-22, 129 2024-02-29 2024-02-22,");
}

BOOST_DATA_TEST_CASE(last_of_a_namespace_counts, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    announced.add("127");
    const std::string id = announced.look("select id from upcoming_reconciliations");
    check(
        announced.put_all(list_of(
            good("127") + "," + element("127", "null", "null") + "," +
            element("\"+127\"", "\"Jun 3, 2024\"", "\"2030/01/01\"")
        )),
        400,
        R"({"message":{"error":"[{\"127\":\"Validation failed: Next reconciliation date can't be blank, )"
        R"(Display alert from can't be blank\"}]"}})"
    );
    // Nobody asks for an order of the two dates.
    BOOST_TEST(announced.stored() == "127 2024-06-03 2030-01-01,");
    BOOST_TEST(announced.look("select id from upcoming_reconciliations") == id);
    BOOST_TEST(
        announced.look("select updated_at from upcoming_reconciliations").starts_with("2026-01-15")
    );
}

BOOST_DATA_TEST_CASE(any_namespace_but_a_projects, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    announced.sql(
        "insert into namespaces (id, type, name, path, parent_id) values "
        "(5001, 'Project', 'p', 'p', 127), (5002, 'Group', 's', 's', 127)"
    );
    check(
        announced.put_all(list_of(good("5001") + "," + good("5002") + "," + good("6"))),
        400,
        R"({"message":{"error":"[{\"5001\":\"Validation failed: Namespace can't be blank\"}]"}})"
    );
    BOOST_TEST(announced.stored() == "6 2024-02-29 2024-02-22, 5002 2024-02-29 2024-02-22,");
}

BOOST_DATA_TEST_CASE(refusals, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    check_refusals(
        announced, administrators_call(http::Method::put, kReconciliations, kDocumented)
    );
    check_refusals(announced, administrators_call(http::Method::put, kReconciliations, "{"));
    BOOST_TEST(announced.stored().empty());
    const http::Response other = announced.send(http::Method::post, kReconciliations);
    check(other, 405, R"({"error":"405 Not Allowed"})");
    BOOST_TEST(field(other, "Allow") == "DELETE, PUT");
}

BOOST_DATA_TEST_CASE(many_lists_at_once, data::make(dialects()), dialect) {
    constexpr std::size_t kClients = 16;
    Reconciliations announced{dialect};
    std::vector<Call> calls;
    for (std::size_t client = 0; client < kClients; ++client) {
        // In either order: none waits for another that waits for it.
        const std::string elements =
            client % 2 == 0 ? good("127") + "," + good("129") : good("129") + "," + good("127");
        calls.push_back(administrators_call(http::Method::put, kReconciliations, list_of(elements))
        );
    }
    for (const http::Response& response :
         send_at_once(announced.database, settings::PoolName::internal, calls)) {
        check(response, 200, "200");
    }
    BOOST_TEST(announced.stored() == "127 2024-02-29 2024-02-22, 129 2024-02-29 2024-02-22,");
}

// The client is told to come again, not that all is well, nor that its list is wrong. None of the
// list is stored.
BOOST_DATA_TEST_CASE(database_lost_between_two_elements, only(db::Dialect::postgresql), dialect) {
    Reconciliations announced{dialect};
    announced.sql(
        "create function fail_over() returns trigger language plpgsql as $$ begin "
        "perform pg_terminate_backend(pg_backend_pid()); return new; end $$"
    );
    announced.sql(
        "create trigger fail_over before insert on upcoming_reconciliations for each row "
        "when (new.namespace_id = 129) execute function fail_over()"
    );
    const std::string list = list_of(good("127") + "," + good("129") + "," + good("1234"));
    const http::Response response = announced.put_all(list);
    check(response, 503, R"({"message":"503 Service Unavailable"})");
    BOOST_TEST(field(response, "Retry-After") == "2");
    BOOST_TEST(announced.stored().empty());
    announced.sql("drop trigger fail_over on upcoming_reconciliations");
    check(announced.put_all(list), 200, "200");
    BOOST_TEST(announced.look("select count(*) from upcoming_reconciliations") == "3");
}

BOOST_DATA_TEST_CASE(element_that_waits_too_long, only(db::Dialect::postgresql), dialect) {
    Reconciliations announced{dialect};
    announced.add("129");
    InProcessServer impatient{settings::PoolName::internal, announced.database, kImpatient};
    const Call call = administrators_call(
        http::Method::put, kReconciliations, list_of(good("127") + "," + good("129"))
    );
    {
        const WriteLock other{
            announced.database, "select 1 from upcoming_reconciliations where namespace_id = 129"};
        check(impatient.answer(call), 503, R"({"message":"503 Service Unavailable"})");
    }
    BOOST_TEST(announced.stored() == "129 2020-01-02 2020-01-01,");
    check(impatient.answer(call), 200, "200");
}

BOOST_DATA_TEST_CASE(database_that_is_locked_all_along, only(db::Dialect::sqlite), dialect) {
    Reconciliations announced{dialect};
    InProcessServer impatient{settings::PoolName::internal, announced.database, kImpatient};
    const Call call =
        administrators_call(http::Method::put, kReconciliations, list_of(good("127")));
    {
        const WriteLock other{announced.database, ""};
        check(impatient.answer(call), 503, R"({"message":"503 Service Unavailable"})");
    }
    BOOST_TEST(announced.stored().empty());
    check(impatient.answer(call), 200, "200");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test::reconciliations

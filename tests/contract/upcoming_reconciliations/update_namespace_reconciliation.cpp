#include <fmt/format.h>

#include "tests/contract/upcoming_reconciliations/reconciliations.hpp"
#include "tests/contract/vanishing_namespace.hpp"

namespace innergate::test::reconciliations {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kDocumented =
    R"({"upcoming_reconciliations": [{"next_reconciliation_date": "12 Jun 2021", )"
    R"("display_alert_from": "05 Jun 2021"}]})";
constexpr const char* kDocumentedRow = "129 2021-06-12 2021-06-05,";
constexpr const char* kFlat =
    R"({"next_reconciliation_date":"2021-06-12","display_alert_from":"2021-06-05"})";
constexpr const char* kNoNamespace = R"({"message":"404 Namespace Not Found"})";

std::string in_short(const std::string& id) {
    return "/api/v4/internal/gitlab_subscriptions/" + id + "/upcoming_reconciliations";
}

/// A body, and what it is answered with 400.
struct Fault {
    std::string body;
    std::string answer;
};

const std::vector<Fault> kFaults{
    {"{}", R"({"error":"next_reconciliation_date is missing, display_alert_from is missing"})"},
    {"", R"({"error":"next_reconciliation_date is missing, display_alert_from is missing"})"},
    {R"({"next_reconciliation_date":"2021-06-12"})",
     R"({"error":"display_alert_from is missing"})"},
    {R"({"display_alert_from":null})", R"({"error":"next_reconciliation_date is missing"})"},
    {R"({"next_reconciliation_date":"2021-06-31","display_alert_from":20210605})",
     R"({"error":"next_reconciliation_date is invalid, display_alert_from is invalid"})"},
    {R"({"upcoming_reconciliations":[]})", R"({"error":"upcoming_reconciliations is empty"})"},
    {R"({"upcoming_reconciliations":null})", R"({"error":"upcoming_reconciliations is empty"})"},
    {R"({"upcoming_reconciliations":{}})", R"({"error":"upcoming_reconciliations is invalid"})"},
    {R"({"upcoming_reconciliations":"x"})", R"({"error":"upcoming_reconciliations is invalid"})"},
    {R"({"upcoming_reconciliations":[{}]})",
     R"({"error":"upcoming_reconciliations[next_reconciliation_date] is missing, )"
     R"(upcoming_reconciliations[display_alert_from] is missing"})"},
    {R"({"upcoming_reconciliations":[{"next_reconciliation_date":"2021-06-12","display_alert_from":"2021-06-05"},)"
     R"({"next_reconciliation_date":"x","display_alert_from":null},)"
     R"({"next_reconciliation_date":"x","display_alert_from":null}]})",
     R"({"error":"upcoming_reconciliations[next_reconciliation_date] is invalid"})"},
    // The flat form counts as soon as one of its names is there.
    {R"({"next_reconciliation_date":"2021-06-12","upcoming_reconciliations":[{}]})",
     R"({"error":"display_alert_from is missing"})"},
    {R"({"next_reconciliation_date":null,"upcoming_reconciliations":5,"display_alert_from":"2021-06-05"})",
     R"({"message":{"next_reconciliation_date":["can't be blank"]}})"},
    {R"({"next_reconciliation_date":"2021-06-12","display_alert_from":""})",
     R"({"message":{"display_alert_from":["can't be blank"]}})"},
    {R"({"next_reconciliation_date":null,"display_alert_from":null})",
     R"({"message":{"next_reconciliation_date":["can't be blank"],"display_alert_from":["can't be blank"]}})"},
    {R"({"upcoming_reconciliations":[{"next_reconciliation_date":"2021-06-12","display_alert_from":null},)"
     R"({"next_reconciliation_date":"2021-06-12","display_alert_from":"2021-06-05"}]})",
     R"({"message":{"display_alert_from":["can't be blank"]}})"},
    {"{", R"({"error":"message body does not match declared format"})"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(update_namespace_reconciliation)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    const auto answers = [&](const http::Response& response) {
        check(response, 200, "200");
        BOOST_TEST(announced.stored() == kDocumentedRow);
        announced.sql("delete from upcoming_reconciliations");
    };
    answers(announced.send(http::Method::put, in_short("129"), kDocumented));
    answers(announced.put("129", kDocumented));
    answers(announced.put("129", kDocumented, ""));
}

BOOST_DATA_TEST_CASE(portal_sends_the_dates_by_themselves, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    const auto answers = [&](const http::Response& response) {
        check(response, 200, "200");
        BOOST_TEST(announced.stored() == kDocumentedRow);
        announced.sql("delete from upcoming_reconciliations");
    };
    answers(announced.put("129", kFlat));
    answers(announced.send(http::Method::put, in_short("129"), kFlat));
    answers(announced.put(
        "129", "next_reconciliation_date=12+Jun+2021&display_alert_from=05-06-2021", kForm
    ));
    answers(announced.put(
        "129",
        "upcoming_reconciliations[][next_reconciliation_date]=12+Jun+2021"
        "&upcoming_reconciliations[][display_alert_from]=5+June+2021",
        kForm
    ));
    answers(announced.send(
        http::Method::put,
        reconciliations_of("129") +
            "?next_reconciliation_date=%222021-06-12%22&display_alert_from='2021-06-05T10:00:00Z'"
    ));
    // They win over a list, and the path over what names the namespace elsewhere.
    answers(announced.put(
        "129",
        R"({"namespace_id":127,"next_reconciliation_date":"2021-06-12","display_alert_from":"2021-06-05",)"
        R"("upcoming_reconciliations":[{"next_reconciliation_date":"x"}]})"
    ));
}

BOOST_DATA_TEST_CASE(last_of_a_list_counts, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    announced.add("129");
    const std::string id = announced.look("select id from upcoming_reconciliations");
    check(
        announced.put(
            "129",
            R"({"upcoming_reconciliations":[{"next_reconciliation_date":"2022-01-01","display_alert_from":"2022-01-01"},)"
            R"({"namespace_id":"x","next_reconciliation_date":"2021-06-12","display_alert_from":"2021-06-05"}]})"
        ),
        200,
        "200"
    );
    BOOST_TEST(announced.stored() == kDocumentedRow);
    BOOST_TEST(announced.look("select id from upcoming_reconciliations") == id);
}

BOOST_DATA_TEST_CASE(faults, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    for (const Fault& fault : kFaults) {
        BOOST_TEST_CONTEXT(fault.body) {
            check(announced.put("129", fault.body), 400, fault.answer);
        }
    }
    BOOST_TEST(announced.stored().empty());
}

BOOST_DATA_TEST_CASE(namespaces_by_id_only, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    for (const std::string no_id :
         {"reconciled-129", "12x", "1.5", "99999999999999999999", "reconciled%2F129"}) {
        check(announced.put(no_id, kFlat), 400, R"({"error":"namespace_id is invalid"})");
    }
    check(
        announced.put("x", "{}"),
        400,
        R"({"error":"namespace_id is invalid, next_reconciliation_date is missing, )"
        R"(display_alert_from is missing"})"
    );
    announced.sql(
        "insert into namespaces (id, type, name, path, parent_id) values "
        "(5001, 'Project', 'p', 'p', 127)"
    );
    for (const std::string unknown : {"999", "0", "-1", "9223372036854775807", "5001"}) {
        check(announced.put(unknown, kFlat), 404, kNoNamespace);
        check(announced.put(unknown, kDocumented), 404, kNoNamespace);
        check(
            announced.put(
                unknown, R"({"next_reconciliation_date":null,"display_alert_from":null})"
            ),
            404,
            kNoNamespace
        );
    }
    check(announced.put("999", "{}"), 400, kFaults.front().answer);
    BOOST_TEST(announced.stored().empty());
    // A personal namespace.
    check(announced.put("6", kFlat), 200, "200");
}

BOOST_DATA_TEST_CASE(short_path_takes_digits_only, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    for (const std::string other : {"reconciled-129", "-129", "+129", "129x"}) {
        check(
            announced.send(http::Method::put, in_short(other), kFlat),
            404,
            R"({"error":"404 Not Found"})"
        );
    }
    for (const std::string other : {"users", "namespaces"}) {
        const http::Response response =
            announced.send(http::Method::delete_, in_short(other), kFlat);
        BOOST_TEST((response.status == 404 || response.status == 405), response.body);
    }
    check(announced.send(http::Method::put, in_short("999"), kFlat), 404, kNoNamespace);
}

BOOST_DATA_TEST_CASE(refusals, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    for (const std::string& target : {reconciliations_of("129"), in_short("129")}) {
        check_refusals(announced, administrators_call(http::Method::put, target, kFlat));
        check_refusals(announced, administrators_call(http::Method::put, target, "{"));
        check_refusals(announced, administrators_call(http::Method::delete_, target));
        const http::Response other = announced.send(http::Method::get, target);
        check(other, 405, R"({"error":"405 Not Allowed"})");
        BOOST_TEST(field(other, "Allow") == "DELETE, PUT");
    }
    BOOST_TEST(announced.stored().empty());
}

BOOST_DATA_TEST_CASE(all_at_once_succeed, data::make(dialects()), dialect) {
    constexpr std::size_t kClients = 32;
    Reconciliations announced{dialect};
    std::vector<Call> calls;
    for (std::size_t client = 0; client < kClients; ++client) {
        // Both dates are of one client, whoever is the last.
        const std::string date = fmt::format("20{}-01-01", 10 + client);
        calls.push_back(administrators_call(
            http::Method::put,
            reconciliations_of("129"),
            fmt::format(R"({{"next_reconciliation_date":"{0}","display_alert_from":"{0}"}})", date)
        ));
    }
    for (const http::Response& response :
         send_at_once(announced.database, settings::PoolName::internal, calls)) {
        check(response, 200, "200");
    }
    BOOST_TEST(
        announced.look("select count(*) from upcoming_reconciliations "
                       "where next_reconciliation_date = display_alert_from and namespace_id = 129"
        ) == "1"
    );
}

BOOST_DATA_TEST_CASE(namespace_that_goes_meanwhile_is_not_found, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    let_namespaces_vanish(announced.database, "upcoming_reconciliations");
    check(announced.put("129", kFlat), 404, kNoNamespace);
    BOOST_TEST(announced.stored().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test::reconciliations

#include "tests/contract/upcoming_reconciliations/reconciliations.hpp"

namespace innergate::test::reconciliations {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kNotFound = R"({"message":"404 Not Found"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(delete_reconciliation)

BOOST_DATA_TEST_CASE(documented_examples, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    announced.add("127");
    for (const std::string& target :
         {std::string{kReconciliations} + "?namespace_id=22",
          reconciliations_of("22"),
          std::string{"/api/v4/internal/gitlab_subscriptions/22/upcoming_reconciliations"}}) {
        announced.add("22");
        check_no_content(announced.send(http::Method::delete_, target));
        BOOST_TEST(announced.stored() == "127 2020-01-02 2020-01-01,");
        check(announced.send(http::Method::delete_, target), 404, kNotFound);
    }
}

BOOST_DATA_TEST_CASE(body_may_name_the_namespace, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    for (const auto& [type, body] : std::initializer_list<std::pair<const char*, const char*>>{
             {"application/json", R"({"namespace_id":22})"},
             {"application/json", R"({"namespace_id":"22"})"},
             {kForm, "namespace_id=22"},
             {"", R"({"namespace_id":22})"}}) {
        announced.add("22");
        check_no_content(announced.send(http::Method::delete_, kReconciliations, body, type));
    }
}

BOOST_DATA_TEST_CASE(unknown_namespaces_have_none, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    for (const std::string unknown : {"999", "0", "-1", "9223372036854775807"}) {
        check(
            announced.send(
                http::Method::delete_, std::string{kReconciliations} + "?namespace_id=" + unknown
            ),
            404,
            kNotFound
        );
        check(announced.send(http::Method::delete_, reconciliations_of(unknown)), 404, kNotFound);
    }
}

BOOST_DATA_TEST_CASE(parameters, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    const auto answers = [&](const std::string& target, const char* body) {
        check(announced.send(http::Method::delete_, target), 400, body);
    };
    const std::string all = kReconciliations;
    answers(all, R"({"error":"namespace_id is missing, namespace_id is empty"})");
    answers(all + "?namespace_id=", R"({"error":"namespace_id is empty"})");
    check(
        announced.send(http::Method::delete_, all, R"({"namespace_id":null})"),
        400,
        R"({"error":"namespace_id is empty"})"
    );
    constexpr const char* kInvalid = R"({"error":"namespace_id is invalid"})";
    for (const std::string no_id : {"x", "1.5", "99999999999999999999", "reconciled-22"}) {
        answers(all + "?namespace_id=" + no_id, kInvalid);
        answers(reconciliations_of(no_id), kInvalid);
    }
}

BOOST_DATA_TEST_CASE(refusals, data::make(dialects()), dialect) {
    Reconciliations announced{dialect};
    announced.add("22");
    check_refusals(
        announced,
        administrators_call(
            http::Method::delete_, std::string{kReconciliations} + "?namespace_id=22"
        )
    );
    check_refusals(announced, administrators_call(http::Method::delete_, kReconciliations));
    BOOST_TEST(announced.stored() == "22 2020-01-02 2020-01-01,");
}

BOOST_DATA_TEST_CASE(one_of_many_at_once_removes_it, data::make(dialects()), dialect) {
    constexpr std::size_t kClients = 32;
    Reconciliations announced{dialect};
    announced.add("22");
    const std::vector<Call> calls(
        kClients, administrators_call(http::Method::delete_, reconciliations_of("22"))
    );
    std::size_t removed = 0;
    for (const http::Response& response :
         send_at_once(announced.database, settings::PoolName::internal, calls)) {
        if (response.status == 204) {
            ++removed;
        } else {
            check(response, 404, kNotFound);
        }
    }
    BOOST_TEST(removed == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test::reconciliations

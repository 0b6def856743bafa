#include "app/params/schema.hpp"

#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"

namespace innergate::params {
namespace {

struct Order {
    std::string name;
    long long count = 0;
    std::optional<bool> urgent;
    std::optional<KeyId> key_id;
};

constexpr auto kOrder = schema<Order>(
    required("name", &Order::name, "Name"),
    required("count", &Order::count, "How many"),
    optional("urgent", &Order::urgent, "Whether it is urgent"),
    optional("key_id", &Order::key_id, "Key")
);

Result<Order> parse_order(std::string_view json) {
    return kOrder.parse(*json::parse(json).value().object());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schemas)

BOOST_AUTO_TEST_CASE(struct_is_filled) {
    const auto order =
        parse_order(R"({"name":"x","count":"3","urgent":"yes","key_id":"7","unknown":1})");
    BOOST_REQUIRE(order.has_value());
    BOOST_TEST(order->name == "x");
    BOOST_TEST(order->count == 3);
    BOOST_TEST(order->urgent.value());
    BOOST_TEST(order->key_id->value == 7);
}

BOOST_AUTO_TEST_CASE(null_is_absent) {
    const auto order = parse_order(R"({"name":"x","count":3,"urgent":null})");
    BOOST_REQUIRE(order.has_value());
    BOOST_TEST(!order->urgent.has_value());
    BOOST_TEST(parse_order(R"({"name":null,"count":3})").error().message == "name is missing");
}

BOOST_AUTO_TEST_CASE(all_faults_are_told_in_declared_order) {
    const auto order = parse_order(R"({"urgent":"perhaps","count":"many"})");
    BOOST_REQUIRE(!order.has_value());
    BOOST_TEST(order.error().message == "name is missing, count is invalid, urgent is invalid");
    BOOST_TEST((order.error().key == ErrorKey::error));
    BOOST_TEST((order.error().code == ErrorCode::bad_request));
}

BOOST_AUTO_TEST_CASE(null_given_is_not_absent) {
    struct Change {
        Given<int> seats;
        Given<std::string> plan;
    };
    constexpr auto kChange = schema<Change>(
        nullable("seats", &Change::seats, "Seats"), nullable("plan", &Change::plan, "Plan")
    );
    const auto parse = [&kChange](std::string_view json) {
        return kChange.parse(*json::parse(json).value().object());
    };
    BOOST_TEST(!parse("{}")->seats.is_given);
    for (const std::string_view json : {R"({"seats":null})", R"({"seats":""})"}) {
        BOOST_TEST(parse(json)->seats.is_given);
        BOOST_TEST(!parse(json)->seats.value.has_value());
    }
    BOOST_TEST(parse(R"({"seats":"5"})")->seats.value.value() == 5);
    BOOST_TEST(parse(R"({"plan":""})")->plan.value.value().empty());
    BOOST_TEST(!parse(R"({"plan":null})")->plan.value.has_value());
    BOOST_TEST(
        parse(R"({"seats":"many","plan":[]})").error().message ==
        "seats is invalid, plan is invalid"
    );
}

BOOST_AUTO_TEST_CASE(required_and_filled) {
    struct Reconciliation {
        long long namespace_id = 0;
    };
    constexpr auto kReconciliation = schema<Reconciliation>(
        required_filled("namespace_id", &Reconciliation::namespace_id, "Namespace")
    );
    const auto fault = [&kReconciliation](std::string_view json) {
        const auto read = kReconciliation.parse(*json::parse(json).value().object());
        return read ? std::to_string(read->namespace_id) : read.error().message;
    };
    BOOST_TEST(fault(R"({"namespace_id":"7"})") == "7");
    BOOST_TEST(fault("{}") == "namespace_id is missing, namespace_id is empty");
    BOOST_TEST(fault(R"({"namespace_id":null})") == "namespace_id is empty");
    BOOST_TEST(fault(R"({"namespace_id":""})") == "namespace_id is empty");
    BOOST_TEST(fault(R"({"namespace_id":"x"})") == "namespace_id is invalid");
}

BOOST_AUTO_TEST_CASE(required_names) {
    struct Push {
        std::string gl_repository;
    };
    constexpr auto kPush =
        schema<Push>(required_name("gl_repository", &Push::gl_repository, "Name"));
    const auto outcome = [&kPush](const std::string& json) {
        const auto push = kPush.parse(*json::parse(json).value().object());
        return push ? push->gl_repository : push.error().message;
    };
    BOOST_TEST(outcome(R"({"gl_repository":"project-7"})") == "project-7");
    BOOST_TEST(outcome(R"({"gl_repository":7})") == "7");
    for (const char* const json :
         {"{}",
          R"({"gl_repository":null})",
          R"({"gl_repository":""})",
          R"({"gl_repository":" \t\n"})"}) {
        BOOST_TEST(outcome(json) == "gl_repository is missing", json);
    }
    for (const std::string& json :
         {std::string{R"({"gl_repository":[]})"},
          std::string{R"({"gl_repository":{}})"},
          R"({"gl_repository":")" + std::string(1025, 'a') + "\"}"}) {
        BOOST_TEST(outcome(json) == "gl_repository is invalid");
    }
}

BOOST_AUTO_TEST_CASE(description_follows_the_declaration) {
    const auto descriptions = kOrder.describe();
    BOOST_REQUIRE(descriptions.size() == 4U);
    BOOST_TEST(descriptions[1].name == "count");
    BOOST_TEST((descriptions[1].type == Type::integer));
    BOOST_TEST((descriptions[1].need == Need::required));
    BOOST_TEST((descriptions[3].type == Type::record_id));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::params

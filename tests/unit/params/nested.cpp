#include "app/params/nested.hpp"

#include <array>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/json/reader.hpp"
#include "app/params/choice.hpp"

namespace innergate::params {
namespace {

enum class Colour { red, blue };

struct Wheel {
    std::optional<std::string> name;
    std::optional<RubyInteger> size;
};

struct Engine {
    std::optional<std::string> maker;
};

struct Body {
    Colour colour = Colour::red;
    std::optional<std::string> finish;
    std::vector<Wheel> wheels;
    std::optional<Engine> engine;
};

struct Car {
    Body body;
    json::Object document;
    std::vector<Wheel> spares;
};

constexpr auto kWheel =
    schema<Wheel>(present("name", &Wheel::name, "Name"), optional("size", &Wheel::size, "Size"));
constexpr auto kEngine = schema<Engine>(present("maker", &Engine::maker, "Maker"));
constexpr std::array kColours{Word<Colour>{"red", Colour::red}, Word<Colour>{"blue", Colour::blue}};
constexpr auto kBody = schema<Body>(
    required_choice<Body, Colour>("colour", &Body::colour, kColours, "Colour"),
    optional_word("finish", &Body::finish, "Finish"),
    required_each("wheels", &Body::wheels, kWheel, "Wheels", {.max_elements = 1000}),
    optional_hash("engine", &Body::engine, kEngine, "Engine")
);
constexpr auto kCar = schema<Car>(
    required_hash("body", &Car::body, kBody, "Body", &Car::document),
    optional_each("spares", &Car::spares, kWheel, "Spare wheels")
);

Result<Car> parse_car(const std::string& json) {
    return kCar.parse(*json::parse(json).value().object());
}

/// The fault of a car whose body is like this.
std::string fault(const std::string& body) {
    const auto car = parse_car(R"({"body":)" + body + "}");
    return car ? "" : car.error().message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(nested_parameters)

BOOST_AUTO_TEST_CASE(all_levels_are_read) {
    const auto car = parse_car(
        R"({"body":{"colour":"BLUE","finish":"Matt","extra":[1],"wheels":[{"name":"a"},{"name":null,)"
        R"("size":"7"}],"engine":{"maker":3}},"spares":[null,{"name":"s"}]})"
    );
    BOOST_TEST(!car.has_value());
    BOOST_TEST(car.error().message == "spares[0][name] is missing");
    const auto good = parse_car(
        R"({"body":{"colour":"BLUE","finish":"Matt","extra":[1],"wheels":[{"name":"a"},{"name":null,)"
        R"("size":"7"}],"engine":{"maker":3}},"spares":null})"
    );
    BOOST_REQUIRE(good.has_value());
    BOOST_TEST((good->body.colour == Colour::blue));
    BOOST_TEST(good->body.finish.value() == "matt");
    BOOST_REQUIRE(good->body.wheels.size() == 2U);
    BOOST_TEST(good->body.wheels[0].name.value() == "a");
    BOOST_TEST(!good->body.wheels[1].name.has_value());
    BOOST_TEST(good->body.wheels[1].size->value == 7);
    BOOST_TEST(good->body.engine->maker.value() == "3");
    BOOST_TEST(json::find(good->document, "extra") != nullptr);
    BOOST_TEST(good->spares.empty());
}

BOOST_AUTO_TEST_CASE(a_missing_parent_names_its_children) {
    constexpr auto kChildren =
        "body[colour] is missing, body[colour] is invalid, body[wheels] is missing, "
        "body[wheels][name] is missing";
    BOOST_TEST(parse_car("{}").error().message == std::string{"body is missing, "} + kChildren);
    BOOST_TEST(fault(R"("x")") == std::string{"body is invalid, "} + kChildren);
    BOOST_TEST(fault("[]") == std::string{"body is invalid, "} + kChildren);
    BOOST_TEST(fault("null") == kChildren);
}

BOOST_AUTO_TEST_CASE(elements_are_named_by_their_index) {
    BOOST_TEST(
        fault(R"({"colour":"red","wheels":[{"name":"a"},{},{"name":[],"size":"x"},7]})") ==
        "body[wheels][1][name] is missing, body[wheels][2][name] is invalid, "
        "body[wheels][2][size] is invalid, body[wheels][3][name] is missing"
    );
}

BOOST_AUTO_TEST_CASE(lists_and_objects_of_another_type) {
    const auto wheels = [](std::string_view json) {
        return fault(fmt::format(R"({{"colour":"red","wheels":{}}})", json));
    };
    BOOST_TEST(wheels("[]") == "body[wheels] is empty");
    BOOST_TEST(wheels("null") == "body[wheels] is empty");
    BOOST_TEST(wheels(R"({"name":"a"})") == "body[wheels] is invalid");
    BOOST_TEST(
        fault(R"({"colour":"red","wheels":[{"name":"a"}],"engine":[]})") ==
        "body[engine] is invalid"
    );
    BOOST_TEST(
        fault(R"({"colour":"red","wheels":[{"name":"a"}],"engine":{}})") ==
        "body[engine][maker] is missing"
    );
    BOOST_TEST(fault(R"({"colour":"red","wheels":[{"name":"a"}],"engine":null})").empty());
    const auto spares =
        parse_car(R"({"body":{"colour":"red","wheels":[{"name":"a"}]},"spares":{}})");
    BOOST_TEST(spares.error().message == "spares is invalid");
}

BOOST_AUTO_TEST_CASE(words) {
    const auto colour = [](std::string_view members) {
        return fault(fmt::format(R"({{{},"wheels":[{{"name":"a"}}]}})", members));
    };
    BOOST_TEST(colour(R"("colour":"Red")").empty());
    BOOST_TEST(colour(R"("colour":"green")") == "body[colour] does not have a valid value");
    BOOST_TEST(colour(R"("colour":"")") == "body[colour] does not have a valid value");
    BOOST_TEST(colour(R"("colour":null)") == "body[colour] is invalid");
    BOOST_TEST(colour(R"("colour":7)") == "body[colour] is invalid");
    BOOST_TEST(
        colour(R"("finish":null)") ==
        "body[colour] is missing, body[colour] is invalid, body[finish] is invalid"
    );
}

BOOST_AUTO_TEST_CASE(not_more_than_a_hundred_faults_are_told) {
    std::string wheels = "{}";
    for (int count = 1; count < 1000; ++count) {
        wheels += ",{}";
    }
    const std::string told = fault(fmt::format(R"({{"colour":"red","wheels":[{}]}})", wheels));
    BOOST_TEST(told.starts_with("body[wheels][0][name] is missing, body[wheels][1]"));
    BOOST_TEST(told.ends_with(", body[wheels][99][name] is missing"));
}

BOOST_AUTO_TEST_CASE(members_are_described) {
    const auto descriptions = kCar.describe();
    BOOST_REQUIRE(descriptions.size() == 2U);
    BOOST_TEST((descriptions[0].type == Type::object));
    BOOST_REQUIRE(descriptions[0].members.size() == 4U);
    BOOST_TEST((descriptions[0].members[2].type == Type::object_array));
    BOOST_TEST(descriptions[0].members[2].members[1].name == "size");
}

BOOST_AUTO_TEST_CASE(lists_that_may_be_empty) {
    struct Order {
        std::vector<Engine> packs;
    };
    constexpr auto kOrder = schema<Order>(required_each(
        "packs", &Order::packs, kEngine, "Packs", {.max_elements = 10, .may_be_empty = true}
    ));
    const auto outcome = [&kOrder](std::string_view json) {
        const auto order = kOrder.parse(*json::parse(json).value().object());
        return order ? std::to_string(order->packs.size()) : order.error().message;
    };
    BOOST_TEST(outcome(R"({"packs":[]})") == "0");
    BOOST_TEST(outcome(R"({"packs":[{"maker":"a"},{"maker":null}]})") == "2");
    BOOST_TEST(outcome(R"({"packs":[{"maker":"a"},{}]})") == "packs[1][maker] is missing");
    BOOST_TEST(outcome("{}") == "packs is missing, packs[maker] is missing");
    for (const std::string_view json :
         {R"({"packs":{}})", R"({"packs":"[]"})", R"({"packs":null})"}) {
        BOOST_TEST(outcome(json) == "packs is invalid", json);
    }
}

BOOST_AUTO_TEST_CASE(lists_without_indexes_and_as_text) {
    struct Order {
        std::vector<Engine> rows;
    };
    constexpr auto kOrder = schema<Order>(required_each(
        "rows",
        &Order::rows,
        kEngine,
        "Rows",
        {.max_elements = 3, .may_be_empty = true, .names_indexes = false, .reads_json_text = true}
    ));
    const auto outcome = [&kOrder](std::string_view json) {
        const auto order = kOrder.parse(*json::parse(json).value().object());
        return order ? std::to_string(order->rows.size()) : order.error().message;
    };
    BOOST_TEST(
        outcome(R"({"rows":[{},{},{"maker":[]}]})") ==
        "rows[maker] is missing, rows[maker] is invalid"
    );
    BOOST_TEST(outcome(R"({"rows":"[{\"maker\":1},{\"maker\":2}]"})") == "2");
    BOOST_TEST(outcome(R"({"rows":"{\"maker\":1}"})") == "1");
    for (const std::string_view json : {R"({"rows":"x"})", R"({"rows":"7"})", R"({"rows":{}})"}) {
        BOOST_TEST(outcome(json) == "rows is invalid", json);
    }
    for (const std::string_view json :
         {R"({"rows":[{},{},{},{}]})", R"({"rows":"[{},{},{},{}]"})"}) {
        BOOST_TEST(
            outcome(json) == "rows is expected to have length less than or equal to 3", json
        );
    }
}

BOOST_AUTO_TEST_CASE(longer_lists_are_not_looked_at) {
    struct Order {
        std::optional<std::vector<std::string>> names;
        std::vector<Engine> packs;
    };
    static constexpr auto kOrder = schema<Order>(
        at_most(2, optional("names", &Order::names, "Names")),
        at_most(1, optional_each("packs", &Order::packs, kEngine, "Packs"))
    );
    const auto outcome = [](std::string_view json) {
        const auto order = kOrder.parse(*json::parse(json).value().object());
        return order ? "" : order.error().message;
    };
    BOOST_TEST(outcome(R"({"names":["a","b"],"packs":[{"maker":"a"}]})").empty());
    BOOST_TEST(outcome("{}").empty());
    BOOST_TEST(
        outcome(R"({"names":[1,{},3],"packs":[{},7]})") ==
        "names is expected to have length less than or equal to 2, "
        "packs is expected to have length less than or equal to 1"
    );
    BOOST_TEST(outcome(R"({"names":7,"packs":7})") == "names is invalid, packs is invalid");
    BOOST_TEST(kOrder.describe()[0].max_elements == 2);
    BOOST_TEST(kOrder.describe()[1].max_elements == 1);
    BOOST_TEST(kOrder.describe()[1].members.size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::params

#include "app/json/reader.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::json {
namespace {

std::string reason(std::string_view text, const ReadLimits& limits = {}) {
    const auto parsed = parse(text, limits);
    return parsed ? "parsed" : parsed.error().reason;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_reader)

BOOST_AUTO_TEST_CASE(values_of_every_type) {
    const auto parsed = parse(R"({"a":[1,-2.5e3,true,null,"x\u00e9"],"b":{}})");
    BOOST_REQUIRE(parsed.has_value());
    const Array& elements = *parsed->find("a")->array();
    BOOST_TEST(elements.at(0).number()->text == "1");
    BOOST_TEST(elements.at(1).number()->text == "-2.5e3");
    BOOST_TEST(*elements.at(2).boolean());
    BOOST_TEST(elements.at(3).is_null());
    BOOST_TEST(*elements.at(4).string() == "x\u00e9");
    BOOST_TEST(parsed->find("b")->object()->empty());
    BOOST_TEST(parsed->find("c") == nullptr);
}

BOOST_AUTO_TEST_CASE(numbers_keep_every_digit) {
    BOOST_TEST(
        parse("123456789012345678901234567890")->number()->text == "123456789012345678901234567890"
    );
}

BOOST_AUTO_TEST_CASE(last_of_repeated_names_is_found) {
    BOOST_TEST(parse(R"({"a":1,"a":2})")->find("a")->number()->text == "2");
}

BOOST_AUTO_TEST_CASE(ten_megabytes_of_brackets_are_refused_without_a_crash) {
    BOOST_TEST(reason(std::string(10'000'000, '[')) == "nested too deeply");
    BOOST_TEST(reason(std::string(10'000'000, '['), {.max_depth = 100'000'000}) != "parsed");
}

BOOST_AUTO_TEST_CASE(depth_limit_is_exact) {
    BOOST_TEST(reason("[[[]]]", {.max_depth = 3}) == "parsed");
    BOOST_TEST(reason(R"([[{"a":[]}]])", {.max_depth = 3}) == "nested too deeply");
    BOOST_TEST(reason("[[],[],[],[]]", {.max_depth = 2}) == "parsed");
}

BOOST_AUTO_TEST_CASE(limit_of_values_is_exact) {
    BOOST_TEST(reason(R"({"a":[1,null,true,"x",{}]})", {.max_values = 7}) == "parsed");
    for (const std::string_view more : {"1", "null", "true", R"("x")", "{}", "[]"}) {
        const std::string text = "[1,2," + std::string{more} + "]";
        BOOST_TEST(reason(text, {.max_values = 3}) == "too many values", text);
    }
}

BOOST_AUTO_TEST_CASE(nul_is_refused_wherever_it_stands) {
    BOOST_TEST(reason(std::string("{}\0{}", 5)) == "NUL byte");
    BOOST_TEST(reason(R"({"a":"x\u0000y"})") == "NUL in a string");
    BOOST_TEST(reason(R"({"\u0000":1})") == "NUL in a string");
}

BOOST_AUTO_TEST_CASE(invalid_utf8_is_refused) {
    for (const std::string_view text :
         {"\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\\udc00\"", "\"\\ud800\""}) {
        BOOST_TEST(reason(text) != "parsed");
    }
}

BOOST_AUTO_TEST_CASE(every_truncation_is_refused) {
    const std::string text = R"({"a":[1,{"b":"c"}],"d":null})";
    for (std::size_t length = 0; length < text.size(); ++length) {
        BOOST_TEST(reason(text.substr(0, length)) != "parsed", length);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_refused) {
    for (const std::string_view text :
         {"{a:1}",
          "{'a':1}",
          "[1,]",
          R"({"a":1,})",
          "01",
          "NaN",
          "// x\n1",
          "{} {}",
          "\xef\xbb\xbf{}"}) {
        BOOST_TEST(reason(text) != "parsed", text);
    }
}

BOOST_AUTO_TEST_CASE(faults_name_their_place) {
    BOOST_TEST(parse("[1, x]").error().offset == 4U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::json

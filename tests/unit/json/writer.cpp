#include "app/json/writer.hpp"

#include <limits>
#include <optional>

#include <boost/test/unit_test.hpp>

namespace innergate::json {

BOOST_AUTO_TEST_SUITE(json_writer)

BOOST_AUTO_TEST_CASE(documents_are_compact_and_in_order) {
    std::string text;
    Writer writer{text};
    writer.begin_object();
    writer.member("b", 1);
    writer.member("a", "x\"\n");
    writer.member("none", std::optional<int>{});
    writer.member("some", std::optional{true});
    writer.key("list");
    writer.begin_array();
    writer.value(std::numeric_limits<long long>::min());
    writer.value(std::numeric_limits<unsigned long long>::max());
    writer.end_array();
    writer.end_object();
    BOOST_TEST(
        text ==
        R"({"b":1,"a":"x\"\n","none":null,"some":true,"list":[-9223372036854775808,18446744073709551615]})"
    );
}

BOOST_AUTO_TEST_CASE(invalid_utf8_is_replaced) {
    std::string text;
    Writer writer{text};
    writer.value(std::string_view{
        "a\xff"
        "b"});
    BOOST_TEST(
        text ==
        "\"a\xef\xbf\xbd"
        "b\""
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::json

#include "app/yaml/writer.hpp"

#include <ostream>
#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/yaml/reader.hpp"

namespace innergate {
namespace {

namespace data = boost::unit_test::data;

struct Text {
    const char* text;
    const char* written;
};

std::ostream& operator<<(std::ostream& out, const Text& text) {
    return out << text.written;
}

const Text kTexts[]{
    {"", "''"},
    {"Policy description", "Policy description"},
    {"feature/x.y-z", "feature/x.y-z"},
    {"yes", "'yes'"},
    {"y", "'y'"},
    {"12", "'12'"},
    {"~", "'~'"},
    {"30 2 * * *", "'30 2 * * *'"},
    {"*", "'*'"},
    {"it's", "'it''s'"},
    {R"(a\b "c")", R"('a\b "c"')"},
    {" a", "' a'"},
    {"a ", "'a '"},
    {"a: b #c", "'a: b #c'"},
    {"a\nb", R"("a\nb")"},
    {"\t", R"("\t")"},
    {"\x7f\x01", R"("\x7F\x01")"},
    {"\xc2\x85\xe2\x80\xa8", R"("\x85\u2028")"},
    {"Prüfung", "'Prüfung'"},
};

constexpr const char* kDocument = R"(---
name: Policy
description: Policy description
enabled: true
actions:
- scan: container_scanning
rules:
- type: pipeline
  branches:
  - main
- agents:
    cluster-a:
      namespaces: []
  empty: {}
  nothing: null
- - nested
  - - twice
)";

}  // namespace

BOOST_AUTO_TEST_SUITE(yaml_writer)

BOOST_DATA_TEST_CASE(texts_are_quoted_where_they_must, data::make(kTexts), text) {
    const yaml::Value value{yaml::Scalar{text.text, true}};
    const std::string document = to_document(value);
    BOOST_TEST(document == std::string{"--- "} + text.written + "\n");
    const auto again = yaml::parse(document);
    BOOST_REQUIRE(again.has_value());
    BOOST_TEST((*again == value));
}

BOOST_AUTO_TEST_CASE(document_is_the_same_when_read_and_written) {
    const auto value = yaml::parse(kDocument);
    BOOST_REQUIRE(value.has_value());
    BOOST_TEST(to_document(*value) == kDocument);
}

BOOST_AUTO_TEST_CASE(booleans_become_those_of_every_version) {
    const auto value = yaml::parse("[yes, No, ON, ~, '1', 1]");
    BOOST_REQUIRE(value.has_value());
    BOOST_TEST(to_document(*value) == "---\n- true\n- false\n- true\n- null\n- '1'\n- 1\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate

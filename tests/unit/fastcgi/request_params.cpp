// Parameters to request, as a table: no socket.
#include "app/fastcgi/request_params.hpp"

#include <array>
#include <ostream>
#include <string>
#include <vector>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace innergate::fastcgi {
namespace {

namespace data = boost::unit_test::data;

constexpr settings::Limits kLimits{
    .max_body_bytes = 1'000,
    .max_header_fields = 3,
    .max_parameter_bytes = 400,
    .max_target_bytes = 50};

struct Example {
    const char* name;
    std::vector<std::string> params;
    std::string expected;  ///< "ok", or the refusal's body
};

std::ostream& operator<<(std::ostream& out, const Example& example) {
    return out << example.name;
}

std::string outcome(const std::vector<std::string>& params) {
    std::vector<const char*> pointers;
    pointers.reserve(params.size() + 1);
    for (const std::string& param : params) {
        pointers.push_back(param.c_str());
    }
    pointers.push_back(nullptr);
    std::vector<http::HeaderField> fields;
    const auto parsed = parse_params(pointers.data(), kLimits, fields);
    return parsed ? "ok" : std::string{parsed.error().body};
}

const std::string kGet = "REQUEST_METHOD=GET";
const std::string kRoot = "REQUEST_URI=/";
const std::string kMethodRefused{kBadMethod.body};
const std::string kTargetRefused{kBadTarget.body};
const std::string kLengthRefused{kBadContentLength.body};

const std::vector<Example> kExamples{
    {"least request", {kGet, kRoot}, "ok"},
    {"method and target in any order", {kRoot, "X=", "X", kGet}, "ok"},
    {"method of a client's own", {"REQUEST_METHOD=PROPFIND", kRoot}, "ok"},
    {"no method", {kRoot}, kMethodRefused},
    {"empty method", {"REQUEST_METHOD=", kRoot}, kMethodRefused},
    {"method with a space", {"REQUEST_METHOD=GET /", kRoot}, kMethodRefused},
    {"method with a control character", {"REQUEST_METHOD=GET\r", kRoot}, kMethodRefused},
    {"method too long", {"REQUEST_METHOD=" + std::string(33, 'A'), kRoot}, kMethodRefused},
    {"no target", {kGet}, kTargetRefused},
    {"empty target", {kGet, "REQUEST_URI="}, kTargetRefused},
    {"target without slash", {kGet, "REQUEST_URI=a/b"}, kTargetRefused},
    {"target with a space", {kGet, "REQUEST_URI=/a b"}, kTargetRefused},
    {"target with a newline", {kGet, "REQUEST_URI=/a\nb"}, kTargetRefused},
    {"target with DEL", {kGet, "REQUEST_URI=/a\x7f"}, kTargetRefused},
    {"target with raw UTF-8", {kGet, "REQUEST_URI=/\xc3\xa4"}, "ok"},
    {"target asterisk", {"REQUEST_METHOD=OPTIONS", "REQUEST_URI=*"}, "ok"},
    {"longest target", {kGet, kRoot + std::string(49, 'a')}, "ok"},
    {"target too long", {kGet, kRoot + std::string(50, 'a')}, std::string{kTargetTooLong.body}},
    {"most header fields", {kGet, kRoot, "HTTP_A=1", "HTTP_B=2", "HTTP_C=3", "HTTP_D="}, "ok"},
    {"too many header fields",
     {kGet, kRoot, "HTTP_A=1", "HTTP_B=2", "HTTP_C=3", "HTTP_D=4"},
     std::string{kTooManyFields.body}},
    {"most parameter bytes", {kGet, kRoot, "X=" + std::string(400 - 2 - 18 - 13, 'x')}, "ok"},
    {"too many parameter bytes",
     {kGet, kRoot, "X=" + std::string(400 - 2 - 18 - 13 + 1, 'x')},
     std::string{kParametersTooLarge.body}},
    {"largest body", {kGet, kRoot, "CONTENT_LENGTH=1000"}, "ok"},
    {"body too large", {kGet, kRoot, "CONTENT_LENGTH=1001"}, std::string{kContentTooLarge.body}},
    {"body length beyond 64 bits",
     {kGet, kRoot, "CONTENT_LENGTH=18446744073709551616"},
     std::string{kContentTooLarge.body}},
    {"negative body length", {kGet, kRoot, "CONTENT_LENGTH=-1"}, kLengthRefused},
    {"body length with a sign", {kGet, kRoot, "CONTENT_LENGTH=+1"}, kLengthRefused},
    {"body length with a unit", {kGet, kRoot, "CONTENT_LENGTH=1k"}, kLengthRefused},
    {"body length hexadecimal", {kGet, kRoot, "CONTENT_LENGTH=0x1"}, kLengthRefused},
    {"huge body length with rubbish",
     {kGet, kRoot, "CONTENT_LENGTH=18446744073709551616x"},
     kLengthRefused},
    {"same target twice", {kGet, kRoot, kRoot}, "ok"},
    {"two targets", {kGet, kRoot, "REQUEST_URI=/b"}, std::string{kAmbiguousParameter.body}},
    {"two methods", {kGet, kRoot, "REQUEST_METHOD=PUT"}, std::string{kAmbiguousParameter.body}},
};

BOOST_AUTO_TEST_SUITE(request_params)

BOOST_DATA_TEST_CASE(accepted_or_refused, data::make(kExamples), example) {
    BOOST_TEST(outcome(example.params) == example.expected);
}

BOOST_AUTO_TEST_CASE(fields_of_the_previous_request_are_gone) {
    std::vector<http::HeaderField> fields;
    const std::array<const char*, 4> first{
        "REQUEST_METHOD=GET", "REQUEST_URI=/", "HTTP_AUTHORIZATION=x", nullptr};
    const std::array<const char*, 3> second{"REQUEST_METHOD=GET", "REQUEST_URI=/", nullptr};
    const auto with_field = parse_params(first.data(), kLimits, fields);
    BOOST_REQUIRE(with_field);
    BOOST_TEST(with_field->request.header("Authorization").value_or("none") == "x");
    const auto without_field = parse_params(second.data(), kLimits, fields);
    BOOST_REQUIRE(without_field);
    BOOST_TEST(without_field->request.headers.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi

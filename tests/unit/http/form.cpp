#include "app/http/form.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"

namespace innergate::http {
namespace {

/// The parameters as the JSON object they should equal, or the refusal.
void check_query(std::string_view query, std::string_view expected_json) {
    json::Object parameters;
    const auto parsed = parse_urlencoded(query, {}, parameters);
    BOOST_REQUIRE_MESSAGE(parsed.has_value(), query);
    BOOST_TEST((json::Value{parameters} == json::parse(expected_json).value()), query);
}

bool is_refused(std::string_view query, const FormLimits& limits = {}) {
    json::Object parameters;
    return !parse_urlencoded(query, limits, parameters).has_value();
}

Result<void> parse_parts(const std::string& body, json::Object& into) {
    return parse_multipart(body, "multipart/form-data; boundary=\"xx\"", {}, into);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forms)

BOOST_AUTO_TEST_CASE(plain_pairs) {
    check_query("a=1&b=x%20y+z", R"({"a":"1","b":"x y z"})");
    check_query("a", R"({"a":""})");
    check_query("a=b=c", R"({"a":"b=c"})");
    check_query("", "{}");
}

BOOST_AUTO_TEST_CASE(empty_pairs_are_skipped) {
    check_query("&quantity=10&&trial=true&", R"({"quantity":"10","trial":"true"})");
}

BOOST_AUTO_TEST_CASE(later_value_wins) {
    check_query("key_id=1&key_id=2", R"({"key_id":"2"})");
}

BOOST_AUTO_TEST_CASE(arrays_and_hashes) {
    check_query("scopes[]=a&scopes%5B%5D=b", R"({"scopes":["a","b"]})");
    check_query("a[b][c]=1&a[b][d]=2", R"({"a":{"b":{"c":"1","d":"2"}}})");
}

BOOST_AUTO_TEST_CASE(repeated_key_starts_the_next_element) {
    check_query(
        "packs[][n]=1&packs[][x]=a&packs[][n]=2&packs[][x]=b",
        R"({"packs":[{"n":"1","x":"a"},{"n":"2","x":"b"}]})"
    );
}

BOOST_AUTO_TEST_CASE(odd_brackets_are_part_of_the_name) {
    check_query("a[b=1", R"({"a[b":"1"})");
    check_query("[a]=1", R"({"[a]":"1"})");
}

BOOST_AUTO_TEST_CASE(one_name_cannot_be_value_and_container) {
    BOOST_TEST(is_refused("a=1&a[b]=2"));
    BOOST_TEST(is_refused("a[b]=2&a=1"));
    BOOST_TEST(is_refused("a[]=1&a[b]=2"));
}

BOOST_AUTO_TEST_CASE(undecodable_pairs_are_refused) {
    for (const std::string_view query : {"a=%", "a=%0", "%zz=1", "a=%00", "a=%ff"}) {
        BOOST_TEST(is_refused(query), query);
    }
}

BOOST_AUTO_TEST_CASE(limits_hold) {
    BOOST_TEST(!is_refused("a=1&b=2", {.max_parameters = 2, .max_depth = 3}));
    BOOST_TEST(is_refused("a=1&b=2&c=3", {.max_parameters = 2, .max_depth = 3}));
    BOOST_TEST(!is_refused("a[b][c]=1", {.max_parameters = 2, .max_depth = 3}));
    BOOST_TEST(is_refused("a[b][c][d]=1", {.max_parameters = 2, .max_depth = 3}));
}

BOOST_AUTO_TEST_CASE(multipart_parts_are_read) {
    json::Object parameters;
    const std::string body =
        "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
        "--xx\r\ncontent-disposition: form-data; name=\"b[]\"; filename=\"f\"\r\n"
        "Content-Type: text/plain\r\n\r\nline\r\nline\r\n--xx--\r\n";
    BOOST_REQUIRE(parse_parts(body, parameters).has_value());
    BOOST_TEST((json::Value{parameters} == json::parse(R"({"a":"1","b":["line\r\nline"]})").value())
    );
}

BOOST_AUTO_TEST_CASE(every_truncated_multipart_body_is_refused) {
    const std::string body =
        "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xx--";
    for (std::size_t length = 0; length < body.size(); ++length) {
        json::Object parameters;
        BOOST_TEST(!parse_parts(body.substr(0, length), parameters).has_value(), length);
    }
}

BOOST_AUTO_TEST_CASE(multipart_without_boundary_or_name_is_refused) {
    json::Object parameters;
    BOOST_TEST(!parse_multipart("--xx--", "multipart/form-data", {}, parameters).has_value());
    BOOST_TEST(!parse_parts("--xx\r\nX: y\r\n\r\n1\r\n--xx--", parameters).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::http

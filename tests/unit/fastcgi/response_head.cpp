// The answer's head, byte for byte.
#include "app/fastcgi/response_head.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::fastcgi {
namespace {

std::string head_of(const http::Response& response) {
    std::string out;
    append_head(out, response);
    return out;
}

BOOST_AUTO_TEST_SUITE(response_head)

BOOST_AUTO_TEST_CASE(json_answer) {
    http::Response response;
    response.body = "null";
    BOOST_TEST(
        head_of(response) ==
        "Status: 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n"
    );
}

BOOST_AUTO_TEST_CASE(answer_without_content_has_neither_type_nor_length) {
    http::Response response;
    response.status = 204;
    response.content_type = {};
    BOOST_TEST(head_of(response) == "Status: 204 No Content\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(empty_answer_says_so) {
    http::Response response;
    response.status = 202;
    response.content_type = {};
    BOOST_TEST(head_of(response) == "Status: 202 Accepted\r\nContent-Length: 0\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(nothing_ends_a_field_early) {
    http::Response response;
    response.status = 204;
    response.content_type = "text/plain\r\nX-A: 1";
    response.headers = {
        {"X-B", std::string{"1\n2\r3\0004", 7}},
        {"", "x"},
        {"X:C", "x"},
        {"X C", "x"},
        {"X\xc3\xa4", "x"}};
    BOOST_TEST(
        head_of(response) ==
        "Status: 204 No Content\r\nX-B: 1 2 3 4\r\nContent-Type: text/plain  X-A: 1\r\n\r\n"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi

#include "app/http/request.hpp"

#include <array>

#include <boost/test/unit_test.hpp>

namespace innergate::http {

BOOST_AUTO_TEST_SUITE(requests)

BOOST_AUTO_TEST_CASE(field_names_match_in_http_and_in_cgi_spelling) {
    BOOST_TEST(same_field_name("X_REQUEST_ID", "X-Request-Id"));
    BOOST_TEST(same_field_name("x-request-id", "X-Request-Id"));
    BOOST_TEST(!same_field_name("X_REQUEST_IDS", "X-Request-Id"));
}

BOOST_AUTO_TEST_CASE(first_field_of_a_name_is_found) {
    const std::array fields{HeaderField{"A", "1"}, HeaderField{"B", "2"}, HeaderField{"A", "3"}};
    Request request;
    request.headers = fields;
    BOOST_TEST(request.header("a").value() == "1");
    BOOST_TEST(!request.header("c").has_value());
}

BOOST_AUTO_TEST_CASE(contradicting_fields_count_as_none_where_it_matters) {
    const std::array fields{
        HeaderField{"TOKEN", "1"},
        HeaderField{"TOKEN", "2"},
        HeaderField{"B", "3"},
        HeaderField{"B", "3"}};
    Request request;
    request.headers = fields;
    BOOST_TEST(!request.single_header("Token").has_value());
    BOOST_TEST(request.single_header("B").value() == "3");
}

BOOST_AUTO_TEST_CASE(methods_are_case_sensitive) {
    BOOST_TEST((method_from("GET") == Method::get));
    BOOST_TEST((method_from("get") == Method::other));
    BOOST_TEST((method_from("BREW") == Method::other));
    BOOST_TEST(to_string(Method::delete_) == "DELETE");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::http

#include "handlers/domain/compute_pack.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {

BOOST_AUTO_TEST_SUITE(compute_pack)

BOOST_AUTO_TEST_CASE(purchase_has_a_name_of_fifty_characters_at_most) {
    BOOST_TEST(is_purchase_xid("x"));
    BOOST_TEST(is_purchase_xid(std::string(50, 'x')));
    BOOST_TEST(!is_purchase_xid(std::string(51, 'x')));
    BOOST_TEST(!is_purchase_xid(""));
    BOOST_TEST(!is_purchase_xid(" \n"));
}

BOOST_AUTO_TEST_CASE(characters_count_not_bytes) {
    std::string text;
    for (int count = 0; count < 50; ++count) {
        text += "\xF0\x9F\x98\x80";
    }
    BOOST_TEST(is_purchase_xid(text));
    BOOST_TEST(!is_purchase_xid(text + "\xC3\xA9"));
}

BOOST_AUTO_TEST_CASE(first_reason_against_a_move_counts) {
    using namespace std::string_view_literals;
    BOOST_TEST(refusal_of({}).value_or("") == "Namespace must be a top-level namespace"sv);
    BOOST_TEST(
        refusal_of({.source_is_root = true}).value_or("") ==
        "Target namespace must be a top-level namespace"sv
    );
    BOOST_TEST(
        refusal_of({.source_is_root = true, .target_is_root = true}).value_or("") ==
        "Both namespaces must share the same owner"sv
    );
    BOOST_TEST(
        !refusal_of({.source_is_root = true, .target_is_root = true, .have_common_owner = true})
             .has_value()
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

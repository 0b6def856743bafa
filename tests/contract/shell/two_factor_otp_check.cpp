#include "tests/contract/contract_suite.hpp"

namespace innergate::test {

BOOST_AUTO_TEST_SUITE(shell_two_factor_otp_check)

BOOST_AUTO_TEST_CASE(nothing_is_offered_whatever_is_asked) {
    InProcessServer server{settings::PoolName::internal, demo_database(db::Dialect::sqlite)};
    const char* const unavailable = R"({"success":false,"message":"Feature is not available"})";
    for (const std::string& body :
         {std::string{},
          std::string{"key_id=7&otp_attempt=123456"},
          std::string{R"({"user_id":"7","otp_attempt":"123456"})"},
          std::string{"key_id=424242"}}) {
        check(server.shell_post("two_factor_manual_otp_check", body), 200, unavailable);
        check(server.shell_post("two_factor_push_otp_check", body), 200, unavailable);
        check(server.shell_post("two_factor_config", body), 200, R"({"success":false})");
        BOOST_TEST(server.log_detail() == "");
    }
    check(
        server.shell_get("/api/v4/internal/two_factor_config"),
        405,
        R"({"error":"405 Not Allowed"})"
    );
    check(
        server.shell_post("two_factor_config", "{"),
        400,
        R"({"error":"message body does not match declared format"})"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

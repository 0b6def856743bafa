#include "handlers/domain/exclusion_reason.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace innergate::handlers::domain {
namespace {

constexpr const char* kBlank = "can't be blank";
constexpr const char* kTooLong = "is too long (maximum is 255 characters)";

std::string faults(const std::optional<std::string>& reason) {
    return fmt::format("{}", fmt::join(faults_of_reason(reason), ", "));
}

std::string repeated(const std::string& character, int times) {
    std::string text;
    for (int time = 0; time < times; ++time) {
        text += character;
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exclusion_reason)

BOOST_AUTO_TEST_CASE(says_something) {
    BOOST_TEST(faults("x").empty());
    BOOST_TEST(faults(" x ").empty());
    BOOST_TEST(faults(std::nullopt) == kBlank);
    BOOST_TEST(faults("") == kBlank);
    BOOST_TEST(faults(" \t\r\n") == kBlank);
}

BOOST_AUTO_TEST_CASE(length_counts_in_characters) {
    for (const std::string character : {"x", "é", "漢", "😀"}) {
        BOOST_TEST(faults(repeated(character, 255)).empty(), character);
        BOOST_TEST(faults(repeated(character, 256)) == kTooLong, character);
    }
    BOOST_TEST(faults(std::string(256, ' ')) == fmt::format("{}, {}", kBlank, kTooLong));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

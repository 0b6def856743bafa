#include "handlers/domain/pushed_branches.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace innergate::handlers::domain {
namespace {

const std::string kZero(40, '0');
const std::string kOne(40, '1');
const std::string kTwo(40, '2');

std::string branches(std::string_view changes) {
    return fmt::format("{}", fmt::join(pushed_branches(changes), ","));
}

std::string line(const std::string& from, const std::string& to, const std::string& ref) {
    return fmt::format("{} {} {}\n", from, to, ref);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pushed_branches_of_changes)

BOOST_AUTO_TEST_CASE(created_and_updated_ones_in_their_order) {
    BOOST_TEST(
        branches(
            line(kOne, kTwo, "refs/heads/b") + line(kZero, kOne, "refs/heads/a/c") +
            line(kOne, kTwo, "refs/heads/é")
        ) == "b,a/c,é"
    );
}

BOOST_AUTO_TEST_CASE(deleted_ones_tags_and_others_are_left_out) {
    BOOST_TEST(
        branches(
            line(kOne, kZero, "refs/heads/gone") + line(kZero, kOne, "refs/tags/v1") +
            line(kZero, kOne, "refs/merge-requests/1/head") + line(kZero, kOne, "gh-pages\\n") +
            line(kZero, kOne, "refs/heads/")
        ) == ""
    );
}

BOOST_AUTO_TEST_CASE(ends_of_lines) {
    BOOST_TEST(branches(kZero + " " + kOne + " refs/heads/a") == "a");
    BOOST_TEST(
        branches(
            kZero + " " + kOne + " refs/heads/a\r\n" + kZero + " " + kOne + " refs/heads/b\r"
        ) == "a,b"
    );
    BOOST_TEST(branches("\n\n" + line(kZero, kOne, "refs/heads/a") + "\n") == "a");
}

BOOST_AUTO_TEST_CASE(objects_of_sha256_repositories) {
    BOOST_TEST(branches(line(std::string(64, '0'), std::string(64, 'a'), "refs/heads/a")) == "a");
    BOOST_TEST(branches(line(std::string(64, 'a'), std::string(64, '0'), "refs/heads/a")) == "");
}

BOOST_AUTO_TEST_CASE(lines_of_another_form) {
    for (const std::string& text :
         {std::string{},
          std::string{"_any"},
          kZero,
          kZero + " " + kOne,
          kZero + " " + kOne + " ",
          "x " + kOne + " refs/heads/a",
          kZero + " " + kOne.substr(1) + " refs/heads/a",
          kZero + "  " + kOne + " refs/heads/a"}) {
        BOOST_TEST(branches(text) == "", text);
    }
}

BOOST_AUTO_TEST_CASE(what_head_should_name) {
    BOOST_TEST(first_default_branch({"b", "a"}).value() == "b");
    BOOST_TEST(first_default_branch({"a", "master", "main"}).value() == "main");
    BOOST_TEST(first_default_branch({"a", "master"}).value() == "master");
    BOOST_TEST(!first_default_branch({}).has_value());
    BOOST_TEST(!first_default_branch({}, {"main"}).has_value());
    BOOST_TEST(first_default_branch({"a", "main", "trunk"}, {"trunk"}).value() == "trunk");
    BOOST_TEST(first_default_branch({"a", "main"}, {"trunk", "a"}).value() == "a");
    BOOST_TEST(first_default_branch({"a", "master"}, {"main"}).value() == "master");
    BOOST_TEST(first_default_branch({"b", "a"}, {"main"}).value() == "b");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

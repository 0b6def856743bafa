#include "handlers/domain/git_access/changes.hpp"

#include <chrono>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

namespace innergate::handlers::domain::git_access {
namespace {

const std::string kA(40, 'a');
const std::string kB(40, 'b');
const std::string kZero(40, '0');

}  // namespace

BOOST_AUTO_TEST_SUITE(push_changes)

BOOST_AUTO_TEST_CASE(any_or_blank_is_not_yet_known) {
    for (const char* const text : {"_any", "", " ", "\n", "\r\n\n", "_any\n"}) {
        BOOST_TEST(is_any_change(text), text);
    }
    for (const char* const text : {"_ANY", "_anything", "any"}) {
        BOOST_TEST(!is_any_change(text), text);
    }
}

BOOST_AUTO_TEST_CASE(lines_are_read_blank_ones_left_out) {
    const std::string text = "\n" + kA + " " + kB + " refs/heads/feature/x\r\n\r\n \n" + kZero +
                             " " + kB + " refs/tags/v1\n" + kA + " " + kZero +
                             " refs/notes/commits";
    const auto changes = parse_changes(text);
    BOOST_REQUIRE(changes.has_value());
    BOOST_REQUIRE(changes->size() == 3U);
    const Change& branch = (*changes)[0];
    BOOST_TEST(branch.old_id == kA);
    BOOST_TEST(branch.new_id == kB);
    BOOST_TEST(branch.ref == "refs/heads/feature/x");
    BOOST_TEST(branch.name == "feature/x");
    BOOST_TEST((branch.kind == ChangeKind::update && branch.ref_kind == RefKind::branch));
    const Change& tag = (*changes)[1];
    BOOST_TEST(tag.name == "v1");
    BOOST_TEST((tag.kind == ChangeKind::creation && tag.ref_kind == RefKind::tag));
    const Change& other = (*changes)[2];
    BOOST_TEST(other.name == "refs/notes/commits");
    BOOST_TEST((other.kind == ChangeKind::deletion && other.ref_kind == RefKind::other));
}

BOOST_AUTO_TEST_CASE(sha256_ids_are_ids) {
    const std::string text = std::string(64, '0') + " " + std::string(64, 'C') +
                             " refs/heads/main\n" + std::string(64, 'c') + " " +
                             std::string(64, '0') + " refs/heads/old";
    const auto changes = parse_changes(text);
    BOOST_REQUIRE(changes.has_value());
    BOOST_TEST((changes->at(0).kind == ChangeKind::creation));
    BOOST_TEST((changes->at(1).kind == ChangeKind::deletion));
}

BOOST_AUTO_TEST_CASE(nothing_to_nothing_is_a_deletion) {
    BOOST_TEST(
        (parse_changes(kZero + " " + kZero + " refs/heads/x").value().at(0).kind ==
         ChangeKind::deletion)
    );
}

BOOST_AUTO_TEST_CASE(fields_are_separated_by_runs_of_spaces_and_the_rest_is_the_ref) {
    const std::string text = "  " + kA + "  " + kB + "  refs/heads/a b ";
    const auto changes = parse_changes(text);
    BOOST_REQUIRE(changes.has_value());
    BOOST_TEST(changes->at(0).name == "a b");
}

BOOST_AUTO_TEST_CASE(no_lines_are_no_changes) {
    BOOST_TEST(parse_changes("").value().empty());
    BOOST_TEST(parse_changes("\n \n\r\n").value().empty());
}

BOOST_AUTO_TEST_CASE(lines_that_are_none_are_named) {
    const std::string good = kA + " " + kB + " refs/heads/x\n";
    const auto line_of = [](std::string_view old_id, std::string_view new_id) {
        return fmt::format("{} {} refs/heads/x", old_id, new_id);
    };
    for (const std::string& bad :
         {kA,
          fmt::format("{} {}", kA, kB),
          fmt::format("{} refs/heads/x", kA),
          fmt::format("{}\t{}\trefs/heads/x", kA, kB)}) {
        const auto changes = parse_changes(fmt::format("{}\n{}\n{}", good, bad, good));
        BOOST_REQUIRE(!changes.has_value());
        BOOST_TEST(changes.error().line == 3U);
        BOOST_TEST(changes.error().reason == "does not hold an old object id, a new one and a ref");
    }
    for (const std::string& bad_id :
         {std::string{"abc"},
          std::string(39, 'a'),
          std::string(41, 'a'),
          std::string(63, 'a'),
          std::string(39, 'a') + "g",
          std::string(39, 'a') + "\xC3"}) {
        for (const std::string& line : {line_of(kA, bad_id), line_of(bad_id, kA)}) {
            const auto changes = parse_changes(line);
            BOOST_REQUIRE(!changes.has_value());
            BOOST_TEST(
                changes.error().reason ==
                "holds an object id that is not 40 or 64 hexadecimal digits"
            );
        }
    }
    const std::string nul = kA + " " + std::string(40, '\0') + " refs/heads/x";
    BOOST_TEST(!parse_changes(nul).has_value());
}

BOOST_AUTO_TEST_CASE(a_push_of_ten_thousand_refs_is_read_at_once) {
    std::string text;
    for (int i = 0; i < 10'000; ++i) {
        text.append(kA).append(" ").append(kB).append(" refs/heads/branch-");
        text.append(std::to_string(i)).append("\n");
    }
    const auto start = std::chrono::steady_clock::now();
    const auto changes = parse_changes(text);
    const auto duration = std::chrono::steady_clock::now() - start;
    BOOST_REQUIRE(changes.has_value());
    BOOST_TEST(changes->size() == 10'000U);
    BOOST_TEST(changes->back().name == "branch-9999");
    // Takes about a millisecond; what grows with the square of the lines would take minutes.
    BOOST_TEST((duration < std::chrono::seconds{2}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

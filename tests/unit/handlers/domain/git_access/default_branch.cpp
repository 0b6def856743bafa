#include "handlers/domain/git_access/default_branch.hpp"

#include <array>
#include <ostream>
#include <string>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

namespace innergate::handlers::domain::git_access {
namespace {

namespace data = boost::unit_test::data;

struct Name {
    const char* of_group;
    const char* of_instance;
    const char* expected;
};

std::ostream& operator<<(std::ostream& out, const Name& name) {
    return out << '[' << name.of_group << "] [" << name.of_instance << ']';
}

constexpr std::array kNames{
    Name{"", "", "main"},
    Name{"trunk", "", "trunk"},
    Name{"", "develop", "develop"},
    Name{"trunk", "develop", "trunk"},
    // What no branch can be called is as good as nothing.
    Name{"a b", "develop", "develop"},
    Name{"a..b", "HEAD", "main"},
    Name{"-x", "x.lock", "main"},
    Name{"refs/heads/trunk", "", "main"},
};

struct Protection {
    const char* name;
    std::vector<Role> push;
    std::vector<Role> merge;
    bool allow_force_push;
    const char*
        expected;  ///< `push merge`, with `!` where force pushes are allowed; empty: no rule
};

std::ostream& operator<<(std::ostream& out, const Protection& protection) {
    return out << protection.name;
}

constexpr auto kNobody = Role::none;
constexpr auto kDeveloper = Role::developer;
constexpr auto kMaintainer = Role::maintainer;
constexpr auto kAdmin = Role::admin;

const std::vector<Protection> kProtections{
    {"fully protected", {kMaintainer}, {kMaintainer}, false, "40 40"},
    {"developers can merge", {kMaintainer}, {kDeveloper}, false, "40 30"},
    {"developers can push", {kDeveloper}, {kMaintainer}, false, "30 40"},
    {"developers can do both, but not force", {kDeveloper}, {kDeveloper}, false, "30 30"},
    {"none", {kDeveloper}, {kDeveloper}, true, ""},
    {"force pushes of maintainers", {kMaintainer}, {kDeveloper}, true, "40 30!"},
    {"force pushes, merges of maintainers", {kDeveloper}, {kMaintainer}, true, "30 40!"},
    {"nobody may push", {kNobody}, {kMaintainer}, false, "0 40"},
    {"nobody beats developers", {kDeveloper, kNobody}, {kNobody, kMaintainer}, false, "0 0"},
    {"administrators", {kAdmin}, {kAdmin}, false, "60 60"},
    {"the lowest of several",
     {kAdmin, kMaintainer, kDeveloper},
     {kAdmin, kMaintainer},
     false,
     "30 40"},
    {"no levels at all", {}, {}, false, "60 60"},
    {"no levels and force pushes", {}, {}, true, ""},
    {"a level that no rule can have", {Role::reporter}, {kMaintainer}, false, "60 40"},
};

std::string shown(const std::optional<DefaultBranchRule>& rule) {
    return rule ? fmt::format(
                      "{} {}{}",
                      static_cast<int>(rule->push),
                      static_cast<int>(rule->merge),
                      rule->allows_force_push ? "!" : ""
                  )
                : std::string{};
}

std::string rule_beside(const std::vector<std::string>& rules) {
    return shown(default_branch_rule("main", {}, rules));
}

struct Heads {
    const char* name;
    std::optional<std::string> head;
    const char* default_branch;
    const char* chosen;
    HeadAgreement expected;
};

std::ostream& operator<<(std::ostream& out, const Heads& heads) {
    return out << heads.name;
}

/// The push brought main and trunk.
const std::vector<Heads> kHeads{
    {"they agree", "main", "main", "main", HeadAgreement::reached},
    {"they agree on what somebody took since", "old", "old", "main", HeadAgreement::reached},
    {"HEAD names a branch that is not there",
     "master",
     "main",
     "main",
     HeadAgreement::head_follows},
    {"HEAD names another pushed one", "trunk", "main", "main", HeadAgreement::database_follows},
    {"HEAD is detached", std::nullopt, "main", "main", HeadAgreement::head_follows},
    {"somebody has chosen since", "trunk", "old", "main", HeadAgreement::head_follows},
    {"somebody has chosen a pushed one", "main", "trunk", "main", HeadAgreement::head_follows},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(default_branch)

BOOST_DATA_TEST_CASE(name_of_a_new_one, data::make(kNames), name) {
    BOOST_TEST(new_default_branch(name.of_group, name.of_instance) == name.expected);
}

BOOST_DATA_TEST_CASE(rule_by_the_defaults, data::make(kProtections), protection) {
    const BranchProtectionDefaults defaults{
        .allowed_to_push = protection.push,
        .allowed_to_merge = protection.merge,
        .allow_force_push = protection.allow_force_push};
    BOOST_TEST(shown(default_branch_rule("main", defaults, {})) == protection.expected);
}

BOOST_AUTO_TEST_CASE(no_rule_beside_one_that_matches) {
    BOOST_TEST(rule_beside({}) == "40 40");
    BOOST_TEST(rule_beside({"Main", "mai", "main/*", "stable-*"}) == "40 40");
    BOOST_TEST(rule_beside({"stable-*", "main"}).empty());
    BOOST_TEST(rule_beside({"m*n"}).empty());
    BOOST_TEST(rule_beside({"*"}).empty());
}

BOOST_DATA_TEST_CASE(who_gives_way, data::make(kHeads), heads) {
    const std::vector<std::string> pushed{"main", "trunk"};
    BOOST_TEST(
        (head_agreement(heads.head, heads.default_branch, heads.chosen, pushed) == heads.expected)
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

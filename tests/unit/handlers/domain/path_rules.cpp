#include "handlers/domain/path_rules.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace innergate::handlers::domain {
namespace {

constexpr std::string_view kProjectFormat =
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or "
    "end in '.atom'";
constexpr std::string_view kNamespaceFormat =
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', "
    "'.git' or '.atom'.";
constexpr std::string_view kRegistry =
    "can only include non-accented letters, digits, '_', '-' and '.'. It must not start with '-', "
    "'_', or '.', nor end with '-', '_', '.', '.git', or '.atom'.";

std::string errors(PathOwner owner, std::string_view parent, std::string_view path) {
    return fmt::format("{}", fmt::join(path_errors(owner, parent, path), "|"));
}

std::string both(std::string_view first, std::string_view second) {
    return fmt::format("{}|{}", first, second);
}

struct Example {
    std::string_view parent;
    std::string_view path;
    std::string expected;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(path_rules)

BOOST_AUTO_TEST_CASE(good_paths_are_good_for_projects_and_groups) {
    for (const char* const path :
         {"pr", "Project", "p-r_o.j-1", "1st", "2", "own.wiki", "git", "a.gitx", "x.atom1"}) {
        BOOST_TEST(errors(PathOwner::project, "group/sub", path) == "", path);
    }
    BOOST_TEST(errors(PathOwner::name_space, "", "group-1.x_y") == "");
    BOOST_TEST(errors(PathOwner::name_space, "group", "admin") == "");
}

BOOST_AUTO_TEST_CASE(projects_are_told_what_is_wrong) {
    const std::vector<Example> examples{
        {"g", "", "can't be blank|" + both(kProjectFormat, kRegistry)},
        {"g", "-p", both(kProjectFormat, kRegistry)},
        {"g", "p q", both(kProjectFormat, kRegistry)},
        {"g", "caf\xC3\xA9", both(kProjectFormat, kRegistry)},
        {"g", "p\n", both(kProjectFormat, kRegistry)},
        {"g", "a/b", both(kProjectFormat, kRegistry)},
        {"g", "p.git", std::string{kProjectFormat}},
        {"g", "p.atom", std::string{kProjectFormat}},
        {"g", ".github", std::string{kRegistry}},
        {"g", "_p", std::string{kRegistry}},
        {"g", "p-", std::string{kRegistry}},
        {"g", "p_", std::string{kRegistry}},
        {"g", "p.", std::string{kRegistry}},
        {"g", "p--q", std::string{kRegistry}},
        {"g", "p-_q", std::string{kRegistry}},
        {"g", "p..q", std::string{kRegistry}},
        {"g", "..", std::string{kRegistry}},
        {"g", "tree", "tree is a reserved name"},
        {"g", "BLOB", "BLOB is a reserved name"},
        {"g", "create_dir", "create_dir is a reserved name"},
        {"g/environments", "folders", "folders is a reserved name"},
        {"g/info/lfs", "objects", "objects is a reserved name"},
        {"g", "folders", ""},
        {"g", "trees", ""},
        {"g", "admin", ""},
    };
    for (const Example& example : examples) {
        BOOST_TEST(
            errors(PathOwner::project, example.parent, example.path) == example.expected,
            example.path
        );
    }
    BOOST_TEST(errors(PathOwner::project, "g", std::string(255, 'p')) == "");
    BOOST_TEST(
        errors(PathOwner::project, "g", std::string(256, 'p')) ==
        "is too long (maximum is 255 characters)"
    );
}

BOOST_AUTO_TEST_CASE(users_and_groups_have_words_and_limits_of_their_own) {
    const std::vector<Example> examples{
        {"", "admin", "admin is a reserved name"},
        {"", "Snippets", "Snippets is a reserved name"},
        {"", "robots.txt", "robots.txt is a reserved name"},
        {"", "tree", ""},
        {"g", "tree", "tree is a reserved name"},
        {"", "g.", both(kRegistry, kNamespaceFormat)},
        {"", "g.git", std::string{kNamespaceFormat}},
        {"", "_g", std::string{kRegistry}},
        {"", "g", "is too short (minimum is 2 characters)"},
        {"",
         "",
         "can't be blank|" + both(kRegistry, kNamespaceFormat) +
             "|is too short (minimum is 2 characters)"},
    };
    for (const Example& example : examples) {
        BOOST_TEST(
            errors(PathOwner::name_space, example.parent, example.path) == example.expected,
            example.path
        );
    }
}

BOOST_AUTO_TEST_CASE(a_new_project_is_judged_by_path_and_name) {
    const auto sentences = [](std::string_view full_path) {
        return fmt::format("{}", fmt::join(new_project_errors(full_path), "|"));
    };
    BOOST_TEST(sentences("rubi/fresh") == "");
    BOOST_TEST(sentences("a/b/c/_x") == fmt::format("Path {}", kRegistry));
    BOOST_TEST(sentences("g/tree") == "Path tree is a reserved name");
    BOOST_TEST(
        sentences("g/.github") ==
        fmt::format(
            "Name can contain only letters, digits, emoji, '_', '.', '+', dashes, or spaces. It "
            "must start with a letter, digit, emoji, or '_'.|Path {}",
            kRegistry
        )
    );
    BOOST_TEST(new_project_errors("").size() == 3U);
    BOOST_TEST(new_project_errors("g/").size() == 3U);
}

BOOST_AUTO_TEST_CASE(legal_paths_have_a_namespace_and_a_name) {
    for (const char* const path :
         {"g/p",
          "group/sub-group/deep_er/pro.ject",
          "G/P",
          "_/_",
          "g/.github",
          "adminx/p",
          "g/admin",
          "g/snippets",
          "g/project.",
          "g/environments",
          "g/folders/environments"}) {
        BOOST_TEST(is_legal_project_path(path), path);
    }
}

BOOST_AUTO_TEST_CASE(illegal_paths_are_told_apart) {
    for (const char* const path :
         {"",
          "p",
          "/",
          "g/",
          "/p",
          "g//p",
          "g/p/",
          "snippets/x",
          "Admin/p",
          "API/v4",
          "-/p",
          "g/-/p",
          "g/tree/p",
          "g/BLOB",
          "g/environments/folders",
          "g/info/lfs/objects",
          "g/pro ject",
          "g/-p",
          "g/p.git",
          "g/p.atom",
          "g.git/p",
          "g./p",
          "../p",
          "g/..",
          "g/.",
          "g/p\n",
          "g/caf\xC3\xA9",
          "var/opt/gitlab/git-data/repositories/@hashed/4e/07/4e07"}) {
        BOOST_TEST(!is_legal_project_path(path), path);
    }
    BOOST_TEST(is_legal_project_path("g/" + std::string(255, 'p')));
    BOOST_TEST(!is_legal_project_path("g/" + std::string(256, 'p')));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

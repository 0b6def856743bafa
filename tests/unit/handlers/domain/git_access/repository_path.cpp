#include "handlers/domain/git_access/repository_path.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain::git_access {

BOOST_AUTO_TEST_SUITE(repository_paths)

BOOST_AUTO_TEST_CASE(one_slash_and_one_suffix_are_stripped) {
    const RepositoryPath project{ContainerKind::project, "g/p", 0, ""};
    for (const char* const text : {"g/p", "/g/p", "g/p.git", "/g/p.git"}) {
        BOOST_TEST((parse_repository_path(text) == project), text);
    }
    BOOST_TEST(parse_repository_path("//g/p.git.git").path == "/g/p.git");
    BOOST_TEST(parse_repository_path("").path.empty());
    BOOST_TEST(parse_repository_path("/").path.empty());
}

BOOST_AUTO_TEST_CASE(suffixes_name_the_kind) {
    using enum ContainerKind;
    BOOST_TEST(
        (parse_repository_path("/g/p.wiki.git") == RepositoryPath{wiki, "g/p", 0, "g/p.wiki"})
    );
    BOOST_TEST(
        (parse_repository_path("g/p.design.git") == RepositoryPath{design, "g/p", 0, "g/p.design"})
    );
    BOOST_TEST((parse_repository_path("snippets/7.git") == RepositoryPath{snippet, "", 7, ""}));
    BOOST_TEST(
        (parse_repository_path("/g/s/p/snippets/7") ==
         RepositoryPath{snippet, "g/s/p", 7, "g/s/p/snippets/7"})
    );
}

BOOST_AUTO_TEST_CASE(one_suffix_is_that_of_the_kind) {
    using enum ContainerKind;
    BOOST_TEST(
        (parse_repository_path("g/p.wiki.design") ==
         RepositoryPath{design, "g/p.wiki", 0, "g/p.wiki.design"})
    );
    BOOST_TEST((parse_repository_path("g/.wiki") == RepositoryPath{wiki, "g/", 0, "g/.wiki"}));
    BOOST_TEST((parse_repository_path("g/p.WIKI") == RepositoryPath{project, "g/p.WIKI", 0, ""}));
    BOOST_TEST((parse_repository_path("g/wiki") == RepositoryPath{project, "g/wiki", 0, ""}));
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_a_snippet_is_a_project) {
    for (const char* const text :
         {"snippets/x",
          "snippets/0",
          "snippets/07",
          "snippets/",
          "g/mysnippets/7",
          "snippets/-1",
          "snippets/99999999999999999999",
          "7"}) {
        const RepositoryPath parsed = parse_repository_path(text);
        BOOST_TEST((parsed == RepositoryPath{ContainerKind::project, text, 0, ""}), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

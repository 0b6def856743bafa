#include "handlers/domain/git_access/ref_name.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain::git_access {

BOOST_AUTO_TEST_SUITE(ref_names)

BOOST_AUTO_TEST_CASE(ordinary_names_are_valid) {
    for (const char* const name :
         {"main",
          "feature/x",
          "a.b",
          "v1.0-rc+1",
          "@",
          "a@b",
          "a{b}",
          "x-y",
          "HEAD2",
          "head",
          "a/HEAD",
          "refs/tags/v1",
          "a/refs/heads/b",
          "lock",
          "a.lockx",
          "caf\xC3\xA9",
          "\xFF"}) {
        BOOST_TEST(is_valid_ref_name(name), name);
    }
}

BOOST_AUTO_TEST_CASE(each_rule_refuses) {
    for (const std::string_view name :
         {"",       "HEAD",     "-x",       "refs/heads/x", "refs/remotes/origin/x",
          "x/",     "x.",       "a b",      "a~b",          "a^b",
          "a:b",    "a?b",      "a*b",      "a[b",          "a\\b",
          "a..b",   "a//b",     "a@{b",     ".a",           "a/.b",
          "a.lock", "a.lock/b", "a\tb",     "a\nb",         "a\x7F",
          "\x01",   "/a",       "a/b.lock", "..",           "."}) {
        BOOST_TEST(!is_valid_ref_name(name), name);
    }
    BOOST_TEST(!is_valid_ref_name(std::string_view{"a\0b", 3}));
}

BOOST_AUTO_TEST_CASE(branches_like_commits_are_told) {
    const std::string sha1(40, 'a');
    const std::string sha256 = std::string(32, 'F') + std::string(32, '1');
    for (const std::string& name : {sha1, sha256, sha1 + "/x", sha1 + "-/x", sha256 + "/x"}) {
        BOOST_TEST(is_sha_like_branch_name(name), name);
    }
    for (const std::string& name :
         {std::string(39, 'a'),
          std::string(41, 'a'),
          sha1 + "-x",
          sha1 + "g",
          "x" + sha1,
          sha256 + "a",
          std::string{}}) {
        BOOST_TEST(!is_sha_like_branch_name(name), name);
    }
}

BOOST_AUTO_TEST_CASE(tags_that_begin_like_commits_are_told) {
    const std::string sha1(40, 'a');
    for (const std::string& name : {sha1, sha1 + "x", sha1 + "-rc", std::string(64, '0')}) {
        BOOST_TEST(is_sha_like_tag_name(name), name);
    }
    for (const std::string& name : {std::string(39, 'a'), "v" + sha1, std::string{}}) {
        BOOST_TEST(!is_sha_like_tag_name(name), name);
    }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_are_told) {
    BOOST_TEST(is_utf8("v1"));
    BOOST_TEST(is_utf8("caf\xC3\xA9"));
    BOOST_TEST(!is_utf8("caf\xE9"));
    BOOST_TEST(!is_utf8("\xC0\xAF"));
    BOOST_TEST(!is_utf8("\xED\xA0\x80"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access

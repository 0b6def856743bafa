#include "app/http/url.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace innergate::http {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
    const auto segments = PathSegments::parse(path);
    if (!segments) {
        return {"(refused)", segments.error().message};
    }
    std::vector<std::string> texts;
    for (std::size_t index = 0; index < segments->size(); ++index) {
        texts.emplace_back((*segments)[index]);
    }
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(urls)

BOOST_AUTO_TEST_CASE(targets_are_cut_at_the_first_question_mark) {
    BOOST_TEST(split_target("/a/b?x=1?y").path == "/a/b");
    BOOST_TEST(split_target("/a/b?x=1?y").query == "x=1?y");
    BOOST_TEST(split_target("/a/b").query.empty());
}

BOOST_AUTO_TEST_CASE(absolute_form_loses_its_authority) {
    BOOST_TEST(split_target("http://host:80/a?b").path == "/a");
    BOOST_TEST(split_target("http://host").path == "/");
}

BOOST_AUTO_TEST_CASE(segments_are_decoded_after_the_split) {
    BOOST_TEST(segments_of("/namespaces/a%2Fb/x") == (Texts{"namespaces", "a/b", "x"}));
    BOOST_TEST(segments_of("/a+b/%2B") == (Texts{"a+b", "+"}));
}

BOOST_AUTO_TEST_CASE(repeated_and_trailing_slashes_are_ignored) {
    BOOST_TEST(segments_of("//api//v4/") == (Texts{"api", "v4"}));
    BOOST_TEST(segments_of("/") == Texts{});
}

BOOST_AUTO_TEST_CASE(dot_segments_are_not_found_in_any_spelling) {
    for (const std::string_view path : {"/a/../b", "/a/%2e%2E/b", "/./a", "/a/.%2e"}) {
        BOOST_TEST(segments_of(path) == (Texts{"(refused)", "404 Not Found"}));
    }
    BOOST_TEST(segments_of("/...") == Texts{"..."});
}

BOOST_AUTO_TEST_CASE(undecodable_paths_are_refused) {
    for (const std::string_view path :
         {"/%", "/%2", "/%zz", "/%+1", "/a%00b", "/%ff", "/%C3%28", "/%c0%af"}) {
        BOOST_TEST(segments_of(path) == (Texts{"(refused)", "400 Bad Request"}), path);
    }
}

BOOST_AUTO_TEST_CASE(too_many_segments_are_not_found) {
    std::string path;
    for (std::size_t count = 0; count <= PathSegments::kMaxSegments; ++count) {
        path += "/a";
    }
    BOOST_TEST(segments_of(path) == (Texts{"(refused)", "404 Not Found"}));
}

BOOST_AUTO_TEST_CASE(encoding_is_undone_by_decoding) {
    const std::string text = "a b/c?d=é&+%";
    std::string decoded;
    BOOST_TEST(append_percent_decoded(percent_encoded(text), PlusSign::space, decoded));
    BOOST_TEST(decoded == text);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::http

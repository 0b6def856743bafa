#include "handlers/domain/push_options.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

std::string parsed(const std::vector<std::string>& raw) {
    std::string text;
    json::Writer writer{text};
    write_json(writer, PushOptions::parse(raw));
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(push_options)

BOOST_AUTO_TEST_CASE(documented_examples) {
    BOOST_TEST(parsed({"ci.skip", "another push option"}) == R"({"ci":{"skip":true}})");
    BOOST_TEST(parsed({"ci.variable=A=1"}) == R"({"ci":{"variable":{"A=1":1}}})");
    BOOST_TEST(parsed({}) == "{}");
}

BOOST_AUTO_TEST_CASE(every_known_option) {
    BOOST_TEST(
        parsed(
            {"merge_request.create",
             "merge_request.target=main",
             "merge_request.target_project=a/b",
             "merge_request.title=T",
             "merge_request.description=D",
             "merge_request.draft",
             "merge_request.milestone=1.0",
             "merge_request.label=l",
             "merge_request.unlabel=u",
             "merge_request.assign=a",
             "merge_request.unassign=b",
             "merge_request.merge_when_pipeline_succeeds",
             "merge_request.auto_merge",
             "merge_request.remove_source_branch",
             "merge_request.squash"}
        ) ==
        R"({"merge_request":{"create":true,"target":"main","target_project":"a/b","title":"T",)"
        R"("description":"D","draft":true,"milestone":"1.0","label":{"l":1},"unlabel":{"u":1},)"
        R"("assign":{"a":1},"unassign":{"b":1},"merge_when_pipeline_succeeds":true,)"
        R"("auto_merge":true,"remove_source_branch":true,"squash":true}})"
    );
    BOOST_TEST(
        parsed(
            {"ci.skip",
             "ci.input=a",
             "integrations.skip_ci",
             "secret_detection.skip_all",
             "secret_push_protection.skip_all"}
        ) == R"({"ci":{"skip":true,"input":{"a":1}},"integrations":{"skip_ci":true},)"
             R"("secret_detection":{"skip_all":true},"secret_push_protection":{"skip_all":true}})"
    );
}

BOOST_AUTO_TEST_CASE(alias_and_white_space) {
    BOOST_TEST(parsed({"mr.create"}) == R"({"merge_request":{"create":true}})");
    BOOST_TEST(parsed({" mr . title = a title "}) == R"({"merge_request":{"title":"a title"}})");
}

BOOST_AUTO_TEST_CASE(empty_value_is_none) {
    BOOST_TEST(parsed({"mr.title="}) == R"({"merge_request":{"title":true}})");
    BOOST_TEST(parsed({"mr.title= "}) == R"({"merge_request":{"title":true}})");
    BOOST_TEST(parsed({"mr.label"}) == R"({"merge_request":{"label":{"true":1}}})");
}

BOOST_AUTO_TEST_CASE(repeated_keys) {
    BOOST_TEST(parsed({"mr.title=a", "mr.title=b"}) == R"({"merge_request":{"title":"b"}})");
    BOOST_TEST(
        parsed({"mr.label=a", "mr.label=b", "merge_request.label=a"}) ==
        R"({"merge_request":{"label":{"a":2,"b":1}}})"
    );
}

BOOST_AUTO_TEST_CASE(unknown_ones_are_dropped) {
    for (const char* const text :
         {"",
          ".",
          "ci",
          "ci.",
          ".skip",
          "ci.unknown",
          "mr.skip",
          "CI.skip",
          "ci.skip_all",
          "a=b.skip",
          "another push option"}) {
        BOOST_TEST(parsed({text}) == "{}", text);
    }
}

BOOST_AUTO_TEST_CASE(namespaces_are_known_once_an_option_of_theirs_is) {
    const std::vector<std::string> raw{"mr.create", "ci.unknown"};
    const PushOptions options = PushOptions::parse(raw);
    BOOST_TEST(options.has_namespace("merge_request"));
    BOOST_TEST(!options.has_namespace("ci"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

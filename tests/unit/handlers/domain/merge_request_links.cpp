#include "handlers/domain/merge_request_links.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

constexpr std::string_view kUrl = "https://gitlab.example.com";

std::vector<std::string> messages(
    const std::vector<std::string>& branches, const std::vector<OpenMergeRequest>& open = {}
) {
    return merge_request_messages(branches, open, kUrl, "group/project");
}

MergeRequestOptionFacts good_facts() {
    return {
        .is_project_repository = true,
        .is_user_known = true,
        .is_merge_requests_enabled = true,
        .full_path = "group/project",
        .branch_count = 10,
    };
}

std::string error_of(const MergeRequestOptionFacts& facts) {
    return merge_request_option_error(facts).value_or("none");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(merge_request_links)

BOOST_AUTO_TEST_CASE(texts_are_gitlabs) {
    const std::vector<OpenMergeRequest> open{
        {.id = 1, .iid = 4, .source_branch = "old", .target_full_path = "upstream/project"}};
    const auto lines = messages({"feature/é&x", "old"}, open);
    BOOST_REQUIRE(lines.size() == 2U);
    BOOST_TEST(
        lines[0] ==
        "To create a merge request for feature/é&x, visit:\n"
        "  https://gitlab.example.com/group/project/-/merge_requests/"
        "new?merge_request%5Bsource_branch%5D=feature%2F%C3%A9%26x"
    );
    BOOST_TEST(
        lines[1] ==
        "View merge request for old:\n"
        "  https://gitlab.example.com/upstream/project/-/merge_requests/4"
    );
}

BOOST_AUTO_TEST_CASE(newest_of_several_is_shown) {
    const auto lines = messages(
        {"b"},
        {{.id = 1, .iid = 4, .source_branch = "b", .target_full_path = "p"},
         {.id = 2, .iid = 1, .source_branch = "b", .target_full_path = "q"},
         {.id = 3, .iid = 9, .source_branch = "c", .target_full_path = "p"}}
    );
    BOOST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(lines[0].ends_with("/q/-/merge_requests/1"), lines[0]);
}

BOOST_AUTO_TEST_CASE(option_errors) {
    MergeRequestOptionFacts facts = good_facts();
    BOOST_TEST(error_of(facts) == "none");
    facts.branch_count = 11;
    BOOST_TEST(error_of(facts) == "Too many branches pushed (11 were pushed, limit is 10)");
    facts.is_merge_requests_enabled = false;
    BOOST_TEST(
        error_of(facts) ==
        "Merge requests are not enabled for project group/project\n\n"
        "Too many branches pushed (11 were pushed, limit is 10)"
    );
    facts.is_user_known = false;
    BOOST_TEST(error_of(facts) == "User is required", "alone");
    facts.is_project_repository = false;
    BOOST_TEST(error_of(facts) == "Push options are only supported for projects");
}

BOOST_AUTO_TEST_CASE(warning_quotes_all_options) {
    const std::vector<std::string> raw{"mr.create", "another option"};
    BOOST_TEST(
        push_option_warning(raw, "User is required") ==
        "WARNINGS:\nError encountered with push options 'mr.create' 'another option': "
        "User is required"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain

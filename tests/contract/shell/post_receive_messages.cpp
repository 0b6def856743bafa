// What the person who pushed is told.
#include <algorithm>

#include "tests/contract/shell/push_hook.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kWarning = "WARNINGS:\nError encountered with push options ";

std::string new_link(const std::string& branch) {
    return fmt::format(
        "basic To create a merge request for {0}, visit:\n"
        "  https://gitlab.example.com/gnuwget/wget2/-/merge_requests/"
        "new?merge_request%5Bsource_branch%5D={0}",
        branch
    );
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_post_receive_messages)

BOOST_DATA_TEST_CASE(order_of_messages, data::make(dialects()), dialect) {
    Hook hook{dialect};
    hook.add_banner("banner", "", "");
    hook.run("update projects set merge_requests_allowed = true where id = 3");
    hook.add_message("created", "created text", "2026-01-15T12:05:00.000Z");
    hook.add_message("moved", "moved text", "2026-01-15T12:05:00.000Z");
    std::string changes = updated("b") + updated("a");
    for (int branch = 0; branch < 9; ++branch) {
        changes += updated("main") + fmt::format("{} {} refs/tags/v{}\n", kZero, kOne, branch);
    }
    BOOST_TEST(
        hook.messages({.changes = changes, .options = {"mr.create", "x"}}) ==
        "alert banner|alert " + std::string{kWarning} +
            "'mr.create' 'x': Too many branches pushed (11 were pushed, limit is 10)|" +
            new_link("b") + "|" + new_link("a") + "|basic moved text|basic created text"
    );
}

BOOST_DATA_TEST_CASE(merge_request_links, data::make(dialects()), dialect) {
    Hook hook{dialect};
    hook.run(
        "insert into merge_requests (id, iid, source_project_id, source_branch, "
        "target_project_id, target_branch, state_id) values "
        "(1, 5, 3, 'open', 1, 'main', 1), (2, 6, 3, 'merged', 3, 'main', 3), "
        "(3, 7, 1, 'elsewhere', 3, 'main', 1), (4, 8, 3, 'main', 3, 'other', 1)"
    );
    const std::string view =
        "basic View merge request for open:\n"
        "  https://gitlab.example.com/group1/first/-/merge_requests/5";
    BOOST_TEST(hook.messages({.changes = updated("open")}) == view);
    BOOST_TEST(
        hook.messages(
            {.changes =
                 updated("merged") + updated("open") + updated("main") + updated("elsewhere")}
        ) == new_link("merged") + "|" + view + "|" + new_link("elsewhere")
    );
    BOOST_TEST(hook.messages({.gl_repository = "wiki-3", .changes = updated("open")}) == "");
    // Whoever pushed, and as whoever.
    BOOST_TEST(hook.messages({.identifier = "", .changes = updated("open")}) == view);
    for (const char* const off :
         {"update projects set printing_merge_request_link_enabled = false where id = 3",
          "update projects set printing_merge_request_link_enabled = true, "
          "merge_requests_allowed = false where id = 3",
          "update projects set merge_requests_allowed = true, empty_repo = true where id = 3"}) {
        hook.run(off);
        BOOST_TEST(hook.messages({.changes = updated("open")}) == "", off);
    }
    // The push before filled the repository, and its branch became the default one.
    BOOST_TEST(hook.messages({.changes = updated("open")}) == "");
    hook.run("update projects set default_branch = 'main' where id = 3");
    BOOST_TEST(hook.messages({.changes = updated("open")}) == view);
    hook.run("update project_features set merge_requests_access_level = 0 where project_id = 3");
    BOOST_TEST(hook.messages({.changes = updated("open")}) == "");
}

BOOST_DATA_TEST_CASE(merge_request_options, data::make(dialects()), dialect) {
    Hook hook{dialect};
    const std::vector<std::string> options{"mr.create", "ci.skip"};
    const std::string start = "alert " + std::string{kWarning} + "'mr.create' 'ci.skip': ";
    BOOST_TEST(hook.messages({.options = options}) == "", "no claim of success");
    BOOST_TEST(
        hook.messages({.identifier = "user-9999", .options = options}) == start + "User is required"
    );
    BOOST_TEST(
        hook.messages({.gl_repository = "wiki-3", .options = options}) ==
        start + "Push options are only supported for projects"
    );
    BOOST_TEST(hook.messages({.gl_repository = "project-9999", .options = options}) == "");
    hook.run("update projects set merge_requests_allowed = false where id = 3");
    BOOST_TEST(
        hook.messages({.options = options}) ==
        start + "Merge requests are not enabled for project gnuwget/wget2"
    );
    BOOST_TEST(hook.messages({.options = {"ci.skip", "mr.unknown"}}) == "");
    BOOST_TEST(
        hook.look("select push_options from post_receive_jobs order by id limit 1") ==
        R"({"merge_request":{"create":true},"ci":{"skip":true}})"
    );
}

BOOST_DATA_TEST_CASE(messages_are_shown_once, data::make(dialects()), dialect) {
    Hook hook{dialect};
    hook.add_message("moved", "moved text", "2026-01-15T12:00:00.001Z");
    hook.add_message("created", "too late", "2026-01-15T12:00:00.000Z");
    BOOST_TEST(hook.messages({.identifier = "user-7"}) == "", "somebody else's");
    BOOST_TEST(hook.messages({.gl_repository = "project-1"}) == "", "another repository's");
    BOOST_TEST(hook.messages({.identifier = "key-11"}) == "basic moved text", "by the owner's key");
    BOOST_TEST(hook.messages({.identifier = "user-1"}) == "");
    BOOST_TEST(hook.look("select count(*) from post_push_messages") == "0");
    hook.run("update projects set pending_delete = true where id = 3");
    hook.add_message("moved", "moved text", "2026-01-15T12:05:00.000Z");
    BOOST_TEST(hook.messages({}) == "", "a repository that is going away is unknown");
}

BOOST_DATA_TEST_CASE(banners, data::make(dialects()), dialect) {
    Hook hook{dialect};
    hook.add_banner("hidden", ", show_in_cli", ", false");
    hook.add_banner("notification", ", broadcast_type", ", 2");
    hook.run(
        "insert into broadcast_messages (message, starts_at, ends_at) values "
        "('over', '2026-01-01T00:00:00.000Z', '2026-01-15T12:00:00.000Z'), "
        "('to come', '2026-01-15T12:00:00.001Z', '2026-02-01T00:00:00.000Z')"
    );
    hook.add_banner("   ", ", target_path", ", 'nothing/*'");
    BOOST_TEST(hook.messages({}) == "");
    hook.add_banner("for all", "", "");
    hook.add_banner("for owners", ", target_access_levels", ", '[50]'");
    hook.add_banner("unreadable", ", target_access_levels", ", '30'");
    BOOST_TEST(hook.messages({.identifier = "user-1"}) == "alert for owners");
    BOOST_TEST(hook.messages({.identifier = "user-7"}) == "alert for all");
    BOOST_TEST(hook.messages({.identifier = ""}) == "alert for all");
    BOOST_TEST(hook.messages({.gl_repository = "project-9999"}) == "alert for all");
    hook.add_banner("for the group", ", target_path", ", '/gnuwget/*'");
    hook.add_banner("for others", ", target_path", ", 'gitlab-org/*'");
    BOOST_TEST(hook.messages({.identifier = "user-1"}) == "alert for the group");
    BOOST_TEST(hook.messages({.gl_repository = "wiki-3"}) == "alert for the group");
    BOOST_TEST(hook.messages({.gl_repository = "project-7"}) == "alert for others");
    hook.add_banner("   ", ", target_path", ", 'gnuwget/wget2'");
    BOOST_TEST(hook.messages({}) == "", "a blank text is not shown");
}

BOOST_DATA_TEST_CASE(levels_that_banners_ask_for, data::make(dialects()), dialect) {
    Hook hook{dialect};
    hook.add_banner("developer", ", target_access_levels", ", '[30]'");
    const Push by_rubi{.identifier = "user-7"};
    BOOST_TEST(hook.messages(by_rubi) == "");
    hook.run(
        "insert into members (user_id, source_type, source_id, access_level) "
        "values (7, 'Project', 3, 30)"
    );
    BOOST_TEST(hook.messages(by_rubi) == "alert developer");
    hook.run(
        "update members set requested_at = '2026-01-01T00:00:00.000Z' "
        "where user_id = 7 and source_type = 'Project'"
    );
    BOOST_TEST(hook.messages(by_rubi) == "");
    hook.run(
        "insert into members (user_id, source_type, source_id, access_level, expires_at) "
        "values (7, 'Namespace', 2, 30, '2026-01-16')"
    );
    BOOST_TEST(hook.messages(by_rubi) == "alert developer");
    hook.run("update members set expires_at = '2026-01-15' where source_id = 2 and user_id = 7");
    BOOST_TEST(hook.messages(by_rubi) == "");
    hook.run("update namespaces set parent_id = 1 where id = 2");
    BOOST_TEST(hook.messages(by_rubi) == "alert developer", "by the group above");
    hook.run("update namespaces set parent_id = null where id = 2");
    BOOST_TEST(hook.messages(by_rubi) == "");
    hook.run(
        "insert into project_group_links (project_id, group_id, group_access) values (3, 1, 30)"
    );
    BOOST_TEST(hook.messages(by_rubi) == "alert developer", "by an invited group");
}

BOOST_DATA_TEST_CASE(ten_thousand_changes, data::make(dialects()), dialect) {
    Hook hook{dialect};
    std::string changes;
    for (int number = 0; number < 10'000; ++number) {
        changes += updated(fmt::format("branch-{}", number));
    }
    hook.run(
        "insert into merge_requests (iid, source_project_id, source_branch, "
        "target_project_id, target_branch) values (5, 3, 'branch-9999', 3, 'main')"
    );
    const std::string messages = hook.messages({.changes = changes});
    BOOST_TEST(std::ranges::count(messages, '|') == 9'999);
    BOOST_TEST(messages.starts_with(new_link("branch-0") + "|" + new_link("branch-1") + "|"));
    BOOST_TEST(messages.ends_with("/gnuwget/wget2/-/merge_requests/5"));
    BOOST_TEST(hook.look("select changes from post_receive_jobs") == changes);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

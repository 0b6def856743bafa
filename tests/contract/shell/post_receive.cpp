#include "tests/contract/shell/push_hook.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kNothing = R"({"messages":[],"reference_counter_decreased":true})";
constexpr const char* kHello =
    R"({"messages":[{"message":"Hello from post-receive","type":"alert"}],)"
    R"("reference_counter_decreased":true})";

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_post_receive)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    import_demo(database);
    InProcessServer server{settings::PoolName::internal, database};
    const std::string changes = kZero + " fd9e76b9136bdd9fe217061b497745792fe5a5ee gh-pages\\n";
    BOOST_TEST(server.shell_post("pre_receive", "gl_repository=project-7").status == 200);
    check(
        server.shell_post(
            "post_receive", "gl_repository=project-7&identifier=user-1&changes=" + changes
        ),
        200,
        kHello
    );
    BOOST_TEST(database.look("select value from reference_counters") == "0");
    BOOST_TEST(
        database.look("select gl_repository || ' ' || identifier || ' ' || user_id || ' ' || "
                      "project_id || ' ' || push_options || ' ' || state || ' ' || changes "
                      "from post_receive_jobs") == "project-7 user-1 1 7 {} waiting " + changes
    );
}

BOOST_DATA_TEST_CASE(job_holds_what_the_hook_told, data::make(dialects()), dialect) {
    Hook hook{dialect};
    const std::string changes = updated("a") + "\r\n" + updated("b");
    Call call;
    call.method = http::Method::post;
    call.target = "/api/v4/internal/post_receive";
    call.headers = {
        {"Gitlab-Shell-Api-Request", hook.server.shell_jwt()}, {"X-Request-Id", "of-this-push"}};
    call.content_type = "application/json";
    call.body = body_of(
        {.identifier = "key-7",
         .changes = changes,
         .options = {"ci.skip", "another push option", "ci.variable=A=1"}}
    );
    BOOST_TEST(hook.server.answer(call).status == 200);
    BOOST_TEST(hook.look("select changes from post_receive_jobs") == changes);
    BOOST_TEST(
        hook.look("select push_options from post_receive_jobs") ==
        R"({"ci":{"skip":true,"variable":{"A=1":1}}})"
    );
    BOOST_TEST(
        hook.look("select identifier || ' ' || user_id || ' ' || correlation_id "
                  "from post_receive_jobs") == "key-7 7 of-this-push"
    );
}

BOOST_DATA_TEST_CASE(forms_of_push_options, data::make(dialects()), dialect) {
    Hook hook{dialect};
    const std::string start = "gl_repository=project-3&identifier=user-1";
    for (const char* const options :
         {"", "&push_options[]=", "&push_options=", "&push_options[]=unknown"}) {
        check(hook.tell(start + options), 200, kNothing);
    }
    check(hook.tell(start + "&push_options[]=ci.skip&push_options[]=mr.draft"), 200, kNothing);
    check(hook.tell(start + "&push_options=ci.skip"), 200, kNothing);
    BOOST_TEST(
        hook.look("select push_options from post_receive_jobs order by id") ==
        R"({} {} {} {} {"ci":{"skip":true},"merge_request":{"draft":true}} {"ci":{"skip":true}})"
    );
    check(
        hook.tell(R"({"gl_repository":"project-3","push_options":[["ci.skip"]]})"),
        400,
        R"({"error":"push_options is invalid"})"
    );
    check(
        hook.tell(R"({"gl_repository":"project-3","push_options":{"ci":"skip"}})"),
        400,
        R"({"error":"push_options is invalid"})"
    );
}

BOOST_DATA_TEST_CASE(only_a_branch_fills_a_repository, data::make(dialects()), dialect) {
    Hook hook{dialect};
    const char* const is_empty =
        "select case when empty_repo then 1 else 0 end from projects where id = 3";
    const char* const default_branch = "select default_branch from projects where id = 3";
    hook.run("update projects set empty_repo = true, default_branch = null where id = 3");
    const std::string deleted = fmt::format("{} {} refs/heads/x\n", kOne, kZero);
    const std::string tag = fmt::format("{} {} refs/tags/x\n", kZero, kOne);
    BOOST_TEST(hook.messages({.changes = deleted + tag}) == "");
    BOOST_TEST(hook.messages({.gl_repository = "wiki-3", .changes = updated("main")}) == "");
    BOOST_TEST(hook.look(is_empty) == "1");
    BOOST_TEST(hook.messages({.changes = updated("x") + updated("main")}) == "");
    BOOST_TEST(hook.look(is_empty) == "0");
    BOOST_TEST(hook.look(default_branch) == "main");

    hook.run("update projects set empty_repo = true, default_branch = 'trunk' where id = 3");
    BOOST_TEST(hook.messages({.changes = updated("x") + updated("trunk")}) == "");
    BOOST_TEST(hook.look(is_empty) == "0");
    BOOST_TEST(hook.look(default_branch) == "trunk");

    // One that is not there cannot be it.
    hook.run("update projects set empty_repo = true, default_branch = 'gone' where id = 3");
    BOOST_TEST(hook.messages({.changes = updated("x")}) == "");
    BOOST_TEST(hook.look(default_branch) == "x");
}

BOOST_DATA_TEST_CASE(unknown_things_still_count_and_queue, data::make(dialects()), dialect) {
    Hook hook{dialect};
    for (const char* const identifier :
         {"",
          "user-424242",
          "key-424242",
          "user-",
          "user-01",
          "user--1",
          "user-99999999999999999999",
          "rubi",
          "deploy-token-1"}) {
        BOOST_TEST(hook.messages({.identifier = identifier}) == "", identifier);
    }
    BOOST_TEST(hook.jobs() == "9");
    BOOST_TEST(hook.look("select count(*) from post_receive_jobs where user_id is null") == "9");
    BOOST_TEST(hook.look("select count(*) from post_receive_jobs where project_id = 3") == "9");
    for (const char* const repository :
         {"project-424242", "project-foo", "foo", "project-0", "snippet-9", "design-9"}) {
        BOOST_TEST(
            hook.server.shell_post("pre_receive", fmt::format("gl_repository={}", repository))
                .body == R"({"reference_counter_increased":true})"
        );
        BOOST_TEST(
            hook.messages({.gl_repository = repository, .changes = updated("a")}) == "", repository
        );
    }
    BOOST_TEST(hook.jobs() == "15");
    BOOST_TEST(hook.look("select count(*) from reference_counters where value = 0") == "6");
}

BOOST_DATA_TEST_CASE(repositories_besides_a_projects_own, data::make(dialects()), dialect) {
    Hook hook{dialect};
    hook.run(
        "insert into snippets (id, type, title, author_id, project_id) values "
        "(5, 'ProjectSnippet', 'title', 1, 3), (6, 'PersonalSnippet', 'title', 1, null)"
    );
    hook.run("insert into design_management_repositories (id, project_id) values (8, 3)");
    for (const char* const repository :
         {"snippet-5", "snippet-6", "design-8", "wiki-3", "project-3-wiki"}) {
        BOOST_TEST(
            hook.messages({.gl_repository = repository, .changes = updated("a")}) == "", repository
        );
    }
    BOOST_TEST(hook.look("select project_id from post_receive_jobs order by id") == "3 null 3 3 3");
}

BOOST_DATA_TEST_CASE(deploy_key_stands_for_its_owner, data::make(dialects()), dialect) {
    Hook hook{dialect};
    hook.run("update keys set type = 'DeployKey' where id = 7");
    BOOST_TEST(hook.messages({.identifier = "key-7"}) == "");
    hook.run("update keys set user_id = null where id = 7");
    BOOST_TEST(hook.messages({.identifier = "key-7"}) == "");
    BOOST_TEST(hook.look("select user_id from post_receive_jobs order by id") == "7 null");
}

BOOST_DATA_TEST_CASE(bad_input, data::make(dialects()), dialect) {
    Hook hook{dialect};
    for (const char* const body :
         {"",
          "identifier=user-1",
          "gl_repository=+&identifier=user-1",
          R"({"gl_repository":null})"}) {
        check(hook.tell(body), 400, R"({"error":"gl_repository is missing"})");
    }
    check(
        hook.tell(R"({"gl_repository":"project-3","changes":["x"]})"),
        400,
        R"({"error":"changes is invalid"})"
    );
    check(
        hook.tell("gl_repository=project-3&changes=%00"), 400, R"({"error":"Invalid parameters"})"
    );
    check(
        hook.tell("gl_repository=project-3&changes=%FF"), 400, R"({"error":"Invalid parameters"})"
    );
    BOOST_TEST(hook.jobs() == "0");
    check(hook.tell(R"({"gl_repository":"project-3","identifier":7})"), 200, kNothing);
    check(hook.tell(R"({"gl_repository":"project-3"})"), 200, kNothing);
    BOOST_TEST(hook.look("select identifier from post_receive_jobs order by id") == "7 ");
}

// Gitaly aborts the hook after the refs have moved; what the next push finds must be consistent.
BOOST_DATA_TEST_CASE(
    database_that_is_busy_leaves_nothing_half_done, data::make(dialects()), dialect
) {
    Hook hook{dialect, kImpatient};
    BOOST_TEST(hook.server.shell_post("pre_receive", "gl_repository=project-3").status == 200);
    hook.add_message("moved", "moved text", "2026-01-15T12:05:00.000Z");
    {
        const WriteLock lock{hook.database, "select id from post_push_messages"};
        check(hook.tell(body_of({})), 503, R"({"message":"503 Service Unavailable"})");
    }
    BOOST_TEST(hook.jobs() == "0");
    BOOST_TEST(hook.counters() == "project-3=1");
    BOOST_TEST(hook.messages({}) == "basic moved text");
    BOOST_TEST(hook.jobs() == "1");
    BOOST_TEST(hook.counters() == "project-3=0");
}

BOOST_DATA_TEST_CASE(failure_in_the_middle_undoes_all, data::make(dialects()), dialect) {
    Hook hook{dialect};
    BOOST_TEST(hook.server.shell_post("pre_receive", "gl_repository=project-3").status == 200);
    // What is read is read before anything is written.
    hook.run("alter table broadcast_messages rename to broadcast_messages_elsewhere");
    check(hook.tell(body_of({})), 500, R"({"message":"500 Internal Server Error"})");
    hook.run("alter table broadcast_messages_elsewhere rename to broadcast_messages");
    hook.run("alter table post_push_messages rename to post_push_messages_elsewhere");
    check(hook.tell(body_of({})), 500, R"({"message":"500 Internal Server Error"})");
    BOOST_TEST(hook.jobs() == "0");
    BOOST_TEST(hook.counters() == "project-3=1");
}

BOOST_DATA_TEST_CASE(nothing_of_it_is_logged, data::make(dialects()), dialect) {
    Hook hook{dialect};
    const Push push{
        .gl_repository = "planted-secret",
        .identifier = "planted-secret",
        .changes = "planted-secret",
        .options = {"ci.variable=planted-secret", "mr.title=planted-secret"}};
    BOOST_TEST(hook.tell(body_of(push)).status == 200);
    BOOST_TEST(hook.server.log_detail() == "");
    hook.run("alter table post_receive_jobs rename to post_receive_jobs_elsewhere");
    BOOST_TEST(hook.tell(body_of(push)).status == 500);
    BOOST_TEST(hook.server.log_detail() != "");
    BOOST_TEST(hook.server.log_detail().find("planted-secret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

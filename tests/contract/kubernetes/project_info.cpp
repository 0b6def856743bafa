#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kNotFound = R"({"message":"404 Not Found"})";
constexpr const char* kManifests =
    R"({"project_id":7,"gitaly_info":{"address":"unix:/run/gitaly.sock","token":null,"features":{}},)"
    R"("gitaly_repository":{"storage_name":"default","relative_path":)"
    R"("@hashed/79/02/7902699be42c8a8e46fbbb4501726517e86b22c56a189f7625a6da49081b2451.git",)"
    R"("git_object_directory":"","git_alternate_object_directories":[],)"
    R"("gl_repository":"project-7","gl_project_path":"gitlab-org/manifests"},"default_branch":"main"})";

const Example kExamples[]{
    {"documented example", "?id=7", 200, kManifests},
    {"full path", "?id=gitlab-org%2Fmanifests", 200, kManifests},
    {"full path in any case", "?id=GitLab-Org/Manifests", 200, kManifests},
    {"private", "?id=1", 404, kNotFound},
    {"private, by path", "?id=group1%2Ffirst", 404, kNotFound},
    {"unknown", "?id=4242", 404, kNotFound},
    {"unknown path", "?id=gitlab-org%2Fnothing", 404, kNotFound},
    {"negative", "?id=-7", 404, kNotFound},
    {"out of range", "?id=99999999999999999999", 404, kNotFound},
    {"neither number nor path", "?id=manifests", 404, kNotFound},
    {"number and more", "?id=7x", 404, kNotFound},
    {"empty", "?id=", 404, kNotFound},
    {"none", "", 404, kNotFound},
};

/// Of the demo data's public project, which is not the agent's own.
int status_after(db::Dialect dialect, const char* sql, const std::string& id = "7") {
    TestDatabase database{dialect};
    import_demo(database);
    database.session().execute_once(sql);
    AgentServer server{database};
    return server.ask("/api/v4/internal/kubernetes/project_info?id=" + id).status;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kubernetes_project_info)

BOOST_DATA_TEST_CASE(answers, data::make(dialects()) * data::make(kExamples), dialect, example) {
    AgentServer server{demo_database(dialect)};
    check(
        server.ask("/api/v4/internal/kubernetes/project_info" + example.target),
        example.status,
        example.body
    );
}

BOOST_DATA_TEST_CASE(agents_own_project_whatever_it_is, data::make(dialects()), dialect) {
    BOOST_TEST(status_after(dialect, "update projects set visibility_level = 0", "5") == 200);
    BOOST_TEST(
        status_after(
            dialect,
            "update project_features set repository_access_level = 0 where project_id = 5",
            "5"
        ) == 200
    );
}

BOOST_DATA_TEST_CASE(what_nobody_may_read_is_not_told, data::make(dialects()), dialect) {
    for (const char* const sql :
         {"update projects set visibility_level = 10 where id = 7",
          "update project_features set repository_access_level = 10 where project_id = 7",
          "update project_features set repository_access_level = 0 where project_id = 7",
          "update projects set pending_delete = true where id = 7",
          "update application_settings set restricted_visibility_levels = '[10, 20]'",
          "update application_settings set restricted_visibility_levels = '20'"}) {
        BOOST_TEST(status_after(dialect, sql) == 404, sql);
    }
    BOOST_TEST(
        status_after(
            dialect, "update application_settings set restricted_visibility_levels = '[10]'"
        ) == 200
    );
}

BOOST_DATA_TEST_CASE(former_path_leads_on, data::make(dialects()), dialect) {
    BOOST_TEST(
        status_after(
            dialect,
            "insert into redirect_routes (source_type, source_id, path) values "
            "('Project', 7, 'old/manifests')",
            "Old%2Fmanifests"
        ) == 200
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

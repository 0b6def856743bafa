#include "app/auth/lfs_token.hpp"
#include "app/json/reader.hpp"
#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kNoRepository = R"({"message":"404 Not Found"})";
constexpr const char* kNoActor = R"({"message":"404 Not found"})";

struct Lfs {
    explicit Lfs(db::Dialect dialect) : database(dialect) {
        import_demo(database);
        run("update users set encrypted_password = '$2b$10$the hash of a password' where id = 1");
        run("insert into redirect_routes (source_type, source_id, path) "
            "values ('Project', 3, 'old/wget')");
        run("insert into snippets (id, type, title, author_id, project_id) "
            "values (5, 'ProjectSnippet', 'title', 1, 3)");
    }

    void run(const std::string& sql) { database.session().execute_once(sql); }
    [[nodiscard]] http::Response ask(const std::string& body) {
        return server.shell_post("lfs_authenticate", body);
    }
    void refuses(const std::string& body, const char* answer) {
        BOOST_TEST_CONTEXT(body) {
            check(ask(body), 404, answer);
        }
    }
    /// Of the answer, which must be 200.
    [[nodiscard]] std::string member(const std::string& body, std::string_view name) {
        const http::Response response = ask(body);
        BOOST_TEST_REQUIRE(response.status == 200, body);
        const auto answer = json::parse(response.body);
        return *answer.value().find(name)->string();
    }
    [[nodiscard]] std::string path(const std::string& body) {
        return member(body, "repository_http_path");
    }

    /// As root's, if root's password had that hash.
    [[nodiscard]] tl::expected<Timestamp, std::string> verify(
        const std::string& token, std::string_view password_hash
    ) const {
        return auth::verify_lfs_token(
            server.db_key_base,
            auth::lfs_actor(UserId{1}, "root", password_hash),
            token,
            server.clock.now()
        );
    }

    TestDatabase database;
    InProcessServer server{settings::PoolName::internal, database};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_lfs_authenticate)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Lfs lfs{dialect};
    const http::Response response = lfs.ask("key_id=11&project=gnuwget/wget2");
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body.starts_with(R"({"username":"root","lfs_token":")"), response.body);
    BOOST_TEST(
        response.body.ends_with(
            R"(","repository_http_path":"https://gitlab.example.com/gnuwget/wget2.git",)"
            R"("expires_in":1800})"
        ),
        response.body
    );
}

BOOST_DATA_TEST_CASE(
    token_is_the_actors_until_the_password_changes, data::make(dialects()), dialect
) {
    Lfs lfs{dialect};
    lfs.server.settings.tokens.lfs_token_lifetime = std::chrono::seconds{7200};
    const auto token = lfs.member(R"({"key_id":"11","project":"gnuwget/wget2"})", "lfs_token");
    const auto verified = lfs.verify(token, "$2b$10$the hash of a password");
    BOOST_REQUIRE(verified.has_value());
    BOOST_TEST((*verified == lfs.server.clock.now() + std::chrono::seconds{7200}));
    BOOST_TEST(!lfs.verify(token, "$2b$10$the hash of another word").has_value());
    const http::Response response = lfs.ask("key_id=11&project=gnuwget/wget2");
    BOOST_TEST(response.body.ends_with(R"("expires_in":7200})"));
}

BOOST_DATA_TEST_CASE(ways_to_name_a_repository, data::make(dialects()), dialect) {
    Lfs lfs{dialect};
    const std::string plain = "https://gitlab.example.com/gnuwget/wget2.git";
    for (const char* const repository :
         {"project=/gnuwget/wget2.git",
          "project=GnuWget/Wget2",
          "project=old/WGET.git",
          "gl_repository=project-3",
          "gl_repository=project-3&project=nothing",
          "gl_repository=&project=gnuwget/wget2"}) {
        BOOST_TEST(lfs.path(std::string{"key_id=11&"} + repository) == plain, repository);
    }
    const std::string wiki = "https://gitlab.example.com/gnuwget/wget2.wiki.git";
    for (const char* const repository :
         {"project=gnuwget/wget2.wiki", "gl_repository=wiki-3", "gl_repository=project-3-wiki"}) {
        BOOST_TEST(lfs.path(std::string{"key_id=11&"} + repository) == wiki, repository);
    }
}

BOOST_DATA_TEST_CASE(what_takes_no_lfs, data::make(dialects()), dialect) {
    Lfs lfs{dialect};
    for (const char* const repository :
         {"",
          "project=",
          "project=gnuwget",
          "project=gnuwget/nothing",
          "project=gnuwget/wget2/snippets/5",
          "project=snippets/5",
          "project=gnuwget/wget2.design",
          "project=gnuwget/wget2%2Fx",
          "gl_repository=snippet-5",
          "gl_repository=project-424242",
          "gl_repository=project-foo",
          "gl_repository=project-99999999999999999999",
          "gl_repository=foo&project=gnuwget/wget2"}) {
        lfs.refuses(std::string{"key_id=11&"} + repository, kNoRepository);
    }
    // Without repository and actor, the repository is what is told.
    lfs.refuses("key_id=424242&project=nothing", kNoRepository);
}

BOOST_DATA_TEST_CASE(switches, data::make(dialects()), dialect) {
    Lfs lfs{dialect};
    const std::string body = "key_id=11&project=gnuwget/wget2";
    lfs.run("update namespaces set lfs_enabled = false where id = 2");
    lfs.refuses(body, kNoRepository);
    lfs.run("update projects set lfs_enabled = true where id = 3");
    BOOST_TEST(lfs.ask(body).status == 200, "the project's word counts before its group's");
    lfs.run("update application_settings set lfs_enabled = false");
    lfs.refuses(body, kNoRepository);
    lfs.run("update application_settings set lfs_enabled = true");
    lfs.run("update projects set lfs_enabled = false where id = 3");
    lfs.run("update namespaces set lfs_enabled = true where id = 2");
    lfs.refuses(body, kNoRepository);
    lfs.run("update projects set lfs_enabled = null, pending_delete = true where id = 3");
    lfs.refuses(body, kNoRepository);
}

BOOST_DATA_TEST_CASE(actors, data::make(dialects()), dialect) {
    Lfs lfs{dialect};
    const std::string project = "&project=gnuwget/wget2";
    BOOST_TEST(lfs.member("user_id=7" + project, "username") == "rubi");
    BOOST_TEST(lfs.member("username=RUBI" + project, "username") == "rubi");
    for (const char* const actor :
         {"",
          "key_id=424242",
          "key_id=11x",
          "key_id=-11",
          "key_id=99999999999999999999",
          "key_id=",
          "key_id=424242&user_id=1",
          "user_id=424242",
          "username=nobody",
          "operation=download"}) {
        lfs.refuses(actor + project, kNoActor);
    }
    lfs.run("update keys set usage_type = 2 where id = 7");
    lfs.refuses("key_id=7" + project, kNoActor);
    lfs.run("update keys set user_id = null, usage_type = 1 where id = 7");
    lfs.refuses("key_id=7" + project, kNoActor);
}

BOOST_DATA_TEST_CASE(blocked_user_gets_no_token, data::make(dialects()), dialect) {
    Lfs lfs{dialect};
    const std::string project = "&project=gnuwget/wget2";
    for (const char* const state :
         {"blocked", "ldap_blocked", "blocked_pending_approval", "banned"}) {
        lfs.run(std::string{"update users set state = '"} + state + "' where id = 1");
        lfs.refuses("key_id=11" + project, kNoActor);
        lfs.refuses("user_id=1" + project, kNoActor);
        lfs.refuses("username=root" + project, kNoActor);
    }
    lfs.run("update keys set type = 'DeployKey' where id = 11");
    BOOST_TEST(lfs.member("key_id=11" + project, "username") == "lfs+deploy-key-11");
}

BOOST_DATA_TEST_CASE(deploy_keys_act_for_themselves, data::make(dialects()), dialect) {
    Lfs lfs{dialect};
    lfs.run("update keys set type = 'DeployKey', user_id = null where id = 11");
    const std::string body = "key_id=11&project=gnuwget/wget2";
    BOOST_TEST(lfs.member(body, "username") == "lfs+deploy-key-11");
    const auto actor = auth::lfs_actor(
        KeyId{11}, lfs.database.look("select fingerprint_sha256 from keys where id = 11")
    );
    const std::string token = lfs.member(body, "lfs_token");
    const auto verified =
        auth::verify_lfs_token(lfs.server.db_key_base, actor, token, lfs.server.clock.now());
    BOOST_TEST(verified.has_value());
}

BOOST_DATA_TEST_CASE(use_of_the_key_is_remembered_now_and_then, data::make(dialects()), dialect) {
    Lfs lfs{dialect};
    const char* const unused = "select count(*) from keys where id = 11 and last_used_at is null";
    BOOST_TEST(lfs.database.look(unused) == "1");
    lfs.refuses("key_id=11&project=nothing", kNoRepository);
    BOOST_TEST(lfs.database.look(unused) == "1", "the key was not asked for");
    BOOST_TEST(lfs.ask("key_id=11&project=gnuwget/wget2").status == 200);
    BOOST_TEST(lfs.database.look(unused) == "0");
    lfs.run("update keys set last_used_at = '2026-01-15T11:55:00.000Z' where id = 11");
    BOOST_TEST(lfs.ask("key_id=11&project=gnuwget/wget2").status == 200);
    const char* const recent =
        "select count(*) from keys where id = 11 and last_used_at = '2026-01-15T11:55:00.000Z'";
    BOOST_TEST(lfs.database.look(recent) == "1");
    lfs.run("update keys set last_used_at = '2026-01-15T11:45:00.000Z' where id = 11");
    BOOST_TEST(lfs.ask("key_id=11&project=gnuwget/wget2").status == 200);
    const char* const now =
        "select count(*) from keys where id = 11 and last_used_at = '2026-01-15T12:00:00.000Z'";
    BOOST_TEST(lfs.database.look(now) == "1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

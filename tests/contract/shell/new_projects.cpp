// Projects that a push creates, or would create if its path and its maker were fit for it.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tests/contract/contract_suite.hpp"
#include "tests/contract/shell/storage_folder.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr std::string_view kNoNamespace = "The namespace you were looking for could not be found.";
constexpr std::string_view kNoProject =
    "The project you were looking for could not be found or you don't have permission to view it.";
constexpr std::string_view kNoWiki = "The wiki you were looking for could not be found.";
constexpr std::string_view kUnfit =
    "Could not create project: Path can only include non-accented letters, digits, '_', '-' and "
    "'.'. It must not start with '-', '_', or '.', nor end with '-', '_', '.', '.git', or '.atom'.";

struct Refused {
    std::string_view path;
    int status = 0;
    std::string_view message;
};

const std::vector<Refused> kRefused{
    {"rubi/new--one", 422, kUnfit},
    {"rubi/new-", 422, kUnfit},
    {"rubi/new_", 422, kUnfit},
    {"rubi/new.", 422, kUnfit},
    {"rubi/_new", 422, kUnfit},
    {"RUBI/a._b.git", 422, kUnfit},
    {"group1/a..b", 422, kUnfit},
    {"rubi/.new",
     422,
     "Could not create project: Name can contain only letters, digits, emoji, '_', '.', '+', "
     "dashes, or spaces. It must start with a letter, digit, emoji, or '_'., Path can only include "
     "non-accented letters, digits, '_', '-' and '.'. It must not start with '-', '_', or '.', nor "
     "end with '-', '_', '.', '.git', or '.atom'."},
    // No path of a project at all, which is said first.
    {"rubi/-new", 404, kNoNamespace},
    {"rubi/new.git.git", 404, kNoNamespace},
    {"rubi/new.atom", 404, kNoNamespace},
    {"rubi/n%20ew", 404, kNoNamespace},
    {"rubi/n%C3%A9w", 404, kNoNamespace},
    {"rubi/tree", 404, kNoNamespace},
    {"rubi/Wikis", 404, kNoNamespace},
    {"rubi/-", 404, kNoNamespace},
    {"rubi/..", 404, kNoNamespace},
    {"admin/fresh", 404, kNoNamespace},
    {"new", 404, kNoNamespace},
    // Not theirs.
    {"gnuwget/new--one", 404, kNoProject},
    {"nowhere/fresh", 404, kNoProject},
    {"rubi/fresh.wiki", 404, kNoWiki},
    {"rubi/fresh.design", 404, kNoProject},
};

struct Creation {
    explicit Creation(db::Dialect dialect) : database(dialect) {
        import_demo(database);
        server.settings.storages["default"].path = storage.path();
    }

    void run(const std::string& sql) { database.session().execute_once(sql); }
    [[nodiscard]] std::string count() { return database.look("select count(*) from projects"); }
    [[nodiscard]] http::Response push(std::string_view who, std::string_view path) {
        return server.shell_post(
            "allowed",
            fmt::format(
                "{}&project={}&action=git-receive-pack&changes=_any&protocol=ssh", who, path
            )
        );
    }
    void refuses(std::string_view who, std::string_view path, int status, std::string_view text) {
        const std::string before = count();
        check(push(who, path), status, fmt::format(R"({{"status":false,"message":"{}"}})", text));
        BOOST_TEST(count() == before);
        BOOST_TEST(std::filesystem::is_empty(storage.path()));
    }

    StorageFolder storage;
    TestDatabase database;
    InProcessServer server{settings::PoolName::internal, database};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_new_projects)

BOOST_DATA_TEST_CASE(
    unfit_paths_are_refused_and_nothing_is_written, data::make(dialects()), dialect
) {
    Creation creation{dialect};
    for (const Refused& refused : kRefused) {
        BOOST_TEST_CONTEXT(refused.path) {
            creation.refuses("key_id=7", refused.path, refused.status, refused.message);
        }
    }
}

BOOST_DATA_TEST_CASE(fit_paths_make_projects, data::make(dialects()), dialect) {
    Creation creation{dialect};
    for (const char* const path : {"rubi/n", "rubi/1.new-one_x", "rubi/Admin", "group1/wiki"}) {
        BOOST_TEST(creation.push("key_id=7", path).status == 200, path);
    }
    BOOST_TEST(
        creation.database.look("select name from projects where path = '1.new-one_x'") ==
        "1.new-one_x"
    );
}

BOOST_DATA_TEST_CASE(external_users_create_none, data::make(dialects()), dialect) {
    Creation creation{dialect};
    creation.run("update users set external = true where id = 7");
    creation.refuses("key_id=7", "rubi/fresh", 404, kNoProject);
    creation.refuses("key_id=7", "group1/fresh", 404, kNoProject);
}

BOOST_DATA_TEST_CASE(personal_projects_have_a_limit, data::make(dialects()), dialect) {
    Creation creation{dialect};
    creation.run("update users set projects_limit = 0 where id = 7");
    creation.refuses("key_id=7", "rubi/fresh", 404, kNoProject);
    creation.refuses("key_id=7", "rubi/new--one", 404, kNoProject);
    creation.run("update users set projects_limit = 1 where id = 7");
    BOOST_TEST(creation.push("key_id=7", "rubi/fresh").status == 200);
    BOOST_TEST(creation.push("key_id=7", "rubi/fresh").status == 200, "it is there");
    check(
        creation.push("key_id=7", "rubi/next"),
        404,
        fmt::format(R"({{"status":false,"message":"{}"}})", kNoProject)
    );
    BOOST_TEST(creation.push("key_id=7", "group1/next").status == 200, "groups have none");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

// Checks that nobody can make: each refuses and names itself, and the setting of that name, and no
// other, lets it through.
#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/settings/keys.hpp"
#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

enum class Looks {
    nobody,  ///< the storage has no inspector
    in_vain  ///< the inspector may not read what it is shown
};

/// A question that comes down to one check.
struct Question {
    std::string_view name;
    std::string_view check;
    std::string_view sql;
    std::string_view body;
    Looks looks = Looks::nobody;
    std::string_view comes_first = {};  ///< another check on the way, open all along
};

std::ostream& operator<<(std::ostream& out, const Question& question) {
    return out << question.name;
}

constexpr std::string_view kWithoutLfs = "update application_settings set lfs_enabled = false";
constexpr std::string_view kUnknownBranch =
    "update projects set default_branch = null, empty_repo = false";
constexpr std::string_view kNew = "0000000000000000000000000000000000000000";
constexpr std::string_view kOld = "1111111111111111111111111111111111111111";
constexpr std::string_view kNext = "2222222222222222222222222222222222222222";

const std::vector<Question> kQuestions{
    {.name = "a fetch from what cannot be read",
     .check = "repository_state",
     .sql = kWithoutLfs,
     .body = "user_id=7&project=group1/first&action=git-upload-pack&relative_path=../x.git",
     .looks = Looks::in_vain},
    {.name = "a push before Git speaks",
     .check = "repository_state",
     .sql = kWithoutLfs,
     .body = "user_id=7&project=group1/first&action=git-receive-pack&changes=_any"
             "&relative_path=../x.git",
     .looks = Looks::in_vain},
    {.name = "the first push",
     .check = "repository_state",
     .sql = kWithoutLfs,
     .body = "{new} {next} refs/heads/main&relative_path=../x.git",
     .looks = Looks::in_vain},
    {.name = "a new tag",
     .check = "repository_state",
     .sql = kUnknownBranch,
     .body = "{new} {next} refs/tags/v1",
     .comes_first = "lfs_objects"},
    {.name = "a branch is deleted",
     .check = "repository_state",
     .sql = kUnknownBranch,
     .body = "{old} {new} refs/heads/topic"},
    {.name = "a protected branch moves",
     .check = "force_push",
     .sql = "insert into protected_branches (id, project_id, name) values (1, 1, 'main');"
            "insert into protected_branch_push_access_levels (protected_branch_id, access_level) "
            "values (1, 30)",
     .body = "{old} {next} refs/heads/main",
     .comes_first = "lfs_objects"},
    {.name = "a protected branch is made",
     .check = "branch_basis",
     .sql = "insert into protected_branches (id, project_id, name) values (1, 1, 'stable');"
            "insert into protected_branch_push_access_levels (protected_branch_id, access_level) "
            "values (1, 40);"
            "insert into protected_branch_merge_access_levels (protected_branch_id, access_level) "
            "values (1, 30)",
     .body = "{new} {next} refs/heads/stable&protocol=web",
     .comes_first = "lfs_objects"},
    {.name = "a branch moves where LFS is on",
     .check = "lfs_objects",
     .sql = "update projects set lfs_enabled = true",
     .body = "{old} {next} refs/heads/topic"},
    {.name = "a branch moves where a file is locked",
     .check = "lfs_locks",
     .sql = "insert into lfs_file_locks (project_id, user_id, path) values (1, 1, 'a.psd')",
     .body = "{old} {next} refs/heads/topic",
     .comes_first = "lfs_objects"},
    {.name = "a branch moves where files have a limit",
     .check = "file_size",
     .sql = "update application_settings set lfs_enabled = false, file_size_limit_mb = 1",
     .body = "{old} {next} refs/heads/topic"},
    {.name = "a snippet moves",
     .check = "snippet_files",
     .sql =
         "insert into snippets (id, type, title, author_id) values (5, 'PersonalSnippet', 't', 7)",
     .body = "{old} {next} refs/heads/main&gl_repository=snippet-5"},
};

struct Checks {
    Checks(db::Dialect dialect, const Question& question) : database(dialect) {
        import_demo(database);
        std::string_view rest = question.sql;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            database.session().execute_once(std::string{rest.substr(0, end)});
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        if (question.looks == Looks::in_vain) {
            server.settings.storages["default"].path =
                std::filesystem::temp_directory_path().string();
        }
    }

    void open(std::string_view check) {
        const auto key = settings::find_key(fmt::format("checks.{}", check));
        BOOST_TEST_REQUIRE(key.has_value(), check);
        BOOST_TEST(!key->assign(server.settings, "open").has_value());
    }
    [[nodiscard]] http::Response ask(const Question& question) {
        if (question.body.starts_with("user_id")) {
            return server.shell_post("allowed", std::string{question.body});
        }
        // A body says what changes, and then what is not as it mostly is.
        const std::size_t end = std::min(question.body.find('&'), question.body.size());
        const std::string changes = fmt::format(
            fmt::runtime(question.body.substr(0, end)),
            fmt::arg("new", kNew),
            fmt::arg("old", kOld),
            fmt::arg("next", kNext)
        );
        const std::string rest{question.body.substr(end)};
        return server.shell_post(
            "allowed",
            fmt::format(
                "user_id=7&action=git-receive-pack{}{}&changes={}%0A{}",
                rest.find("gl_repository") == std::string::npos ? "&gl_repository=project-1" : "",
                rest.find("protocol") == std::string::npos ? "&protocol=ssh" : "",
                changes,
                rest
            )
        );
    }

    TestDatabase database;
    InProcessServer server{settings::PoolName::internal, database};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_open_checks)

BOOST_DATA_TEST_CASE(
    each_setting_opens_the_check_of_its_name_alone,
    data::make(dialects()) * data::make(kQuestions),
    dialect,
    question
) {
    Checks checks{dialect, question};
    const std::string named = fmt::format("({})", question.check);
    if (!question.comes_first.empty()) {
        checks.open(question.comes_first);
    }
    const http::Response closed = checks.ask(question);
    BOOST_TEST(closed.status == 401);
    BOOST_TEST(closed.body.find(named) != std::string::npos, closed.body);

    const settings::Settings before = checks.server.settings;
    for (const settings::Key& key : settings::keys()) {
        if (key.section == "checks" && key.name != question.check) {
            checks.open(key.name);
        }
    }
    const http::Response others = checks.ask(question);
    BOOST_TEST(others.status == 401);
    BOOST_TEST(others.body.find(named) != std::string::npos, others.body);

    checks.server.settings = before;
    checks.open(question.check);
    const http::Response open = checks.ask(question);
    BOOST_TEST(open.status == 200, open.body);
    BOOST_TEST(
        checks.server.log_detail().find(fmt::format("check {} of ", question.check)) !=
            std::string::npos,
        checks.server.log_detail()
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

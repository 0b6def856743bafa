// What names a repository, and what is said where it names none.
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/json/reader.hpp"
#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr std::string_view kNoNamespace = "The namespace you were looking for could not be found.";
constexpr std::string_view kNoProject =
    "The project you were looking for could not be found or you don't have permission to view it.";
constexpr std::string_view kNoWiki = "The wiki you were looking for could not be found.";
constexpr std::string_view kNoSnippet = "The snippet you were looking for could not be found.";
constexpr std::string_view kDesignsByWeb = "Designs are only accessible using the web interface";

/// A name of nothing.
struct Unknown {
    std::string_view name;
    int status = 404;
    std::string_view message;
};

std::ostream& operator<<(std::ostream& out, const Unknown& unknown) {
    return out << unknown.name;
}

const std::vector<Unknown> kUnknown{
    {"gl_repository=project-999", 404, kNoNamespace},
    {"gl_repository=wiki-999", 404, kNoWiki},
    {"gl_repository=project-999-wiki", 404, kNoWiki},
    {"gl_repository=snippet-999", 404, kNoSnippet},
    {"gl_repository=design-999", 401, kDesignsByWeb},
    {"gl_repository=design-999&protocol=web", 404, kNoProject},
    // As Gitaly's hook asks about what has been deleted meanwhile.
    {"gl_repository=wiki-999&project=/var/opt/repositories/@hashed/x.wiki.git", 404, kNoWiki},
    {"gl_repository=snippet-999&project=/var/opt/repositories/x.git", 404, kNoSnippet},
    {"gl_repository=project-999&project=gnuwget/wget2", 404, kNoNamespace},
    // Malformed ones name nothing, of no kind.
    {"gl_repository=project-0", 404, kNoNamespace},
    {"gl_repository=project-03", 404, kNoNamespace},
    {"gl_repository=project-foo", 404, kNoNamespace},
    {"gl_repository=project-99999999999999999999", 404, kNoNamespace},
    {"gl_repository=wiki-foo", 404, kNoNamespace},
    {"gl_repository=wiki-3-wiki", 404, kNoNamespace},
    {"gl_repository=snippet--1", 404, kNoNamespace},
    {"gl_repository=design-", 404, kNoNamespace},
    {"gl_repository=group-3-wiki", 404, kNoNamespace},
    {"gl_repository=foo", 404, kNoNamespace},
    {"project=gnuwget/nothing", 404, kNoProject},
    {"project=gnuwget/nothing.wiki.git", 404, kNoWiki},
    {"project=gnuwget/nothing.design", 404, kNoProject},
    {"project=gnuwget/nothing.design&protocol=web", 404, kNoProject},
    {"project=gnuwget/wget2.design", 401, kDesignsByWeb},
    {"project=gnuwget/wget2/snippets/999", 404, kNoSnippet},
    {"project=snippets/999", 404, kNoSnippet},
    {"project=snippets/x", 404, kNoNamespace},
    {"project=snippets/x.wiki", 404, kNoNamespace},
    {"project=nothing", 404, kNoNamespace},
    {"project=nothing.wiki", 404, kNoNamespace},
    {"project=.wiki", 404, kNoNamespace},
    {"project=", 404, kNoNamespace},
    {"", 404, kNoNamespace},
};

/// The personal project `rubi/own`, and two whose paths look like what belongs to it.
struct Names {
    explicit Names(db::Dialect dialect) : database(dialect) { import_demo(database); }

    void add_project(int id, const std::string& path) {
        const auto run = [this](const std::string& sql) { database.session().execute_once(sql); };
        run(fmt::format(
            "insert into projects (id, namespace_id, name, path) values ({}, 7, '{}', '{}')",
            id,
            path,
            path
        ));
        run(fmt::format(
            "insert into routes (source_type, source_id, path) values ('Project', {}, 'rubi/{}')",
            id,
            path
        ));
    }
    [[nodiscard]] http::Response fetch(const std::string& who, const std::string& what) {
        return server.shell_post(
            "allowed",
            fmt::format(
                "{}&action=git-upload-pack{}&{}",
                who,
                what.find("protocol=") == std::string::npos ? "&protocol=ssh" : "",
                what
            )
        );
    }
    /// Which repository the answer is about, or the message.
    [[nodiscard]] std::string granted(const std::string& project) {
        const http::Response response = fetch("user_id=7", "project=" + project);
        const auto answer = json::parse(response.body);
        const auto* const name =
            answer.value().find(response.status == 200 ? "gl_repository" : "message");
        return *name->string();
    }
    /// The path by which LFS is told to come back, or nothing.
    [[nodiscard]] std::string lfs_path(const std::string& project) {
        const http::Response response =
            server.shell_post("lfs_authenticate", "user_id=7&project=" + project);
        if (response.status != 200) {
            return {};
        }
        const auto answer = json::parse(response.body);
        return *answer.value().find("repository_http_path")->string();
    }

    TestDatabase database;
    InProcessServer server{settings::PoolName::internal, database};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_repository_names)

BOOST_DATA_TEST_CASE(
    what_names_nothing_is_told_by_its_kind,
    data::make(dialects()) * data::make(kUnknown),
    dialect,
    unknown
) {
    InProcessServer server{settings::PoolName::internal, demo_database(dialect)};
    const std::string protocol =
        unknown.name.find("protocol=") == std::string_view::npos ? "&protocol=ssh" : "";
    for (const char* const action : {"git-upload-pack", "git-receive-pack&changes=_any"}) {
        check(
            server.shell_post(
                "allowed", fmt::format("user_id=2&action={}{}&{}", action, protocol, unknown.name)
            ),
            unknown.status,
            fmt::format(R"({{"status":false,"message":"{}"}})", unknown.message)
        );
    }
}

BOOST_DATA_TEST_CASE(a_project_may_be_called_like_a_wiki, data::make(dialects()), dialect) {
    Names names{dialect};
    names.add_project(30, "own");
    BOOST_TEST(names.granted("rubi/own.wiki.git") == "wiki-30");
    BOOST_TEST(names.granted("rubi/own.design") == kDesignsByWeb);
    names.add_project(31, "own.wiki");
    names.add_project(32, "own.design");
    BOOST_TEST(names.granted("rubi/own") == "project-30");
    BOOST_TEST(names.granted("/Rubi/own.wiki.git") == "project-31");
    BOOST_TEST(names.granted("rubi/own.wiki.wiki") == "wiki-31");
    BOOST_TEST(names.granted("rubi/own.design") == "project-32");
    BOOST_TEST(names.granted("rubi/own.design.wiki") == "wiki-32");
}

// Whoever may not read that project learns nothing of it, nor of the wiki that its path hides.
BOOST_DATA_TEST_CASE(a_hidden_project_called_like_a_wiki, data::make(dialects()), dialect) {
    Names names{dialect};
    names.add_project(30, "own");
    names.add_project(31, "own.wiki");
    names.database.session().execute_once("update projects set visibility_level = 20 where id = 30"
    );
    check(
        names.fetch("user_id=2", "project=rubi/own.wiki"),
        404,
        fmt::format(R"({{"status":false,"message":"{}"}})", kNoProject)
    );
}

BOOST_DATA_TEST_CASE(lfs_knows_such_projects_too, data::make(dialects()), dialect) {
    Names names{dialect};
    const std::string root = "https://gitlab.example.com/rubi/own";
    names.add_project(30, "own");
    BOOST_TEST(names.lfs_path("rubi/own.wiki") == root + ".wiki.git");
    BOOST_TEST(names.lfs_path("rubi/own.design") == "");
    names.add_project(31, "own.wiki");
    names.add_project(32, "own.design");
    BOOST_TEST(names.lfs_path("rubi/own") == root + ".git");
    BOOST_TEST(names.lfs_path("rubi/OWN.wiki.git") == root + ".wiki.git");
    BOOST_TEST(names.lfs_path("rubi/own.wiki.wiki") == root + ".wiki.wiki.git");
    BOOST_TEST(names.lfs_path("rubi/own.design") == root + ".design.git");
    // The project has its own switch, not that of the one whose wiki it looks like.
    names.database.session().execute_once("update projects set lfs_enabled = false where id = 31");
    BOOST_TEST(names.lfs_path("rubi/own.wiki") == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

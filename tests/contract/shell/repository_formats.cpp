// Access to repositories that git can serve and this process cannot look into.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;
namespace fs = std::filesystem;

/// The demo, with a repository of its first project that has SHA-256 ids.
struct Sha256Repository {
    explicit Sha256Repository(db::Dialect dialect) : database(dialect) {
        import_demo(database);
        std::string pattern = fs::temp_directory_path() / "innergate-storage-XXXXXX";
        BOOST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        storage = pattern;
        server.settings.storages["default"].gitaly_address = "unix:/run/gitaly.socket";
        server.settings.storages["default"].path = storage;
        const fs::path repository =
            storage /
            "@hashed/6b/86/6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b.git";
        fs::create_directories(repository / "objects");
        fs::create_directories(repository / "refs/heads");
        std::ofstream{repository / "HEAD"} << "ref: refs/heads/main\n";
        std::ofstream{repository / "refs/heads/main"} << std::string(64, 'a') << '\n';
        std::ofstream{repository / "config"} << "[core]\nrepositoryformatversion = 1\nbare = true\n"
                                                "[extensions]\nobjectformat = sha256\n";
    }
    Sha256Repository(const Sha256Repository&) = delete;
    Sha256Repository& operator=(const Sha256Repository&) = delete;
    ~Sha256Repository() {
        std::error_code ignored;
        fs::remove_all(storage, ignored);
    }

    http::Response ask(const std::string& action, const std::string& changes) {
        return server.shell_post(
            "allowed",
            fmt::format(
                R"({{"user_id":7,"gl_repository":"project-1","action":"{}","protocol":"ssh",)"
                R"("changes":"{}"}})",
                action,
                changes
            )
        );
    }

    fs::path storage;
    TestDatabase database;
    InProcessServer server{settings::PoolName::internal, database};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_repository_formats)

BOOST_DATA_TEST_CASE(sha256_repositories_can_be_fetched, data::make(dialects()), dialect) {
    Sha256Repository repository{dialect};
    const http::Response fetch = repository.ask("git-upload-pack", "_any");
    BOOST_TEST(fetch.status == 200, fetch.body);
    const http::Response push = repository.ask("git-receive-pack", "_any");
    BOOST_TEST(push.status == 200, push.body);
}

BOOST_DATA_TEST_CASE(what_is_pushed_into_them_cannot_be_checked, data::make(dialects()), dialect) {
    Sha256Repository repository{dialect};
    const std::string changes =
        fmt::format(R"({} {} refs/heads/topic\n)", std::string(64, 'a'), std::string(64, 'b'));
    const http::Response push = repository.ask("git-receive-pack", changes);
    BOOST_TEST(push.status == 401, push.body);
    BOOST_TEST(push.body.find("administrator") != std::string::npos, push.body);
    BOOST_TEST(
        repository.server.log_detail().find("objectformat=sha256") != std::string::npos,
        repository.server.log_detail()
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

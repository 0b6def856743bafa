#include "tests/support/test_database.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <ostream>
#include <set>
#include <stdexcept>
#include <unistd.h>

#include "sql/migrations.hpp"
#include <fmt/format.h>

#include "app/db/migrator.hpp"
#include "tests/support/demo_data.hpp"

namespace innergate::db {

std::ostream& operator<<(std::ostream& out, Dialect dialect) {
    return out << test::to_string(dialect);
}

}  // namespace innergate::db

namespace innergate::test {
namespace {

constexpr std::string_view kFileName = "innergate.db";

std::string environment(const char* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment.
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string{} : std::string{value};
}

std::string postgresql_url() {
    return environment("INNERGATE_TEST_POSTGRESQL_URL");
}

std::vector<db::Dialect> reachable_dialects() {
    if (!postgresql_url().empty()) {
        return {db::Dialect::sqlite, db::Dialect::postgresql};
    }
    if (!environment("CI").empty()) {
        throw std::runtime_error{
            "INNERGATE_TEST_POSTGRESQL_URL is not set, and in CI nothing is skipped"};
    }
    std::cerr
        << "SKIPPED: everything on PostgreSQL, because INNERGATE_TEST_POSTGRESQL_URL is not set\n";
    return {db::Dialect::sqlite};
}

/// The server's URL with another database: `postgresql://user@host:port/NAME?…`.
std::string url_of_database(const std::string& server_url, const std::string& name) {
    const std::size_t authority = server_url.find("://") + 3;
    const std::size_t query = std::min(server_url.find('?'), server_url.size());
    const std::size_t slash = std::min(server_url.find('/', authority), query);
    return server_url.substr(0, slash) + "/" + name + server_url.substr(query);
}

db::Options options_for(const std::string& url, int schema_version, const Timeouts& timeouts = {}) {
    settings::Database database;
    database.url = url;
    database.busy_timeout = timeouts.busy;
    database.statement_timeout = timeouts.statement;
    auto options = db::make_options(database, "innergate-test");
    if (!options) {
        throw std::runtime_error{options.error()};
    }
    options->schema_version = schema_version;
    options->missing_file = db::MissingFile::create;
    return *options;
}

int newest_version() {
    return sql::migrations().back().version;
}

void migrate(const std::string& url) {
    db::Usage usage;
    db::Session session{options_for(url, 0), usage};
    db::Migrator{session, sql::migrations()}.migrate();
}

void on_server(const std::string& sql) {
    db::Usage usage;
    db::Session session{options_for(postgresql_url(), 0), usage};
    session.execute_once(sql);
}

std::string unique_name() {
    static std::atomic<int> counter{0};
    return fmt::format("innergate_test_{}_{}", ::getpid(), ++counter);
}

std::filesystem::path make_folder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "innergate-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error{"cannot make a temporary folder"};
    }
    return pattern;
}

std::string create_postgresql(const std::string& name, Content content);

/// Drops what it names when the program ends.
struct Template {
    std::string name = unique_name();
    explicit Template(Content content) {
        const std::string url = url_of_database(postgresql_url(), name);
        if (content == Content::demo) {
            create_postgresql(name, Content::migrated);
            import_demo_data(options_for(url, newest_version()));
        } else {
            on_server("create database " + name);
            migrate(url);
        }
    }
    Template(const Template&) = delete;
    Template& operator=(const Template&) = delete;
    ~Template() {
        try {
            on_server("drop database if exists " + name);
        } catch (const std::exception& error) {
            std::cerr << "left behind: database " << name << ": " << error.what() << '\n';
        }
    }
};

const Template& migrated_template() {
    static const Template original{Content::migrated};
    return original;
}

const Template& template_with_demo() {
    static const Template original{Content::demo};
    return original;
}

std::string create_postgresql(const std::string& name, Content content) {
    if (content == Content::empty) {
        on_server("create database " + name);
    } else {
        const std::string& original =
            content == Content::demo ? template_with_demo().name : migrated_template().name;
        on_server(fmt::format("create database {} template {}", name, original));
    }
    return url_of_database(postgresql_url(), name);
}

/// One file for the whole run, gone with it.
struct DemoFile {
    std::filesystem::path folder = make_folder();
    DemoFile() {
        const std::string url = "sqlite:" + file().string();
        migrate(url);
        import_demo_data(options_for(url, newest_version()));
    }
    DemoFile(const DemoFile&) = delete;
    DemoFile& operator=(const DemoFile&) = delete;
    ~DemoFile() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    [[nodiscard]] std::filesystem::path file() const { return folder / kFileName; }
};

std::string create_sqlite(const std::filesystem::path& folder, Content content) {
    std::string url = "sqlite:" + (folder / kFileName).string();
    if (content == Content::migrated) {
        migrate(url);
    } else if (content == Content::demo) {
        static const DemoFile original;
        std::filesystem::copy_file(original.file(), folder / kFileName);
    }
    return url;
}

}  // namespace

const std::vector<db::Dialect>& dialects() {
    static const std::vector<db::Dialect> reachable = reachable_dialects();
    return reachable;
}

std::vector<db::Dialect> only(db::Dialect dialect) {
    const bool is_there = std::ranges::find(dialects(), dialect) != dialects().end();
    return is_there ? std::vector{dialect} : std::vector<db::Dialect>{};
}

std::string_view to_string(db::Dialect dialect) {
    return dialect == db::Dialect::sqlite ? "sqlite" : "postgresql";
}

TestDatabase::TestDatabase(db::Dialect dialect, Content content)
    : dialect_(dialect),
      name_(unique_name()),
      folder_(dialect == db::Dialect::sqlite ? make_folder() : std::filesystem::path{}),
      url_(
          dialect == db::Dialect::sqlite ? create_sqlite(folder_, content)
                                         : create_postgresql(name_, content)
      ),
      session_(options_for(url_, 0), usage_) {}

TestDatabase::~TestDatabase() {
    try {
        destroy();
    } catch (const std::exception& error) {
        std::cerr << "left behind: database " << name_ << ": " << error.what() << '\n';
    }
}

void TestDatabase::destroy() {
    session_.close();
    if (dialect_ == db::Dialect::sqlite) {
        std::filesystem::remove_all(folder_);
    } else {
        on_server(fmt::format("drop database if exists {} with (force)", name_));
    }
}

db::Options TestDatabase::options(const Timeouts& timeouts) const {
    db::Options options = options_for(url_, newest_version(), timeouts);
    options.missing_file = db::MissingFile::refuse;
    return options;
}

std::string TestDatabase::look(const std::string& sql) {
    // A session knows its statements by the address of their text.
    static std::set<std::string> texts;
    std::string all;
    std::optional<std::string> value;
    session_.fetch_each(
        db::Query{"test.look", *texts.insert(sql).first},
        [&] { all += (all.empty() ? "" : " ") + value.value_or("null"); },
        soci::into(value)
    );
    return all;
}

std::filesystem::path TestDatabase::file() const {
    return folder_ / kFileName;
}

TestDatabase& SharedDatabases::on(db::Dialect dialect) {
    std::unique_ptr<TestDatabase>& database = databases_[dialect];
    if (database == nullptr) {
        database = std::make_unique<TestDatabase>(dialect);
        fill_(*database);
    }
    return *database;
}

}  // namespace innergate::test

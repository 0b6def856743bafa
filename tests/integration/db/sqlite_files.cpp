// Trouble with a SQLite file: locked, full, read-only, gone, broken.
#include <fstream>
#include <memory>
#include <string_view>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "app/db/database_file.hpp"
#include "tests/integration/db/things.hpp"

namespace innergate::test {
namespace {

using db::Dialect;
using db::Query;
using std::chrono::steady_clock;

constexpr Query kVersionPage{
    "test.version_page", "select rootpage from sqlite_schema where name = 'schema_migrations'"};

template <class Action>
std::string reason_of(const Action& action) {
    try {
        action();
    } catch (const db::Unavailable& unavailable) {
        return unavailable.what();
    }
    BOOST_FAIL("nothing was thrown");
    return {};
}

void check_contains(const std::string& text, std::string_view part) {
    BOOST_TEST(text.find(part) != std::string::npos, text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sqlite_files)

BOOST_AUTO_TEST_CASE(locked_database_is_unavailable_for_writes_after_the_busy_timeout) {
    Things things{
        Dialect::sqlite,
        {.busy = std::chrono::seconds{1}, .statement = std::chrono::milliseconds{10'000}}};
    things.add(1, "one");
    things.database.session().execute_once("begin immediate");
    const auto start = steady_clock::now();
    check_contains(reason_of([&] { things.add(2, "two"); }), "things.add: ");
    const auto waited = steady_clock::now() - start;
    BOOST_TEST((waited >= std::chrono::milliseconds{900}));
    BOOST_TEST((waited < std::chrono::seconds{5}));
    BOOST_TEST(things.find(1).value() == "one");
    things.database.session().execute_once("commit");
    things.add(2, "two");
    BOOST_TEST(things.count() == 2);
}

BOOST_AUTO_TEST_CASE(full_disk_is_unavailable_for_writes_and_serves_reads) {
    Things things{Dialect::sqlite};
    things.add(1, "one");
    things.session.execute_once("pragma max_page_count = 1");
    const std::string large(1'000'000, 'x');
    const std::string reason = reason_of([&] { things.add(2, large); });
    check_contains(reason, "full");
    BOOST_TEST(reason.size() < 200U);
    BOOST_TEST(things.find(1).value() == "one");
    BOOST_TEST(things.count() == 1);
    things.session.execute_once("pragma max_page_count = 1000000");
    things.add(2, large);
    BOOST_TEST(things.count() == 2);
}

BOOST_AUTO_TEST_CASE(read_only_file_is_unavailable_for_writes_and_serves_reads) {
    Things things{Dialect::sqlite};
    things.add(1, "one");
    // Not by the file's mode, which means nothing to root.
    db::Options options = things.database.options();
    options.connection_string += " readonly=true";
    db::Usage usage;
    db::Session session{options, usage};
    BOOST_TEST(Things::find(session, 1).value() == "one");
    check_contains(reason_of([&] { Things::add(session, 2, "two"); }), "readonly");
    BOOST_TEST(Things::find(session, 1).value() == "one");
}

BOOST_AUTO_TEST_CASE(missing_file_is_unavailable_and_not_created) {
    TestDatabase database{Dialect::sqlite};
    db::Usage usage;
    db::Session session{database.options(), usage};
    database.session().close();
    std::filesystem::remove(database.file());
    const std::string reason = reason_of([&] { session.ping(); });
    BOOST_TEST(reason == "there is no database file " + database.file().string());
    BOOST_TEST(!std::filesystem::exists(database.file()));
}

// By a rename, as a restored copy is put in place: what is written then would be lost.
BOOST_AUTO_TEST_CASE(replaced_file_is_unavailable_until_it_is_back) {
    Things things{Dialect::sqlite};
    things.add(1, "one");
    const auto file = things.database.file();
    db::Options options = things.database.options();
    options.file = std::make_shared<db::DatabaseFile>(file.string());
    db::Usage usage;
    db::Session session{options, usage};
    db::Session late{options, usage};
    BOOST_TEST(Things::find(session, 1).value() == "one");
    const auto moved = file.string() + ".moved";
    const auto other = file.string() + ".other";
    std::filesystem::copy_file(file, other);
    std::filesystem::rename(file, moved);
    std::filesystem::rename(other, file);
    const auto is_refused = [](db::Session& asked) {
        try {
            asked.ping();
        } catch (const db::Unavailable& unavailable) {
            return std::string_view{unavailable.what()}.find("was replaced") !=
                   std::string_view::npos;
        }
        return false;
    };
    while (!is_refused(session)) {
        std::this_thread::yield();
    }
    check_contains(reason_of([&] { Things::add(session, 2, "two"); }), "was replaced");
    BOOST_TEST(is_refused(late));
    std::filesystem::rename(moved, file);
    while (is_refused(session)) {
        std::this_thread::yield();
    }
    Things::add(session, 2, "two");
    BOOST_TEST(things.count() == 2);
}

BOOST_AUTO_TEST_CASE(file_that_is_no_database_is_unavailable) {
    TestDatabase database{Dialect::sqlite};
    database.session().close();
    std::ofstream{database.file(), std::ios::trunc} << std::string(4096, '?');
    db::Usage usage;
    db::Session session{database.options(), usage};
    check_contains(reason_of([&] { session.ping(); }), "not a database");
    BOOST_TEST(!session.is_open());
}

// The file opens and its schema can be read; the table that the session looks at first is rubbish.
BOOST_AUTO_TEST_CASE(broken_page_is_unavailable) {
    constexpr int kPageSize = 4096;
    TestDatabase database{Dialect::sqlite};
    int page = 0;
    database.session().fetch_one(kVersionPage, soci::into(page));
    database.session().close();
    {
        std::fstream file{database.file(), std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(std::streamoff{page - 1} * kPageSize);
        file << std::string(kPageSize, '?');
    }
    db::Usage usage;
    db::Session session{database.options(), usage};
    check_contains(reason_of([&] { session.ping(); }), "malformed");
    BOOST_TEST(!session.is_open());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test

#include "app/db/database_file.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

namespace innergate::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr DatabaseFile::Clock::time_point kStart{std::chrono::hours{1}};

class Fixture {
public:
    Fixture() {
        std::filesystem::create_directories(folder);
        write("data.db");
    }
    Fixture(const Fixture&) = delete;
    Fixture& operator=(const Fixture&) = delete;
    ~Fixture() { std::filesystem::remove_all(folder); }

    void write(const char* name) const { std::ofstream{folder / name} << name; }
    void rename(const char* from, const char* to) const {
        std::filesystem::rename(folder / from, folder / to);
    }

    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("innergate-file-" + std::to_string(::getpid()));
    DatabaseFile file{folder / "data.db"};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(database_file, Fixture)

BOOST_AUTO_TEST_CASE(the_same_file_stays_whatever_is_written_to_it) {
    BOOST_TEST(file.remember());
    BOOST_TEST(!file.is_replaced(kStart));
    write("data.db");
    BOOST_TEST(!file.is_replaced(kStart + seconds{1}));
}

BOOST_AUTO_TEST_CASE(another_one_in_its_place_is_noticed) {
    BOOST_TEST(file.remember());
    write("new.db");
    rename("new.db", "data.db");
    BOOST_TEST(file.is_replaced(kStart));
    BOOST_TEST(!file.remember());  // a session that opens now does not settle it anew
    BOOST_TEST(file.is_replaced(kStart + seconds{1}));
}

BOOST_AUTO_TEST_CASE(one_that_goes_and_comes_back_is_the_same) {
    BOOST_TEST(file.remember());
    rename("data.db", "away.db");
    BOOST_TEST(file.is_replaced(kStart));
    rename("away.db", "data.db");
    BOOST_TEST(!file.is_replaced(kStart + seconds{1}));
}

BOOST_AUTO_TEST_CASE(the_path_is_looked_at_once_a_second) {
    BOOST_TEST(file.remember());
    BOOST_TEST(!file.is_replaced(kStart));
    rename("data.db", "away.db");
    BOOST_TEST(!file.is_replaced(kStart + milliseconds{999}));
    BOOST_TEST(file.is_replaced(kStart + milliseconds{1000}));
    rename("away.db", "data.db");
    BOOST_TEST(file.is_replaced(kStart + milliseconds{1999}));
    BOOST_TEST(!file.is_replaced(kStart + milliseconds{2000}));
}

BOOST_AUTO_TEST_CASE(who_opens_another_one_tells_the_others) {
    BOOST_TEST(file.remember());
    BOOST_TEST(!file.is_replaced(kStart));
    write("new.db");
    rename("new.db", "data.db");
    BOOST_TEST(!file.remember());
    BOOST_TEST(file.is_replaced(kStart));
}

BOOST_AUTO_TEST_CASE(nothing_is_replaced_before_it_was_opened) {
    rename("data.db", "away.db");
    BOOST_TEST(!file.is_replaced(kStart));
    BOOST_TEST(file.remember());
    BOOST_TEST(!file.is_replaced(kStart + seconds{1}));
}

BOOST_AUTO_TEST_CASE(memory_is_no_file) {
    DatabaseFile memory{":memory:"};
    BOOST_TEST(memory.remember());
    BOOST_TEST(!memory.is_replaced(kStart));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::db

#include "app/db/options.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

namespace innergate::db {
namespace {

struct UrlFile {
    std::string path =
        (std::filesystem::temp_directory_path() / ("innergate-url-" + std::to_string(::getpid())))
            .string();

    UrlFile() = default;
    UrlFile(const UrlFile&) = delete;
    UrlFile& operator=(const UrlFile&) = delete;
    ~UrlFile() { std::filesystem::remove(path); }

    void write(const std::string& text) const {
        std::ofstream{path} << text;
        BOOST_REQUIRE(::chmod(path.c_str(), 0600) == 0);
    }

    [[nodiscard]] tl::expected<Options, std::string> options() const {
        settings::Database settings;
        settings.url_file = path;
        return make_options(settings, "innergate-test");
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(database_options, UrlFile)

BOOST_AUTO_TEST_CASE(url_stands_in_a_file) {
    write("postgresql://me:hunter2@db.example.com/innergate\n");
    const auto found = options();
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->connection_string.find("hunter2") != std::string::npos);
    BOOST_TEST(found->shown_as == "postgresql database 'innergate' on 'db.example.com'");
}

BOOST_AUTO_TEST_CASE(errors_name_the_setting_and_never_the_content) {
    BOOST_TEST(options().error().starts_with("database.url_file: secret file " + path));
    write("mysql://me:hunter2@host/db");
    BOOST_TEST(options().error() == "database.url_file must start with sqlite: or postgresql://");
    settings::Database settings;
    settings.url = "mysql://host";
    BOOST_TEST(
        make_options(settings, "innergate-test").error() ==
        "database.url must start with sqlite: or postgresql://"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::db

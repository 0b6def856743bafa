#include "admin/doctor/service_account.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <sstream>
#include <string>
#include <unistd.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/settings/settings.hpp"
#include "tests/support/repository_files.hpp"

namespace innergate::admin::doctor {
namespace {

namespace data = boost::unit_test::data;

// Debian's account that owns nothing: it is never the owner of a file here, nor in its group.
const std::string kStranger = "nobody";

class TemporaryFile {
public:
    TemporaryFile() {
        const int descriptor = ::mkstemp(path_.data());
        BOOST_REQUIRE(descriptor >= 0);
        ::close(descriptor);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

    [[nodiscard]] const std::string& path() const { return path_; }
    void set_mode(unsigned mode) const {
        std::filesystem::permissions(path_, static_cast<std::filesystem::perms>(mode));
    }

private:
    std::string path_ = (std::filesystem::temp_directory_path() / "innergate.XXXXXX").string();
};

struct Example {
    const char* name;
    unsigned mode;
    FileUse use;
    bool may;

    friend std::ostream& operator<<(std::ostream& out, const Example& example) {
        return out << example.name;
    }
};

const std::array<Example, 6> kExamples{{
    {"a file of its owner's", 0600, FileUse::read, false},
    {"a file of its group's", 0660, FileUse::read, false},
    {"a file that all may read", 0644, FileUse::read, true},
    {"a file that all may read is written", 0644, FileUse::read_and_write, false},
    {"a file that all may read and write", 0666, FileUse::read_and_write, true},
    {"a file that all may write but not read", 0602, FileUse::read_and_write, false},
}};

BOOST_AUTO_TEST_SUITE(service_account)

BOOST_DATA_TEST_CASE(stranger_has_the_rights_of_others, data::make(kExamples), example) {
    const TemporaryFile file;
    file.set_mode(example.mode);
    const auto reason = why_account_may_not(file.path(), example.use, kStranger);
    BOOST_TEST(!reason.has_value() == example.may);
    if (reason) {
        BOOST_TEST(reason->find(file.path()) != std::string::npos);
        BOOST_TEST(reason->find(kStranger) != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(root_may_do_everything) {
    const TemporaryFile file;
    file.set_mode(0);
    BOOST_TEST(!why_account_may_not(file.path(), FileUse::read_and_write, "root").has_value());
}

BOOST_AUTO_TEST_CASE(account_that_is_not_here_is_no_fault) {
    const TemporaryFile file;
    BOOST_TEST(!why_account_may_not(file.path(), FileUse::read, "no-such-account-here").has_value()
    );
}

BOOST_AUTO_TEST_CASE(file_that_is_not_here_is_reported_by_others) {
    BOOST_TEST(!why_account_may_not("/nonexistent/file", FileUse::read, kStranger).has_value());
}

BOOST_AUTO_TEST_CASE(what_the_units_hand_over_is_known) {
    for (const char* unit :
         {"systemd/innergate@.service",
          "systemd/innergate@internal.service.d/secrets.conf",
          "systemd/innergate-jobs.service"}) {
        std::istringstream lines{test::repository_file(unit)};
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("LoadCredential=")) {
                BOOST_TEST(is_handed_over(line.substr(line.find(':') + 1)), line);
            }
        }
    }
    BOOST_TEST(!is_handed_over("/srv/shell_secret"));
}

BOOST_AUTO_TEST_CASE(own_file_is_no_strangers) {
    const TemporaryFile file;
    BOOST_TEST(!belongs_to_stranger(file.path(), kStranger));
}

BOOST_AUTO_TEST_CASE(pools_that_listen_on_their_own_run_under_any_account) {
    settings::Settings settings;
    settings.pools.at(settings::PoolName::internal).listen = "unix:internal.sock";
    settings.pools.at(settings::PoolName::public_).listen = "unix:public.sock";
    BOOST_TEST(!account_of_pools(settings).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::admin::doctor

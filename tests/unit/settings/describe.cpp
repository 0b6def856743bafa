#include "app/settings/describe.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/repository_files.hpp"

namespace innergate::settings {

using test::repository_file;

BOOST_AUTO_TEST_SUITE(settings_documents)

// innergate-admin settings --example > systemd/innergate.conf
BOOST_AUTO_TEST_CASE(example_file_is_the_generated_one) {
    BOOST_TEST(repository_file("systemd/innergate.conf") == example_file());
}

// innergate-admin settings --markdown prints the tables; the page's own words stand above them.
BOOST_AUTO_TEST_CASE(documentation_ends_with_the_generated_tables) {
    BOOST_TEST(repository_file("docs/configuration.md").ends_with(markdown()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::settings

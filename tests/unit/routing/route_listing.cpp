#include "app/routing/route_listing.hpp"

#include <sstream>

#include <boost/test/unit_test.hpp>

#include "handlers/path_tables.hpp"
#include "tests/support/repository_files.hpp"

namespace innergate::routing {
namespace {

/// Header and rows of the routes that take a personal access token, of both pools.
std::string routes_by_token() {
    std::string text;
    for (const settings::PoolName pool :
         {settings::PoolName::internal, settings::PoolName::public_}) {
        std::istringstream lines{
            routes_as_markdown(handlers::path_table(pool), settings::to_string(pool))};
        std::size_t number = 0;
        for (std::string line; std::getline(lines, line); ++number) {
            const bool is_header = number < 2 && pool == settings::PoolName::internal;
            if (is_header || line.find("personal_access_token |") != std::string::npos ||
                line.find("administrator_token |") != std::string::npos) {
                text += line + "\n";
            }
        }
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(route_listings)

// innergate-pool --pool internal|public --print-routes=markdown prints the rows.
BOOST_AUTO_TEST_CASE(page_of_subscriptions_has_the_generated_table) {
    const std::string table = routes_by_token();
    BOOST_TEST(
        (test::repository_file("docs/subscriptions.md").find("\n" + table + "\n") !=
         std::string::npos),
        "docs/subscriptions.md lacks this table:\n"
            << table
    );
}

BOOST_AUTO_TEST_CASE(markdown_names_members_of_objects) {
    const std::string table =
        routes_as_markdown(handlers::path_table(settings::PoolName::internal), "internal");
    BOOST_TEST(
        (table.find("vulnerability:object{name:string severity:string") != std::string::npos), table
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::routing

#include "app/routing/route_listing.hpp"

#include <algorithm>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <initializer_list>

#include "app/routing/reply_listing.hpp"
#include "handlers/path_tables.hpp"
#include "tests/support/repository_files.hpp"

namespace innergate::routing {
namespace {

/// Header and rows of the routes of both pools under policies whose names end in one of these.
std::string routes_under(std::initializer_list<std::string_view> policies) {
    std::string text;
    for (const settings::PoolName pool :
         {settings::PoolName::internal, settings::PoolName::public_}) {
        std::istringstream lines{
            routes_as_markdown(handlers::path_table(pool), settings::to_string(pool))};
        std::size_t number = 0;
        for (std::string line; std::getline(lines, line); ++number) {
            const bool is_header = number < 2 && pool == settings::PoolName::internal;
            const bool is_asked_for = std::ranges::any_of(policies, [&line](auto policy) {
                return line.find(fmt::format("{} |", policy)) != std::string::npos;
            });
            if (is_header || is_asked_for) {
                text += line + "\n";
            }
        }
    }
    return text;
}

void check_page(const char* page, std::initializer_list<std::string_view> policies) {
    const std::string table = routes_under(policies);
    BOOST_TEST(
        (test::repository_file(page).find("\n" + table + "\n") != std::string::npos),
        page << " lacks this table:\n"
             << table
    );
}

}  // namespace

BOOST_AUTO_TEST_SUITE(route_listings)

// innergate-pool --pool internal|public --print-routes=markdown prints the rows.
BOOST_AUTO_TEST_CASE(page_of_subscriptions_has_the_generated_table) {
    check_page("docs/subscriptions.md", {"personal_access_token", "administrator_token"});
}

BOOST_AUTO_TEST_CASE(page_of_scim_has_the_generated_table) {
    check_page("docs/scim.md", {"scim_token", "scim_discovery"});
}

// innergate-pool --pool internal|public --print-routes=limits prints the rows.
BOOST_AUTO_TEST_CASE(page_of_limits_has_the_generated_tables) {
    for (const settings::PoolName pool :
         {settings::PoolName::internal, settings::PoolName::public_}) {
        const std::string table =
            limits_as_markdown(handlers::path_table(pool), settings::to_string(pool));
        BOOST_TEST(
            (test::repository_file("docs/limits.md").find("\n" + table + "\n") != std::string::npos
            ),
            "docs/limits.md lacks this table:\n"
                << table
        );
    }
}

// innergate-pool --pool internal|public --print-routes=replies prints them.
BOOST_AUTO_TEST_CASE(page_of_replies_has_the_generated_tables) {
    for (const settings::PoolName pool :
         {settings::PoolName::internal, settings::PoolName::public_}) {
        const std::string tables = replies_as_markdown(handlers::path_table(pool));
        BOOST_TEST(
            (test::repository_file("docs/replies.md").find("\n" + tables) != std::string::npos),
            "docs/replies.md lacks these tables:\n"
                << tables
        );
    }
}

BOOST_AUTO_TEST_CASE(replies_say_types_alternatives_and_what_may_be_left_out) {
    const std::string tables =
        replies_as_markdown(handlers::path_table(settings::PoolName::internal));
    const auto has = [&tables](std::string_view text) {
        return tables.find(text) != std::string::npos;
    };
    BOOST_TEST(has("| `gl_key_type` | `\"key\"` or `\"deploy_key\"` | may be left out | "), tables);
    BOOST_TEST(has("| `gitaly.repository.storage_name` | string | always | "), tables);
    BOOST_TEST(has("| `messages[].message` | string | always | "), tables);
    BOOST_TEST(has("\n401, 404, 422, 503: object with\n"), tables);
    BOOST_TEST(has("`POST /api/v4/internal/two_factor_manual_otp_check`<br>\n"), tables);
}

BOOST_AUTO_TEST_CASE(limits_name_lists_within_objects) {
    const std::string table =
        limits_as_markdown(handlers::path_table(settings::PoolName::internal), "internal");
    const auto has = [&table](std::string_view text) {
        return table.find(text) != std::string::npos;
    };
    BOOST_TEST(has("| internal | 1 MiB | `vulnerability[identifiers]` 100 |\n"), table);
    BOOST_TEST(has("| `limits.max_body_bytes` | `gl_repository` 1024 bytes, `push_options` 10000 |")
    );
    BOOST_TEST(has("`/api/v4/internal/check` | internal | 1 MiB | - |"));
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

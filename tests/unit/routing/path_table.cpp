#include "app/routing/path_table.hpp"

#include <array>
#include <stdexcept>

#include <boost/test/unit_test.hpp>

namespace innergate::routing {
namespace {

Route row(http::Method method, std::string_view pattern) {
    return Route{
        .method = method,
        .pattern = pattern,
        .auth = auth::kNone,
        .operation = {},
        .summary = "for tests",
        .answers = {},
    };
}

Route row_of_numbers(http::Method method, std::string_view pattern) {
    Route route = row(method, pattern);
    route.takes_numbers_only = true;
    return route;
}

const std::array kRows{
    row(http::Method::get, "/users/:id"),
    row(http::Method::put, "/users/:id"),
    row(http::Method::get, "/users/all"),
    row(http::Method::post, "/users"),
    row_of_numbers(http::Method::get, "/:id/keys"),
    row(http::Method::get, "/groups/*path/Users"),
    row(http::Method::get, "/groups/*path/Users/*id"),
    row(http::Method::get, "/groups/*path/Schemas"),
};
constexpr std::array kAreas{Area{"test", kRows}};

Result<PathTable::Match> match(http::Method method, std::string_view path) {
    static const PathTable table{kAreas};
    return table.match(method, http::PathSegments::parse(path).value());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(path_tables)

BOOST_AUTO_TEST_CASE(literal_beats_parameter) {
    BOOST_TEST(match(http::Method::get, "/users/all")->route->pattern == "/users/all");
    BOOST_TEST(match(http::Method::get, "/users/7")->route->pattern == "/users/:id");
}

BOOST_AUTO_TEST_CASE(less_specific_row_serves_the_method_the_other_lacks) {
    BOOST_TEST(match(http::Method::put, "/users/all")->route->pattern == "/users/:id");
}

BOOST_AUTO_TEST_CASE(parameters_are_bound_decoded) {
    const auto matched = match(http::Method::get, "/users/a%2Fb");
    BOOST_REQUIRE(matched.has_value());
    BOOST_TEST(matched->path_parameters.front().name == "id");
    BOOST_TEST(*matched->path_parameters.front().value.string() == "a/b");
}

BOOST_AUTO_TEST_CASE(row_of_numbers_serves_no_words) {
    BOOST_TEST(match(http::Method::get, "/12/keys")->route->pattern == "/:id/keys");
    BOOST_TEST(match(http::Method::get, "/users/keys")->route->pattern == "/users/:id");
    BOOST_TEST((match(http::Method::get, "/people/keys").error().code == ErrorCode::not_found));
    BOOST_TEST((match(http::Method::post, "/1a/keys").error().code == ErrorCode::not_found));
    BOOST_TEST((match(http::Method::post, "/1/keys").error().code == ErrorCode::method_not_allowed)
    );
}

BOOST_AUTO_TEST_CASE(parameters_of_several_segments) {
    const auto bound = [](std::string_view path) {
        const auto matched = match(http::Method::get, path);
        std::string text = matched ? std::string{matched->route->pattern} : "none";
        for (std::size_t at = 0; matched && at < matched->path_parameters.size(); ++at) {
            text += " " + *matched->path_parameters[at].value.string();
        }
        return text;
    };
    BOOST_TEST(bound("/groups/a/Users") == "/groups/*path/Users a");
    BOOST_TEST(bound("/groups/a/b%2Fc/Users/") == "/groups/*path/Users a/b/c");
    BOOST_TEST(bound("/groups/a/Users/x%40y/z") == "/groups/*path/Users/*id a x@y/z");
    // The first word that may end the group's path does, but for the first segment.
    BOOST_TEST(bound("/groups/Users/Users") == "/groups/*path/Users Users");
    BOOST_TEST(bound("/groups/a/Users/Schemas") == "/groups/*path/Users/*id a Schemas");
    BOOST_TEST(bound("/groups/a/Schemas") == "/groups/*path/Schemas a");
    for (const std::string_view path :
         {"/groups/a/b", "/groups/Users", "/groups", "/groups/a/Schemas/Users"}) {
        BOOST_TEST(bound(path) == "none", path);
    }
}

BOOST_AUTO_TEST_CASE(head_is_answered_as_get) {
    BOOST_TEST(match(http::Method::head, "/users/7")->route->pattern == "/users/:id");
}

BOOST_AUTO_TEST_CASE(unknown_path_is_not_found) {
    for (const std::string_view path : {"/", "/user", "/users/7/keys", "/Users"}) {
        BOOST_TEST((match(http::Method::get, path).error().code == ErrorCode::not_found), path);
    }
}

BOOST_AUTO_TEST_CASE(other_method_names_those_there_are) {
    const auto matched = match(http::Method::delete_, "/users/all");
    BOOST_REQUIRE(!matched.has_value());
    BOOST_TEST((matched.error().code == ErrorCode::method_not_allowed));
    BOOST_TEST(matched.error().allow == "GET, HEAD, PUT");
}

BOOST_AUTO_TEST_CASE(rows_that_cannot_be_told_apart_are_refused) {
    const std::array rows{row(http::Method::get, "/a/:b"), row(http::Method::get, "/a/:c")};
    const std::array areas{Area{"test", rows}};
    BOOST_CHECK_THROW(PathTable{areas}, std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::routing

#include "app/routing/openapi.hpp"

#include <set>

#include <boost/test/unit_test.hpp>

#include "app/ascii.hpp"
#include "app/json/reader.hpp"
#include "app/routing/route_listing.hpp"
#include "handlers/path_tables.hpp"
#include "tests/support/documented_answers.hpp"
#include "tests/support/repository_files.hpp"

namespace innergate::routing {
namespace {

constexpr std::array kPools{settings::PoolName::internal, settings::PoolName::public_};

/// In path and query, and of the body where it has members.
std::size_t number_of_parameters(const json::Value& operation) {
    std::size_t number = operation.find("parameters")->array()->size();
    if (const json::Value* const body = operation.find("requestBody")) {
        const json::Value* const properties =
            body->find("content")->object()->front().value.find("schema")->find("properties");
        number += properties == nullptr ? 0 : properties->object()->size();
    }
    return number;
}

const json::Value* operation_of(const json::Value& document, const Route& route) {
    const json::Value* const path =
        document.find("paths")->find(test::documented_path(route.pattern));
    return path == nullptr ? nullptr : path->find(ascii::lower(http::to_string(route.method)));
}

/// The handler's, and those of the path that the policy reads.
std::size_t number_of_parameters(const Route& route) {
    const auto of_policy =
        std::ranges::count_if(route.auth.path_parameters, [&route](const auto& parameter) {
            return is_path_parameter(route, parameter.name);
        });
    return route.operation.parameters.size() + static_cast<std::size_t>(of_policy);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(openapi)

BOOST_AUTO_TEST_CASE(document_has_the_rows_of_the_table_and_no_others) {
    for (const settings::PoolName pool : kPools) {
        const PathTable table = handlers::path_table(pool);
        const auto document = json::parse(openapi_document(table, "test"));
        BOOST_REQUIRE(document.has_value());
        std::size_t operations = 0;
        for (const json::Member& path : *document->find("paths")->object()) {
            operations += path.value.object()->size();
        }
        BOOST_TEST(operations == table.routes().size());
        for (const Route* const route : table.routes()) {
            const json::Value* const operation = operation_of(*document, *route);
            BOOST_REQUIRE_MESSAGE(operation != nullptr, route->pattern);
            BOOST_TEST(*operation->find("summary")->string() == route->summary);
            const std::string folder = *operation->find("tags")->array()->front().string();
            BOOST_TEST(
                !test::repository_file("handlers/" + folder + "/routes.cpp").empty(), folder
            );
            BOOST_TEST(number_of_parameters(*operation) == number_of_parameters(*route));
            BOOST_TEST(
                operation->find("security")->array()->size() == route->auth.credentials.size()
            );
            for (const Answer& answer : route->answers) {
                BOOST_TEST(
                    operation->find("responses")->find(std::to_string(answer.status)) != nullptr
                );
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(operations_have_names_of_their_own) {
    for (const settings::PoolName pool : kPools) {
        const auto document = json::parse(handlers::openapi_document(pool)).value();
        std::set<std::string> names;
        std::size_t operations = 0;
        for (const json::Member& path : *document.find("paths")->object()) {
            for (const json::Member& operation : *path.value.object()) {
                names.insert(*operation.value.find("operationId")->string());
                ++operations;
            }
        }
        BOOST_TEST(names.size() == operations);
    }
    BOOST_TEST(
        handlers::openapi_document(settings::PoolName::public_)
            .find("\"get_api_scim_v2_application_users_id\"") != std::string::npos
    );
}

BOOST_AUTO_TEST_CASE(every_example_is_what_its_schema_describes) {
    for (const settings::PoolName pool : kPools) {
        const PathTable table = handlers::path_table(pool);
        for (const Route* const route : table.routes()) {
            for (const Answer& answer : route->answers) {
                http::Response response;
                response.status = answer.status;
                response.body = answer.example;
                response.content_type = test::documented_type(table, *route, answer.status);
                const std::string fault = test::undocumented_part(table, *route, response);
                BOOST_TEST(fault.empty(), fault);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(answer_that_breaks_its_schema_is_seen) {
    const PathTable table = handlers::path_table(settings::PoolName::internal);
    const auto discover = std::ranges::find(
        table.routes(), std::string_view{"/api/v4/internal/discover"}, &Route::pattern
    );
    BOOST_REQUIRE(discover != table.routes().end());
    http::Response response;
    response.body = R"({"id":"7","name":"Dede Eichmann","username":"rubi"})";
    BOOST_TEST(
        test::undocumented_part(table, **discover, response).find("#/id breaks type") !=
        std::string::npos
    );
    response.body = R"({"id":7,"username":"rubi"})";
    BOOST_TEST(!test::undocumented_part(table, **discover, response).empty());
    response.body = "null";
    BOOST_TEST(test::undocumented_part(table, **discover, response).empty());
    response.status = 418;
    BOOST_TEST(!test::undocumented_part(table, **discover, response).empty());
}

BOOST_AUTO_TEST_CASE(writes_take_a_body_of_each_media_type) {
    const auto document =
        json::parse(handlers::openapi_document(settings::PoolName::internal)).value();
    const json::Value* const body = document.find("paths")
                                        ->find("/api/v4/internal/personal_access_token")
                                        ->find("post")
                                        ->find("requestBody");
    BOOST_REQUIRE(body != nullptr);
    const json::Value& content = *body->find("content");
    BOOST_TEST(
        content.find("application/json")->find("schema")->find("properties")->find("scopes") !=
        nullptr
    );
    for (const std::string_view form :
         {"application/x-www-form-urlencoded", "multipart/form-data"}) {
        BOOST_REQUIRE(content.find(form) != nullptr);
        BOOST_TEST(
            content.find(form)->find("schema")->find("properties")->find("scopes[]") != nullptr
        );
    }
}

BOOST_AUTO_TEST_CASE(documents_say_what_a_client_does_when_there_is_no_database) {
    for (const settings::PoolName pool : kPools) {
        const PathTable table = handlers::path_table(pool);
        const auto document = json::parse(openapi_document(table, "test")).value();
        for (const Route* const route : table.routes()) {
            const json::Value* const unavailable =
                operation_of(document, *route)->find("responses")->find("503");
            BOOST_REQUIRE_MESSAGE(unavailable != nullptr, route->pattern);
            BOOST_TEST(unavailable->find("headers")->find("Retry-After") != nullptr);
        }
    }
}

BOOST_AUTO_TEST_CASE(credentials_that_are_needed_together_stand_together) {
    const PathTable table = handlers::path_table(settings::PoolName::internal);
    const auto document = json::parse(openapi_document(table, "test"));
    BOOST_REQUIRE(document.has_value());
    const json::Value* const operation =
        document->find("paths")->find("/api/v4/internal/kubernetes/agent_info")->find("get");
    BOOST_REQUIRE(operation != nullptr);
    for (const json::Value& alternative : *operation->find("security")->array()) {
        BOOST_TEST(alternative.object()->size() == 2U);
        BOOST_TEST(alternative.find("kasJwt") != nullptr);
        for (const json::Member& scheme : *alternative.object()) {
            BOOST_TEST(
                document->find("components")->find("securitySchemes")->find(scheme.name) != nullptr
            );
        }
    }
}

BOOST_AUTO_TEST_CASE(listing_has_every_row) {
    for (const settings::PoolName pool : kPools) {
        const PathTable table = handlers::path_table(pool);
        const auto listing = json::parse(routes_as_json(table));
        BOOST_REQUIRE(listing.has_value());
        BOOST_TEST(listing->array()->size() == table.routes().size());
        const std::string text = routes_as_text(table);
        for (const Route* const route : table.routes()) {
            BOOST_TEST(text.find(route->pattern) != std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::routing

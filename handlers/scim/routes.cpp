#include "handlers/scim/routes.hpp"

#include <array>

#include "handlers/policies/scim_token.hpp"
#include "handlers/scim/change_user.hpp"
#include "handlers/scim/create_user.hpp"
#include "handlers/scim/delete_user.hpp"
#include "handlers/scim/discovery.hpp"
#include "handlers/scim/error_reply.hpp"
#include "handlers/scim/list_users.hpp"
#include "handlers/scim/not_offered.hpp"
#include "handlers/scim/show_user.hpp"

namespace innergate::handlers::scim {
namespace {

using http::Method;
using routing::Answer;
using routing::BodyKind;
using routing::operation;
using routing::Route;

constexpr std::string_view kUserExample =
    R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],)"
    R"("id":"0b1d561c-21ff-4092-beab-8154b17f82f2",)"
    R"("externalId":"0b1d561c-21ff-4092-beab-8154b17f82f2","active":true,)"
    R"("name.formatted":"Test User","name":{"formatted":"Test User","givenName":"Test",)"
    R"("familyName":"User"},"displayName":"Test User","userName":"username",)"
    R"("meta":{"resourceType":"User","created":"2024-05-02T09:14:07.123Z",)"
    R"("lastModified":"2024-05-02T09:14:07.123Z","location":"https://gitlab.example.com)"
    R"(/api/scim/v2/groups/test_group/Users/0b1d561c-21ff-4092-beab-8154b17f82f2",)"
    R"("version":"W/\"3f1c0a5de2b49876\""},)"
    R"("emails":[{"type":"work","value":"name@example.com","primary":true}]})";

constexpr Answer kNoUser{
    404,
    "No such user, or no such group.",
    R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],)"
    R"("detail":"Resource 7 not found","status":"404"})"};

constexpr Answer kTaken{
    409,
    "Another user has the id, the name or the account.",
    R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],)"
    R"("detail":"Extern uid has already been taken","status":"409","scimType":"uniqueness"})"};

constexpr Answer kRefused{
    412,
    "The group's or the instance's rules forbid it, or If-Match names another version.",
    R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],)"
    R"("detail":"Could not remove Jane from Shop. Cannot remove last group owner.",)"
    R"("status":"412"})"};

constexpr Answer kNotOffered{
    501,
    "Always.",
    R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],)"
    R"("detail":"This operation is not offered","status":"501"})"};

constexpr std::array kListAnswers{Answer{
    200,
    "Those that match; none is no error.",
    R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,)"
    R"("itemsPerPage":20,"startIndex":1,"Resources":[]})"}};

constexpr std::array kShowAnswers{
    Answer{200, "The user.", kUserExample},
    Answer{304, "If-None-Match names this version.", {}},
    kNoUser};
constexpr std::array kCreateAnswers{Answer{201, "The user.", kUserExample}, kTaken, kRefused};
constexpr std::array kModifyAnswers{
    Answer{200, "The user, where attributes are selected.", kUserExample},
    Answer{204, "Done.", {}},
    kNoUser,
    kTaken,
    kRefused};
constexpr std::array kReplaceAnswers{
    Answer{200, "The user after the change.", kUserExample}, kNoUser, kTaken, kRefused};
constexpr std::array kDeleteAnswers{Answer{204, "Done.", {}}, kNoUser, kRefused};
constexpr std::array kNoGroupAnswers{kNoUser};
constexpr std::array kNotOfferedAnswers{kNotOffered};

constexpr std::array kConfigAnswers{Answer{
    200,
    "What the service offers.",
    R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],)"
    R"("patch":{"supported":true},"bulk":{"supported":false,"maxOperations":0,)"
    R"("maxPayloadSize":0},"filter":{"supported":true,"maxResults":100},)"
    R"("changePassword":{"supported":false},"sort":{"supported":true},)"
    R"("etag":{"supported":true},"authenticationSchemes":[{"type":"oauthbearertoken",)"
    R"("name":"SCIM token",)"
    R"("description":"A token made for the group or the instance, as bearer token",)"
    R"("specUri":"https://www.rfc-editor.org/rfc/rfc6750","primary":true}],)"
    R"("meta":{"resourceType":"ServiceProviderConfig","location":"https://gitlab.example.com)"
    R"(/api/scim/v2/groups/test_group/ServiceProviderConfig"}})"}};
constexpr std::array kResourceTypeAnswers{
    Answer{
        200,
        "The description.",
        R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],"id":"User",)"
        R"("name":"User","description":"A person with an account","endpoint":"/Users",)"
        R"("schema":"urn:ietf:params:scim:schemas:core:2.0:User","schemaExtensions":[],)"
        R"("meta":{"resourceType":"ResourceType","location":"https://gitlab.example.com)"
        R"(/api/scim/v2/groups/test_group/ResourceTypes/User"}})"},
    kNoUser};
constexpr std::array kSchemaAnswers{
    Answer{
        200,
        "The schema, here with one of its attributes.",
        R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:Schema"],)"
        R"("id":"urn:ietf:params:scim:schemas:core:2.0:User","name":"User",)"
        R"("description":"A person with an account","attributes":[{"name":"active",)"
        R"("type":"boolean","multiValued":false,"description":"Whether the user has access",)"
        R"("required":true,"mutability":"readWrite","returned":"default"}],)"
        R"("meta":{"resourceType":"Schema","location":"https://gitlab.example.com)"
        R"(/api/scim/v2/groups/test_group/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"}})"},
    kNoUser};

/// The columns in which all rows are alike.
constexpr Route row(
    Method method,
    std::string_view pattern,
    const auth::Policy& policy,
    const routing::Operation& operation,
    std::string_view summary,
    std::span<const Answer> answers,
    int success_status = 200
) {
    return {
        .method = method,
        .pattern = pattern,
        .auth = policy,
        .operation = operation,
        .summary = summary,
        .answers = answers,
        .success_status = success_status,
        .content_type = kMediaType,
        .answers_with_secret = false,
        .takes_numbers_only = false,
        .body = BodyKind::document,
        .max_body_bytes = routing::kMebibyte,
    };
}

/// What is not offered is refused whatever is sent.
constexpr Route refusal(
    Method method,
    std::string_view pattern,
    const routing::Operation& operation,
    std::string_view summary
) {
    Route route =
        row(method, pattern, policies::kScimToken, operation, summary, kNotOfferedAnswers, 501);
    route.body = BodyKind::ignored;
    return route;
}

constexpr std::array<Route, 5> not_offered_rows(
    std::string_view pattern, std::string_view summary
) {
    const auto refused = [pattern, summary](Method method) {
        return refusal(method, pattern, operation<not_offered>, summary);
    };
    return {
        refused(Method::get),
        refused(Method::post),
        refused(Method::put),
        refused(Method::patch),
        refused(Method::delete_)};
}

constexpr std::array kUserRows{
    row(Method::get,
        "/Users",
        policies::kScimToken,
        operation<list_users, kListParams>,
        "List users",
        kListAnswers),
    row(Method::post,
        "/Users",
        policies::kScimToken,
        operation<create_user, kSelectionParams>,
        "Create a user",
        kCreateAnswers,
        201),
    row(Method::post,
        "/Users/.search",
        policies::kScimToken,
        operation<search_users>,
        "List users by a document",
        kListAnswers),
    row(Method::post,
        "/.search",
        policies::kScimToken,
        operation<search_users>,
        "List users by a document",
        kListAnswers),
    row(Method::get,
        "/Users/*id",
        policies::kScimToken,
        operation<show_user, kUserParams>,
        "Get a user",
        kShowAnswers),
    row(Method::patch,
        "/Users/*id",
        policies::kScimToken,
        operation<modify_user, kUserParams>,
        "Change a user",
        kModifyAnswers),
    row(Method::put,
        "/Users/*id",
        policies::kScimToken,
        operation<replace_user, kUserParams>,
        "Replace a user",
        kReplaceAnswers),
    row(Method::delete_,
        "/Users/*id",
        policies::kScimToken,
        operation<delete_user, kUserParams>,
        "Remove a user",
        kDeleteAnswers,
        204),
};

constexpr std::array kGroupRows{
    row(Method::get,
        "/Groups",
        policies::kScimToken,
        operation<list_groups, kListParams>,
        "List groups; there are none",
        kListAnswers),
    row(Method::get,
        "/Groups/*id",
        policies::kScimToken,
        operation<show_group, kGroupParams>,
        "Get a group; there is none",
        kNoGroupAnswers,
        404),
    refusal(Method::post, "/Groups", operation<not_offered>, "Create a group; not offered"),
    refusal(Method::put, "/Groups", operation<not_offered>, "Replace groups; not offered"),
    refusal(Method::patch, "/Groups", operation<not_offered>, "Change groups; not offered"),
    refusal(Method::delete_, "/Groups", operation<not_offered>, "Remove groups; not offered"),
    refusal(
        Method::post,
        "/Groups/*id",
        operation<change_group, kGroupParams>,
        "Change a group; not offered"
    ),
    refusal(
        Method::put,
        "/Groups/*id",
        operation<change_group, kGroupParams>,
        "Replace a group; not offered"
    ),
    refusal(
        Method::patch,
        "/Groups/*id",
        operation<change_group, kGroupParams>,
        "Change a group; not offered"
    ),
    refusal(
        Method::delete_,
        "/Groups/*id",
        operation<change_group, kGroupParams>,
        "Remove a group; not offered"
    ),
};

constexpr std::array kDiscoveryRows{
    row(Method::get,
        "/ServiceProviderConfig",
        policies::kScimDiscovery,
        operation<show_service_provider_config, kDiscoveryParams>,
        "Get what the service offers",
        kConfigAnswers),
    row(Method::get,
        "/ResourceTypes",
        policies::kScimDiscovery,
        operation<list_resource_types, kDiscoveryParams>,
        "List the kinds of resources",
        kListAnswers),
    row(Method::get,
        "/ResourceTypes/:id",
        policies::kScimDiscovery,
        operation<show_resource_type, kDescriptionParams>,
        "Get a kind of resources",
        kResourceTypeAnswers),
    row(Method::get,
        "/Schemas",
        policies::kScimDiscovery,
        operation<list_schemas, kDiscoveryParams>,
        "List the schemas",
        kListAnswers),
    row(Method::get,
        "/Schemas/:id",
        policies::kScimDiscovery,
        operation<show_schema, kDescriptionParams>,
        "Get a schema",
        kSchemaAnswers),
};

template <class... Arrays>
constexpr auto joined(const Arrays&... arrays) {
    constexpr auto kElements = [](const auto& array) {
        return std::apply([](const auto&... rows) { return std::tie(rows...); }, array);
    };
    return std::apply(
        [](const auto&... rows) { return std::array<Route, sizeof...(rows)>{rows...}; },
        std::tuple_cat(kElements(arrays)...)
    );
}

constexpr std::array kRows = joined(
    kUserRows,
    kGroupRows,
    kDiscoveryRows,
    not_offered_rows("/Me", "The caller itself; not offered"),
    not_offered_rows("/Bulk", "Several operations at once; not offered")
);

}  // namespace

std::span<const Route> routes() {
    return kRows;
}

}  // namespace innergate::handlers::scim

#include "handlers/storage/routes.hpp"

#include <array>

#include "handlers/policies/personal_access_token.hpp"
#include "handlers/storage/create_limit_exclusion.hpp"
#include "handlers/storage/delete_limit_exclusion.hpp"
#include "handlers/storage/list_limit_exclusions.hpp"

namespace innergate::handlers::storage {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr Answer kNoAdministrator{
    403, "The caller is no administrator.", R"({"message":"403 Forbidden"})"};
constexpr Answer kNotSold{
    403,
    "The instance does not sell to its groups.",
    R"({"message":"403 Forbidden - this API is for GitLab.com only"})",
};
constexpr Answer kNoNamespace{
    404, "No such namespace.", R"({"message":"404 Namespace Not Found"})"};
constexpr Answer kNoRoot{
    400,
    "A group within another.",
    R"({"message":"400 Bad request - must use a root namespace"})",
};

constexpr std::array kListAnswers{
    Answer{
        200,
        "A page of the exclusions, by id.",
        R"([{"id":1,"namespace_id":1234,"namespace_name":"A Namespace Name",)"
        R"("reason":"a reason to exclude the Namespace"},)"
        R"({"id":2,"namespace_id":4321,"namespace_name":"Another Namespace Name",)"
        R"("reason":"another reason to exclude the Namespace"}])",
    },
    kNoAdministrator,
    kNotSold,
};

constexpr std::array kCreateAnswers{
    Answer{
        201,
        "No storage limit holds the namespace.",
        R"({"id":1,"namespace_id":1234,"namespace_name":"A Namespace Name",)"
        R"("reason":"a reason to exclude the Namespace"})",
    },
    kNoRoot,
    Answer{
        400,
        "It is excluded, and its reason stays.",
        R"({"message":"400 Bad request - already excluded"})",
    },
    Answer{
        400,
        "The reason is blank or too long.",
        R"({"message":{"reason":["can't be blank"]}})",
    },
    kNoAdministrator,
    kNotSold,
    kNoNamespace,
};

constexpr std::array kDeleteAnswers{
    Answer{204, "The storage limit holds the namespace again.", {}},
    kNoRoot,
    Answer{400, "It is not excluded.", R"({"message":"400 Bad request - not excluded"})"},
    kNoAdministrator,
    kNotSold,
    kNoNamespace,
};

constexpr Route list_row(std::string_view pattern) {
    return {
        .method = http::Method::get,
        .pattern = pattern,
        .auth = policies::kPersonalAccessToken,
        .operation = operation<list_limit_exclusions, kListLimitExclusionsParams>,
        .summary = "List the namespaces that no storage limit holds",
        .answers = kListAnswers,
    };
}

constexpr Route create_row(std::string_view pattern) {
    return {
        .method = http::Method::post,
        .pattern = pattern,
        .auth = policies::kPersonalAccessToken,
        .operation = operation<create_limit_exclusion, kCreateLimitExclusionParams>,
        .summary = "Exclude a namespace from the storage limit",
        .answers = kCreateAnswers,
        .success_status = 201,
    };
}

constexpr Route delete_row(std::string_view pattern) {
    return {
        .method = http::Method::delete_,
        .pattern = pattern,
        .auth = policies::kPersonalAccessToken,
        .operation = operation<delete_limit_exclusion, kDeleteLimitExclusionParams>,
        .summary = "Put a namespace under the storage limit again",
        .answers = kDeleteAnswers,
        .success_status = 204,
    };
}

// The documented curl lines leave `/api` out.
constexpr std::array kPublicRows{
    list_row("/api/v4/namespaces/storage/limit_exclusions"),
    list_row("/v4/namespaces/storage/limit_exclusions"),
    create_row("/api/v4/namespaces/:id/storage/limit_exclusion"),
    create_row("/v4/namespaces/:id/storage/limit_exclusion"),
    delete_row("/api/v4/namespaces/:id/storage/limit_exclusion"),
    delete_row("/v4/namespaces/:id/storage/limit_exclusion"),
};

}  // namespace

std::span<const Route> public_routes() {
    return kPublicRows;
}

}  // namespace innergate::handlers::storage

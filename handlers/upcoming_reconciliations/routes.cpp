#include "handlers/upcoming_reconciliations/routes.hpp"

#include <array>

#include "handlers/policies/personal_access_token.hpp"
#include "handlers/upcoming_reconciliations/delete_reconciliation.hpp"
#include "handlers/upcoming_reconciliations/update_namespace_reconciliation.hpp"
#include "handlers/upcoming_reconciliations/update_reconciliations.hpp"

namespace innergate::handlers::upcoming_reconciliations {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr std::string_view kOfAll = "/api/v4/internal/upcoming_reconciliations";
constexpr std::string_view kOfOne =
    "/api/v4/internal/gitlab_subscriptions/namespaces/:namespace_id/upcoming_reconciliations";
/// As the documented curl line has it.
constexpr std::string_view kOfOneInShort =
    "/api/v4/internal/gitlab_subscriptions/:namespace_id/upcoming_reconciliations";

constexpr Answer kNotSold{
    403,
    "The instance does not sell to its groups.",
    R"({"message":"403 Forbidden - This API is gitlab.com only!"})",
};
constexpr Answer kNoAdministrator{
    403, "The caller is no administrator.", R"({"message":"403 Forbidden"})"};

constexpr std::array kUpdateAllAnswers{
    Answer{200, "All are stored.", "200"},
    Answer{
        400,
        "Those that are named cannot be stored; the others are stored.",
        R"({"message":{"error":"[{\"999\":\"Validation failed: Namespace can't be blank\"}]"}})",
    },
    kNotSold,
    kNoAdministrator,
};

constexpr std::array kUpdateOneAnswers{
    Answer{200, "It is stored.", "200"},
    Answer{
        400,
        "A date is null.",
        R"({"message":{"next_reconciliation_date":["can't be blank"]}})",
    },
    kNotSold,
    kNoAdministrator,
    Answer{404, "No such namespace.", R"({"message":"404 Namespace Not Found"})"},
};

constexpr std::array kDeleteAnswers{
    Answer{204, "There is none any more.", {}},
    kNotSold,
    kNoAdministrator,
    Answer{404, "There was none.", R"({"message":"404 Not Found"})"},
};

constexpr Route update_one_row(std::string_view pattern) {
    return {
        .method = http::Method::put,
        .pattern = pattern,
        .auth = policies::kSaasAdministratorToken,
        .operation =
            operation<update_namespace_reconciliation, kUpdateNamespaceReconciliationParams>,
        .summary = "Announce the reconciliation of a namespace",
        .answers = kUpdateOneAnswers,
        .takes_numbers_only = pattern == kOfOneInShort,
    };
}

constexpr Route delete_one_row(std::string_view pattern) {
    return {
        .method = http::Method::delete_,
        .pattern = pattern,
        .auth = policies::kSaasAdministratorToken,
        .operation = operation<delete_reconciliation, kDeleteNamespaceReconciliationParams>,
        .summary = "Take back the reconciliation of a namespace",
        .answers = kDeleteAnswers,
        .success_status = 204,
        .takes_numbers_only = pattern == kOfOneInShort,
    };
}

constexpr std::array kInternalRows{
    Route{
        .method = http::Method::put,
        .pattern = kOfAll,
        .auth = policies::kSaasAdministratorToken,
        .operation = operation<update_reconciliations, kUpdateReconciliationsParams>,
        .summary = "Announce the reconciliations of namespaces, each for itself",
        .answers = kUpdateAllAnswers,
        .max_body_bytes = 4 * routing::kMebibyte,
    },
    Route{
        .method = http::Method::delete_,
        .pattern = kOfAll,
        .auth = policies::kSaasAdministratorToken,
        .operation = operation<delete_reconciliation, kDeleteReconciliationParams>,
        .summary = "Take back the reconciliation of the namespace that a parameter names",
        .answers = kDeleteAnswers,
        .success_status = 204,
    },
    update_one_row(kOfOne),
    update_one_row(kOfOneInShort),
    delete_one_row(kOfOne),
    delete_one_row(kOfOneInShort),
};

}  // namespace

std::span<const Route> internal_routes() {
    return kInternalRows;
}

}  // namespace innergate::handlers::upcoming_reconciliations

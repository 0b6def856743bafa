#include "handlers/namespaces/routes.hpp"

#include <array>

#include "handlers/namespaces/list_owners.hpp"
#include "handlers/namespaces/show_namespace.hpp"
#include "handlers/policies/personal_access_token.hpp"

namespace innergate::handlers::namespaces {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr Answer kNotFound{
    404, "No such group or personal namespace.", R"({"message":"404 Namespace Not Found"})"};

constexpr std::array kShowAnswers{
    Answer{
        200,
        "The namespace; a personal one lacks `members_count_with_descendants`, "
        "`root_repository_size` and `projects_count`.",
        R"({"id":1,"name":"group1","path":"group1","kind":"group","full_path":"group1",)"
        R"("parent_id":null,"avatar_url":null,)"
        R"("web_url":"https://gitlab.example.com/groups/group1",)"
        R"("members_count_with_descendants":2,"billable_members_count":2,"max_seats_used":0,)"
        R"("seats_in_use":0,"plan":"default","end_date":null,"trial_ends_on":null,"trial":false,)"
        R"("root_repository_size":100,"projects_count":3,"shared_runners_minutes_limit":null,)"
        R"("extra_shared_runners_minutes_limit":null,"additional_purchased_storage_size":0,)"
        R"("additional_purchased_storage_ends_on":null,"max_seats_used_changed_at":null})",
    },
    kNotFound,
};

constexpr std::array kOwnersAnswers{
    Answer{
        200,
        "The direct owners, a page of them.",
        R"([{"user":{"id":1,"username":"john_smith","name":"John Smith"},"access_level":50,)"
        R"("notification_email":"name@example.com"}])",
    },
    Answer{404, "No such group.", R"({"message":"404 Group Namespace Not Found"})"},
};

constexpr std::array kInternalRows{
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/gitlab_subscriptions/namespaces/:id",
        .auth = policies::kAdministratorToken,
        .operation = operation<show_namespace, kShowNamespaceParams>,
        .summary = "Get a namespace with what it holds and uses",
        .answers = kShowAnswers,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/gitlab_subscriptions/namespaces/:id/owners",
        .auth = policies::kAdministratorToken,
        .operation = operation<list_owners, kOwnersParams>,
        .summary = "List the direct owners of a group",
        .answers = kOwnersAnswers,
    },
};

}  // namespace

std::span<const Route> internal_routes() {
    return kInternalRows;
}

}  // namespace innergate::handlers::namespaces

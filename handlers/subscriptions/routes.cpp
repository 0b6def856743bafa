#include "handlers/subscriptions/routes.hpp"

#include <array>

#include "handlers/policies/personal_access_token.hpp"
#include "handlers/subscriptions/create_subscription.hpp"
#include "handlers/subscriptions/show_subscription.hpp"
#include "handlers/subscriptions/update_subscription.hpp"

namespace innergate::handlers::subscriptions {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr std::array kShowAnswers{
    Answer{
        200,
        "The subscription; without one every leaf is null.",
        R"({"plan":{"code":"premium","name":"premium","trial":false,"auto_renew":null,)"
        R"("upgradable":false,"exclude_guests":false},"usage":{"seats_in_subscription":80,)"
        R"("seats_in_use":82,"max_seats_used":82,"seats_owed":2},"billing":{)"
        R"("subscription_start_date":"2020-07-15","subscription_end_date":"2021-07-15",)"
        R"("trial_ends_on":null}})",
    },
    Answer{403, "A member who is no owner.", R"({"message":"403 Forbidden"})"},
    Answer{
        404,
        "No such namespace, or none of the caller's.",
        R"({"message":"404 Namespace Not Found"})"},
};

constexpr Answer kNoNamespace{
    404, "No such namespace.", R"({"message":"404 Namespace Not Found"})"};

constexpr std::array kInternalShowAnswers{kShowAnswers.front(), kNoNamespace};

constexpr std::array kCreateAnswers{
    Answer{
        201,
        "The subscription.",
        R"({"plan":{"code":"premium","name":"premium","trial":false,"auto_renew":null,)"
        R"("upgradable":false,"exclude_guests":false},"usage":{"seats_in_subscription":10,)"
        R"("seats_in_use":1,"max_seats_used":0,"seats_owed":0},"billing":{)"
        R"("subscription_start_date":"2020-07-15","subscription_end_date":null,)"
        R"("trial_ends_on":null}})",
    },
    Answer{
        400,
        "The namespace has a parent.",
        R"({"message":"400 Bad request - Namespace shop is not a root namespace"})"},
    Answer{
        400,
        "The namespace has a subscription.",
        R"({"message":{"namespace_id":["has already been taken"]}})"},
    Answer{
        400, "It cannot be stored as it is.", R"({"message":{"start_date":["can't be blank"]}})"},
    kNoNamespace,
};

constexpr std::array kUpdateAnswers{
    Answer{
        200,
        "The subscription after the change.",
        R"({"plan":{"code":"premium","name":"premium","trial":false,"auto_renew":null,)"
        R"("upgradable":false,"exclude_guests":false},"usage":{"seats_in_subscription":80,)"
        R"("seats_in_use":82,"max_seats_used":0,"seats_owed":2},"billing":{)"
        R"("subscription_start_date":"2020-07-15","subscription_end_date":"2021-07-15",)"
        R"("trial_ends_on":null}})",
    },
    Answer{400, "It cannot be stored as it is.", R"({"message":{"seats":["can't be blank"]}})"},
    kNoNamespace,
    Answer{
        404,
        "The namespace has no subscription.",
        R"({"message":"404 GitlabSubscription Not Found"})"},
};

constexpr std::array kInternalRows{
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/gitlab_subscriptions/namespaces/:id/gitlab_subscription",
        .auth = policies::kAdministratorToken,
        .operation = operation<show_subscription, kNamespaceParams>,
        .summary = "Get the subscription of a namespace",
        .answers = kInternalShowAnswers,
    },
};

constexpr std::array kPublicRows{
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/namespaces/:id/gitlab_subscription",
        .auth = policies::kAdministratorToken,
        .operation = operation<create_subscription, kCreateSubscriptionParams>,
        .summary = "Create the subscription of a namespace",
        .answers = kCreateAnswers,
        .success_status = 201,
    },
    Route{
        .method = http::Method::put,
        .pattern = "/api/v4/namespaces/:id/gitlab_subscription",
        .auth = policies::kAdministratorToken,
        .operation = operation<update_subscription, kUpdateSubscriptionParams>,
        .summary = "Update the subscription of a namespace",
        .answers = kUpdateAnswers,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/namespaces/:id/gitlab_subscription",
        .auth = policies::kPersonalAccessToken,
        .operation = operation<show_subscription, kNamespaceParams>,
        .summary = "Get the subscription of a namespace",
        .answers = kShowAnswers,
    },
};

}  // namespace

std::span<const Route> internal_routes() {
    return kInternalRows;
}

std::span<const Route> public_routes() {
    return kPublicRows;
}

}  // namespace innergate::handlers::subscriptions

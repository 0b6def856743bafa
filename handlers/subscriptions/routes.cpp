#include "handlers/subscriptions/routes.hpp"

#include <array>

#include "handlers/policies/personal_access_token.hpp"
#include "handlers/subscriptions/show_subscription.hpp"

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

constexpr std::array kPublicRows{
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

std::span<const Route> public_routes() {
    return kPublicRows;
}

}  // namespace innergate::handlers::subscriptions

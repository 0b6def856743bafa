#include "handlers/users/routes.hpp"

#include <array>

#include "handlers/policies/personal_access_token.hpp"
#include "handlers/users/credit_card_validation.hpp"
#include "handlers/users/show_user.hpp"

namespace innergate::handlers::users {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr const char* kNoUser = R"({"message":"404 User Not Found"})";

constexpr std::array kShowUserAnswers{
    Answer{
        200,
        "The user, blocked ones and bots as well.",
        R"({"id":2,"username":"john_smith","name":"John Smith",)"
        R"("web_url":"https://gitlab.example.com/john_smith"})",
    },
    Answer{404, "No such user.", kNoUser},
};

constexpr std::array kCreditCardValidationAnswers{
    Answer{200, "Saved, instead of what the user had.", R"({"success":{}})"},
    Answer{
        400,
        "A value that cannot be saved, or another user's zuora_payment_method_xid.",
        R"({"message":"400 Bad request"})",
    },
    Answer{404, "No such user.", kNoUser},
};

constexpr std::array kInternalRows{
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/gitlab_subscriptions/users/:id",
        .auth = policies::kAdministratorToken,
        .operation = operation<show_user, kShowUserParams>,
        .summary = "Get a user by id",
        .answers = kShowUserAnswers,
    },
    Route{
        .method = http::Method::put,
        .pattern = "/api/v4/internal/gitlab_subscriptions/users/:user_id/credit_card_validation",
        .auth = policies::kAdministratorToken,
        .operation = operation<credit_card_validation, kCreditCardValidationParams>,
        .summary = "Remember that a user showed a credit card, and by which digests to know it",
        .answers = kCreditCardValidationAnswers,
    },
};

}  // namespace

std::span<const Route> internal_routes() {
    return kInternalRows;
}

}  // namespace innergate::handlers::users

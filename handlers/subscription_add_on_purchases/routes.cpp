#include "handlers/subscription_add_on_purchases/routes.hpp"

#include <array>

#include "handlers/policies/personal_access_token.hpp"
#include "handlers/subscription_add_on_purchases/create_purchase.hpp"
#include "handlers/subscription_add_on_purchases/show_purchase.hpp"
#include "handlers/subscription_add_on_purchases/update_purchase.hpp"

namespace innergate::handlers::subscription_add_on_purchases {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr std::string_view kPattern =
    "/api/v4/namespaces/:id/subscription_add_on_purchase/:add_on_name";
constexpr std::string_view kPurchase =
    R"({"namespace_id":1234,"namespace_name":"A Namespace Name","add_on":"Code Suggestions",)"
    R"("quantity":10,"started_on":"2024-06-15","expires_on":"2024-07-15",)"
    R"("purchase_xid":"A-S12345678","trial":true})";
constexpr std::string_view kRecordFault =
    R"({"message":{"quantity":["must be greater than or equal to 1"]}})";

constexpr Answer kNoNamespace{
    404, "No such namespace.", R"({"message":"404 Namespace Not Found"})"};
constexpr Answer kNoAddOn{
    404, "No such add-on.", R"({"message":"404 Subscription Add-on Not Found"})"};

constexpr std::array kCreateAnswers{
    Answer{201, "The new purchase.", kPurchase},
    Answer{
        400,
        "A subgroup.",
        R"({"message":"400 Bad request - Namespace A Namespace Name is not a root namespace"})",
    },
    Answer{
        400,
        "There is a purchase already.",
        R"({"message":"400 Bad request - Add-on purchase for namespace A Namespace Name and add-on )"
        R"(Code Suggestions already exists, update the existing record"})",
    },
    Answer{400, "What cannot be saved, by column.", kRecordFault},
    kNoNamespace,
    kNoAddOn,
};

constexpr std::array kUpdateAnswers{
    Answer{200, "The purchase as it is now.", kPurchase},
    Answer{
        400,
        "There is no purchase.",
        R"({"message":"400 Bad request - Add-on purchase for namespace A Namespace Name and add-on )"
        R"(Code Suggestions does not exist, create a new record instead"})",
    },
    Answer{400, "What cannot be saved, by column.", kRecordFault},
    kNoNamespace,
    kNoAddOn,
};

constexpr std::array kShowAnswers{
    Answer{200, "The purchase, even an expired one.", kPurchase},
    Answer{404, "There is no purchase.", R"({"message":"404 Not found"})"},
    kNoNamespace,
    kNoAddOn,
};

constexpr std::array kPublicRows{
    Route{
        .method = http::Method::post,
        .pattern = kPattern,
        .auth = policies::kAdministratorToken,
        .operation = operation<create_purchase, kCreatePurchaseParams>,
        .summary = "Create the purchase of an add-on for a namespace",
        .answers = kCreateAnswers,
        .success_status = 201,
    },
    Route{
        .method = http::Method::put,
        .pattern = kPattern,
        .auth = policies::kAdministratorToken,
        .operation = operation<update_purchase, kUpdatePurchaseParams>,
        .summary = "Change the purchase of an add-on for a namespace",
        .answers = kUpdateAnswers,
    },
    Route{
        .method = http::Method::get,
        .pattern = kPattern,
        .auth = policies::kAdministratorToken,
        .operation = operation<show_purchase, kPurchaseTargetParams>,
        .summary = "Get the purchase of an add-on for a namespace",
        .answers = kShowAnswers,
    },
};

}  // namespace

std::span<const Route> public_routes() {
    return kPublicRows;
}

}  // namespace innergate::handlers::subscription_add_on_purchases

#include "handlers/error_tracking/routes.hpp"

#include <array>

#include "handlers/error_tracking/allowed.hpp"
#include "handlers/policies/error_tracking_token.hpp"

namespace innergate::handlers::error_tracking {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr std::array kAllowedAnswers{
    Answer{200, "Whether errors sent with this key are taken.", R"({"enabled":true})"},
    Answer{404, "No such project.", R"({"message":"404 Not found"})"},
    Answer{422, "A parameter is missing or blank.", R"({"message":"422 Unprocessable Entity"})"},
};

constexpr std::array kRoutes{
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/error_tracking/allowed",
        .auth = policies::kErrorTrackingToken,
        .operation = operation<allowed, kAllowedParams>,
        .summary = "Ask whether errors of a project are taken",
        .answers = kAllowedAnswers,
    },
};

}  // namespace

std::span<const routing::Route> routes() {
    return kRoutes;
}

}  // namespace innergate::handlers::error_tracking

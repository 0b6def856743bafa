#include "handlers/operations/routes.hpp"

#include <array>
#include <string_view>

#include "handlers/operations/liveness.hpp"
#include "handlers/operations/metrics.hpp"
#include "handlers/operations/openapi.hpp"
#include "handlers/operations/readiness.hpp"

namespace innergate::handlers::operations {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr std::array kLivenessAnswers{Answer{200, "The process answers.", R"({"status":"ok"})"}};
constexpr std::array kReadinessAnswers{
    Answer{200, "The database answers and has the right schema.", R"({"status":"ok"})"},
    Answer{
        503, "It cannot; `message` says why.", R"({"status":"failed","message":"cannot open …"})"},
};
constexpr std::array kMetricsAnswers{
    Answer{200, "Prometheus text format.", "innergate_threads{pool=\"internal\"} 4\n"},
};

constexpr std::array kOpenapiAnswers{
    Answer{
        200,
        "An OpenAPI 3.1 document of all that the pool serves.",
        R"({"openapi":"3.1.0","info":{"title":"innergate, internal pool","version":"1.0.0"},)"
        R"("paths":{}})",
    },
};

struct Paths {
    std::string_view liveness;
    std::string_view readiness;
    std::string_view metrics;
    std::string_view openapi;
};

constexpr std::array<Route, 4> rows(const Paths& paths, const routing::Operation& openapi) {
    return {
        Route{
            .method = http::Method::get,
            .pattern = paths.liveness,
            .auth = auth::kNone,
            .operation = operation<liveness>,
            .summary = "Is the process alive?",
            .answers = kLivenessAnswers,
            .is_about_health = true,
        },
        Route{
            .method = http::Method::get,
            .pattern = paths.readiness,
            .auth = auth::kNone,
            .operation = operation<readiness>,
            .summary = "Can the process serve requests?",
            .answers = kReadinessAnswers,
            .is_about_health = true,
        },
        Route{
            .method = http::Method::get,
            .pattern = paths.metrics,
            .auth = auth::kNone,
            .operation = operation<metrics>,
            .summary = "Metrics of this pool",
            .answers = kMetricsAnswers,
            .content_type = "text/plain",
            .is_about_health = true,
        },
        Route{
            .method = http::Method::get,
            .pattern = paths.openapi,
            .auth = auth::kNone,
            .operation = openapi,
            .summary = "The OpenAPI document of this pool",
            .answers = kOpenapiAnswers,
        },
    };
}

constexpr auto kInternalRows =
    rows({"/-/liveness", "/-/readiness", "/-/metrics", "/-/openapi.json"}, operation<internal_openapi>);
constexpr auto kPublicRows = rows(
    {"/-/public/liveness", "/-/public/readiness", "/-/public/metrics", "/-/public/openapi.json"},
    operation<public_openapi>
);

}  // namespace

std::span<const Route> internal_routes() {
    return kInternalRows;
}

std::span<const Route> public_routes() {
    return kPublicRows;
}

}  // namespace innergate::handlers::operations

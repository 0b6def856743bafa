#include "handlers/operations/routes.hpp"

#include <array>
#include <string_view>

#include "handlers/operations/liveness.hpp"
#include "handlers/operations/metrics.hpp"
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

struct Paths {
    std::string_view liveness;
    std::string_view readiness;
    std::string_view metrics;
};

constexpr std::array<Route, 3> rows(const Paths& paths) {
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
    };
}

constexpr auto kInternalRows = rows({"/-/liveness", "/-/readiness", "/-/metrics"});
constexpr auto kPublicRows =
    rows({"/-/public/liveness", "/-/public/readiness", "/-/public/metrics"});

}  // namespace

std::span<const Route> internal_routes() {
    return kInternalRows;
}

std::span<const Route> public_routes() {
    return kPublicRows;
}

}  // namespace innergate::handlers::operations

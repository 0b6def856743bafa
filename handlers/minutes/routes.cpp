#include "handlers/minutes/routes.hpp"

#include <array>

#include "handlers/minutes/create_packs.hpp"
#include "handlers/minutes/move_packs.hpp"
#include "handlers/policies/personal_access_token.hpp"

namespace innergate::handlers::minutes {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr std::array kCreateAnswers{
    Answer{
        201,
        "The packs as they are stored, in the order of the request.",
        R"([{"namespace_id":123,"expires_at":"2022-01-01","number_of_minutes":10000,)"
        R"("purchase_xid":"46952fe69bebc1a4de10b2b4ff439d0c"}])",
    },
    Answer{
        400,
        "A pack without minutes, date or name, or one of a purchase that another namespace has.",
        R"({"message":"400 Bad request - Unable to save additional packs"})",
    },
    Answer{
        400,
        "A subgroup.",
        R"({"message":"400 Bad request - Namespace must be a top-level namespace"})",
    },
    Answer{404, "No such namespace.", R"({"message":"404 Namespace Not Found"})"},
};

constexpr std::array kMoveAnswers{
    Answer{202, "They have moved.", R"({"message":"202 Accepted"})"},
    Answer{
        400,
        "A subgroup, or nobody owns both.",
        R"({"message":"400 Bad request - Both namespaces must share the same owner"})",
    },
    Answer{404, "No such namespace.", R"({"message":"404 Target namespace Not Found"})"},
};

constexpr std::array kRows{
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/namespaces/:id/minutes",
        .auth = policies::kAdministratorToken,
        .operation = operation<create_packs, kCreatePacksParams>,
        .summary = "Add bought compute minutes to a namespace",
        .answers = kCreateAnswers,
        .success_status = 201,
        .max_body_bytes = 4 * routing::kMebibyte,
    },
    Route{
        .method = http::Method::patch,
        .pattern = "/api/v4/namespaces/:id/minutes/move/:target_id",
        .auth = policies::kAdministratorToken,
        .operation = operation<move_packs, kMovePacksParams>,
        .summary = "Move bought compute minutes to another namespace",
        .answers = kMoveAnswers,
        .success_status = 202,
    },
};

}  // namespace

std::span<const Route> public_routes() {
    return kRows;
}

}  // namespace innergate::handlers::minutes

#include "handlers/error_tracking/allowed.hpp"

#include "app/blank.hpp"

namespace innergate::handlers::error_tracking {
namespace {

bool is_complete(const AllowedRequest& request) {
    return request.public_key && !is_blank(request.public_key->text) && request.project_id &&
           !request.project_id->is_blank;
}

/// Empty: nothing is in the way.
std::string obstacle(const ErrorTrackingState& state) {
    if (!state.is_on) {
        return "error tracking is off for the instance";
    }
    if (!state.is_on_for_project) {
        return "the flag gitlab_error_tracking is off for the project";
    }
    return state.has_active_key ? "" : "the project has no such active key";
}

}  // namespace

std::optional<GivenKey> coerce(const json::Value& value, std::type_identity<GivenKey> /*type*/) {
    return GivenKey{params::coerced<std::string>(value).value_or("")};
}

std::optional<GivenProject> coerce(
    const json::Value& value, std::type_identity<GivenProject> /*type*/
) {
    const std::string* const text = value.string();
    return GivenProject{
        .id = params::coerced<ProjectId>(value).value_or(ProjectId::none()),
        .is_blank = text != nullptr && is_blank(*text),
    };
}

Result<AllowedReply> allowed(
    const AllowedRequest& request,
    ErrorTrackingStore& error_tracking,
    const auth::ErrorTrackingCaller& /*caller*/
) {
    if (!is_complete(request)) {
        return failure(
            ErrorCode::unprocessable,
            "422 Unprocessable Entity",
            "public_key or project_id is blank"
        );
    }
    const auto state = error_tracking.find(request.project_id->id, request.public_key->text);
    if (!state) {
        return failure(ErrorCode::not_found, "404 Not found", "no such project");
    }
    AllowedReply reply{.enabled = false, .log_detail = obstacle(*state)};
    reply.enabled = reply.log_detail.empty();
    return reply;
}

}  // namespace innergate::handlers::error_tracking

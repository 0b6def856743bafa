// POST /internal/error_tracking/allowed: are errors that come with this key taken?
#pragma once

#include <optional>
#include <string>

#include "app/auth/caller.hpp"
#include "app/error.hpp"
#include "app/ids.hpp"
#include "app/json/shape.hpp"
#include "app/json/value.hpp"
#include "app/params/schema.hpp"
#include "handlers/stores/identity/error_tracking_store.hpp"

namespace innergate::handlers::error_tracking {

/// GitLab declares neither parameter, so any value is taken and none is "invalid".
struct GivenKey {
    std::string text;  ///< empty for what is neither text nor number
};
struct GivenProject {
    ProjectId id = ProjectId::none();
    bool is_blank = true;
};

[[nodiscard]] std::optional<GivenKey> coerce(
    const json::Value& value, std::type_identity<GivenKey> type
);
[[nodiscard]] std::optional<GivenProject> coerce(
    const json::Value& value, std::type_identity<GivenProject> type
);

}  // namespace innergate::handlers::error_tracking

template <>
inline constexpr innergate::params::Type
    innergate::params::kTypeOf<innergate::handlers::error_tracking::GivenKey> = Type::string;

namespace innergate::handlers::error_tracking {

struct AllowedRequest {
    std::optional<GivenKey> public_key;
    std::optional<GivenProject> project_id;
};

inline constexpr auto kAllowedParams = params::schema<AllowedRequest>(
    params::optional(
        "public_key", &AllowedRequest::public_key, "Key that the client sent; 422 without it"
    ),
    params::optional("project_id", &AllowedRequest::project_id, "Id of the project; 422 without it")
);

struct AllowedReply {
    bool enabled = false;
    std::string log_detail;  ///< why it is not
};

constexpr auto shape_of(std::type_identity<AllowedReply> /*type*/) {
    return shape::object<AllowedReply>(shape::member(
        "enabled", &AllowedReply::enabled, "Whether errors that come with this key are taken"
    ));
}

/// An unknown or inactive key, another project's key, and an instance without error tracking are no
/// errors: only `enabled` in the answer says no. The project's visibility plays no part.
///
/// Errors: unprocessable when a parameter is missing, null or blank; not_found when there is no
/// such project, or the id is no integer.
[[nodiscard]] Result<AllowedReply> allowed(
    const AllowedRequest& request,
    ErrorTrackingStore& error_tracking,
    const auth::ErrorTrackingCaller& caller
);

}  // namespace innergate::handlers::error_tracking

// A user on the wire, alone and in lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/auth/caller.hpp"
#include "app/http/response.hpp"
#include "app/json/writer.hpp"
#include "app/params/schema.hpp"
#include "app/settings/settings.hpp"
#include "handlers/domain/scim/selection.hpp"
#include "handlers/domain/scim/user.hpp"

namespace innergate::handlers::scim {

/// Which attributes an answer shows (RFC 7644 section 3.9).
struct SelectionRequest {
    std::optional<std::string> attributes;
    std::optional<std::string> excluded_attributes;
};

inline constexpr auto kSelectionParams = params::schema<SelectionRequest>(
    params::optional(
        "attributes", &SelectionRequest::attributes, "Show these only, besides id and schemas"
    ),
    params::optional(
        "excludedAttributes", &SelectionRequest::excluded_attributes, "Show all but these"
    )
);

/// Errors: bad_request (invalidValue) when both are given.
[[nodiscard]] Result<domain::scim::Selection> selection_of(const SelectionRequest& request);

/// `https://gitlab.example.com/api/scim/v2/groups/shop`, or `…/application` for an empty path.
[[nodiscard]] std::string base_url(const settings::Instance& instance, std::string_view group_path);

[[nodiscard]] std::string location_of(
    const settings::Instance& instance, const auth::ScimCaller& caller, std::string_view id
);

struct UserResource {
    domain::scim::User user;
    domain::scim::Selection selection;
    std::string location;
    std::string version;  ///< the entity tag

    [[nodiscard]] std::vector<http::ResponseField> headers() const;
};

[[nodiscard]] UserResource user_resource(
    domain::scim::User user,
    const domain::scim::Selection& selection,
    const settings::Instance& instance,
    const auth::ScimCaller& caller
);

/// Keys in GitLab's order, with both its flat `name.formatted` and the RFC's object `name`.
void write_json(json::Writer& writer, const UserResource& resource);

}  // namespace innergate::handlers::scim

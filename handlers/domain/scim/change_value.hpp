// What a value must be for an attribute that PATCH and PUT can change.
#pragma once

#include <string>
#include <string_view>

#include "app/error.hpp"
#include "app/json/value.hpp"
#include "handlers/domain/scim/change.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"

namespace innergate::handlers::domain::scim {

/// Errors of all: bad_request with invalidValue.
[[nodiscard]] Result<Change> read_active(const json::Value& value);

/// `id`, which GitLab lets providers change, or `externalId`.
enum class IdAttribute { id, external_id };
[[nodiscard]] Result<Change> read_id(const json::Value& value, IdAttribute attribute);

/// The id. It is refused where `.` or `..` stands between its slashes: web servers resolve these,
/// encoded or not, so no path would reach the user. `attribute` is for the detail.
[[nodiscard]] Result<std::string> reachable_id(std::string id, std::string_view attribute);

/// null unsets it.
[[nodiscard]] Result<Change> read_echo_attribute(
    const json::Value& value, const EchoAttribute& attribute
);

}  // namespace innergate::handlers::domain::scim

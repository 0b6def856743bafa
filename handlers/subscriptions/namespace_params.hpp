// The namespace that a path names.
#pragma once

#include <string>

#include "app/params/schema.hpp"

namespace innergate::handlers::subscriptions {

struct NamespaceRequest {
    std::string id;
};

inline constexpr auto kNamespaceParams = params::schema<NamespaceRequest>(
    params::required("id", &NamespaceRequest::id, "Id or URL-encoded full path of the namespace")
);

}  // namespace innergate::handlers::subscriptions

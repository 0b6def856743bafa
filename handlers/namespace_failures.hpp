// What several endpoints answer about the namespace that a request names.
#pragma once

#include <string>
#include <utility>

#include "app/error.hpp"

namespace innergate::handlers {

/// not_found `404 Namespace Not Found`
[[nodiscard]] inline tl::unexpected<Error> namespace_not_found(std::string log_detail = {}) {
    return failure(ErrorCode::not_found, "404 Namespace Not Found", std::move(log_detail));
}

/// bad_request `400 Bad request - Namespace A is not a root namespace`
[[nodiscard]] inline tl::unexpected<Error> not_a_root_namespace(const std::string& name) {
    return failure(
        ErrorCode::bad_request, "400 Bad request - Namespace " + name + " is not a root namespace"
    );
}

}  // namespace innergate::handlers

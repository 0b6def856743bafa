// Who may call a route, as data: every row of a path table names one.
#pragma once

#include <span>
#include <string_view>

#include "app/auth/caller.hpp"
#include "app/error.hpp"
#include "app/http/request.hpp"

namespace innergate::routing {
struct Scope;
}

namespace innergate::auth {

/// One way to send the credential, for the OpenAPI document.
struct Credential {
    enum class In { header, bearer, query };
    std::string_view scheme;  ///< name of the security scheme in the document
    In in = In::header;
    std::string_view field;  ///< name of the header field or parameter; unused for bearer
};

/// A parameter of the path that authenticate() reads. No handler has to declare it.
struct PathParameter {
    std::string_view name;
    std::string_view doc;
};

/// An answer, besides 401, with which authenticate() may refuse; for the OpenAPI document.
struct PolicyRefusal {
    ErrorCode code = ErrorCode::forbidden;
    std::string_view when;
    std::string_view message;  ///< a text that it answers with
};

struct Policy {
    std::string_view name;
    std::string_view description;
    std::span<const Credential> credentials;  ///< any one of them will do
    /// Runs before the parameters are gathered. Errors go to the client as they are; which check
    /// failed belongs in log_detail.
    Result<Caller> (*authenticate)(const http::Request& request, routing::Scope& scope);
    /// Another policy that authenticate() checks too: one of its credentials is needed in addition.
    const Policy* besides = nullptr;
    std::span<const PathParameter> path_parameters = {};
    std::span<const PolicyRefusal> refusals = {};
};

/// Open to everybody who reaches the listener.
extern const Policy kNone;

}  // namespace innergate::auth

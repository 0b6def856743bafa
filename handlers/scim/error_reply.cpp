#include "handlers/scim/error_reply.hpp"

#include <string>

#include "app/routing/reply.hpp"
#include "handlers/domain/scim/refusal.hpp"

namespace innergate::handlers::scim {
namespace {

std::string_view scim_type(const Error& error) {
    const bool is_of_parameters = error.code == ErrorCode::bad_request && error.scim_type.empty();
    return is_of_parameters ? domain::scim::kInvalidValue : error.scim_type;
}

}  // namespace

http::Response error_reply(const Error& error) {
    http::Response response;
    response.status = routing::http_status(error.code);
    response.content_type = kMediaType;
    json::Writer writer{response.body};
    // The text is the same for every fault of ours, because the log has the reason.
    const ErrorEnvelope envelope{
        .detail = error.code == ErrorCode::internal ? std::string_view{"Internal server error"}
                                                    : std::string_view{error.message},
        .status = std::to_string(response.status),
        .scim_type = scim_type(error),
    };
    shape::write(writer, envelope);
    if (error.code == ErrorCode::unauthorized) {
        response.headers.push_back({"WWW-Authenticate", R"(Bearer realm="scim")"});
    }
    if (!error.allow.empty()) {
        response.headers.push_back({"Allow", error.allow});
    }
    return response;
}

}  // namespace innergate::handlers::scim

#include "handlers/scim/error_reply.hpp"

#include <string>

#include "app/json/writer.hpp"
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
    writer.begin_object();
    writer.key("schemas");
    writer.begin_array();
    writer.value("urn:ietf:params:scim:api:messages:2.0:Error");
    writer.end_array();
    // The envelope's own text is the same for every fault of ours, as the log has the reason.
    writer.member(
        "detail",
        error.code == ErrorCode::internal ? std::string{"Internal server error"} : error.message
    );
    writer.member("status", std::to_string(response.status));
    if (const std::string_view type = scim_type(error); !type.empty()) {
        writer.member("scimType", type);
    }
    writer.end_object();
    if (error.code == ErrorCode::unauthorized) {
        response.headers.push_back({"WWW-Authenticate", R"(Bearer realm="scim")"});
    }
    if (!error.allow.empty()) {
        response.headers.push_back({"Allow", error.allow});
    }
    return response;
}

}  // namespace innergate::handlers::scim

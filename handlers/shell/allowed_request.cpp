#include "handlers/shell/allowed_request.hpp"

#include "app/ascii.hpp"
#include "app/blank.hpp"

namespace innergate::handlers::shell {

domain::git_access::AccessRequest access_request(const AllowedRequest& request) {
    domain::git_access::AccessRequest asked{
        .action = request.action.value_or(""),
        .protocol = ascii::lower(request.protocol.value_or("")),
        .gl_repository = std::nullopt,
        .path = {},
        .changes = request.changes.value_or(""),
        .check_ip = request.check_ip,
        .namespace_path = request.namespace_path.value_or(""),
    };
    if (const std::string name = request.gl_repository.value_or(""); !is_blank(name)) {
        asked.gl_repository = domain::git_access::parse_gl_repository(name);
    } else {
        asked.path = domain::git_access::parse_repository_path(request.project.value_or(""));
    }
    return asked;
}

}  // namespace innergate::handlers::shell

#include "handlers/shell/access_question.hpp"

#include "app/ascii.hpp"
#include "app/blank.hpp"

namespace innergate::handlers::shell {
AccessQuestion access_question(const AllowedRequest& request) {
    AccessQuestion question;
    question.actor = actor_selector(request);
    auto kind = domain::git_access::ContainerKind::project;
    if (const std::string name = request.gl_repository.value_or(""); !is_blank(name)) {
        const auto gl_repository = domain::git_access::parse_gl_repository(name);
        kind = gl_repository ? gl_repository->kind : kind;
        question.gl_repository = gl_repository;
    } else {
        question.path = domain::git_access::parse_repository_path(request.project.value_or(""));
        kind = question.path.kind;
    }
    question.request = {
        .action = request.action.value_or(""),
        .protocol = ascii::lower(request.protocol.value_or("")),
        .kind = kind,
        .path = question.path.path,
        .has_two_readings = !question.path.whole_path.empty(),
        .is_named_by_gl_repository = question.gl_repository.has_value(),
        .changes = request.changes.value_or(""),
        .check_ip = request.check_ip,
        .namespace_path = request.namespace_path.value_or(""),
    };
    question.quarantine = inspectors::parse_quarantine(request.env.value_or(""));
    question.relative_path = request.relative_path.value_or("");
    return question;
}

}  // namespace innergate::handlers::shell

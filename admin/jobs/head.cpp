#include "admin/jobs/head.hpp"

#include <fmt/format.h>

#include "handlers/domain/git_access/default_branch.hpp"
#include "handlers/domain/pushed_branches.hpp"
#include "handlers/inspectors/inspectors.hpp"

namespace innergate::admin::jobs {
namespace {

using handlers::domain::git_access::HeadAgreement;
using handlers::domain::git_access::InspectionFailure;

std::string sentence(std::string_view what, const InspectionFailure& failure) {
    return failure.kind == InspectionFailure::Kind::not_configured
               ? std::string{}
               : fmt::format("{}: {}", what, failure.reason);
}

}  // namespace

std::string make_head_agree(
    const handlers::PostReceiveJob& job,
    handlers::DefaultBranchStore& branches,
    handlers::inspectors::Inspectors& inspectors,
    std::chrono::steady_clock::time_point deadline
) {
    if (!job.new_default_branch || !job.project_id) {
        return {};
    }
    const ProjectId project_id{*job.project_id};
    const auto project = branches.find(project_id);
    if (!project || !project->name) {
        return {};
    }
    const handlers::inspectors::RepositoryName repository{
        .storage = project->storage,
        .relative_path = project->relative_path,
        .gl_repository = job.gl_repository,
        .gl_project_path = project->full_path};
    const handlers::inspectors::Occasion occasion{
        .deadline = deadline, .correlation_id = job.correlation_id.value_or("")};
    const auto inspection = inspectors.look_into(repository, occasion);
    const auto head = inspection->default_branch();
    if (!head) {
        return sentence("cannot ask HEAD", head.error());
    }
    const auto is_head_there = *head ? inspection->has_branch(**head) : false;
    if (!is_head_there) {
        return sentence("cannot ask for the branch of HEAD", is_head_there.error());
    }
    std::vector<std::string> branches_there = handlers::domain::pushed_branches(job.changes);
    if (*is_head_there) {
        branches_there.push_back(**head);
    }
    const auto agreement = handlers::domain::git_access::head_agreement(
        *head, *project->name, *job.new_default_branch, branches_there
    );
    switch (agreement) {
        case HeadAgreement::reached:
            return {};
        case HeadAgreement::database_follows:
            return branches.change(project_id, *project->name, **head)
                       ? std::string{}
                       : "the default branch was changed meanwhile";
        case HeadAgreement::head_follows:
            break;
    }
    const auto done = inspectors.set_default_branch(repository, occasion, *project->name);
    return done ? std::string{} : sentence("cannot move HEAD", done.error());
}

}  // namespace innergate::admin::jobs

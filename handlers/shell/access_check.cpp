#include "handlers/shell/access_check.hpp"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "app/settings/settings.hpp"
#include "handlers/domain/git_access/git_action.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/domain/git_access/rights.hpp"
#include "handlers/inspectors/no_inspection.hpp"

namespace innergate::handlers::shell {
namespace {

using domain::git_access::AccessSettings;
using domain::git_access::ContainerKind;
using domain::git_access::Decision;
using domain::git_access::DecisionInput;
using domain::git_access::OnFailure;
using domain::git_access::Refusal;

constexpr std::string_view kDefaultStorage = "default";

OnFailure on_failure(settings::Unchecked unchecked) {
    return unchecked == settings::Unchecked::open ? OnFailure::pass : OnFailure::refuse;
}

AccessSettings access_settings(const settings::Settings& settings) {
    const settings::Checks& checks = settings.checks;
    return {
        .instance_url = settings.instance.external_url,
        .is_http_pull_enabled = settings.access.git_http_pull,
        .is_http_push_enabled = settings.access.git_http_push,
        .are_ssh_certificates_enabled = settings.features.ssh_certificates,
        .are_ip_restrictions_enabled = settings.features.ip_restrictions,
        .unlock_in = settings.access.unlock_in,
        .checks =
            {
                .repository_state = on_failure(checks.repository_state),
                .force_push = on_failure(checks.force_push),
                .branch_basis = on_failure(checks.branch_basis),
                .lfs_objects = on_failure(checks.lfs_objects),
                .file_size = on_failure(checks.file_size),
                .lfs_locks = on_failure(checks.lfs_locks),
                .snippet_files = on_failure(checks.snippet_files),
            },
    };
}

struct FindActor {
    ActorStore& actors;

    ActorFacts operator()(const NoActor& /*nobody*/) const { return actors.anonymous(); }
    ActorFacts operator()(KeyId id) const { return actors.find_by_key(id); }
    ActorFacts operator()(UserId id) const { return actors.find_by_user(id); }
    ActorFacts operator()(const UsernameSelector& selector) const {
        return actors.find_by_username(selector.username);
    }
};

/// Ends the creation of a project whose repository could not be made.
struct RepositoryNotMade : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string_view to_sentence(CreationFailure failure) {
    switch (failure) {
        case CreationFailure::path_taken:
            return "Path has already been taken";
        case CreationFailure::namespace_gone:
            return "Namespace is not valid";
    }
    return {};
}

Decision refusal(const std::string& error) {
    return {
        .kind = Decision::Kind::refused,
        .refusal = domain::git_access::creation_failed(std::vector{error}),
        .skipped_checks = {},
    };
}

}  // namespace

AccessCheck::AccessCheck(
    const AllowedRequest& asked,
    const Grounds& grounds,
    std::string correlation_id,
    Timestamp now,
    domain::git_access::Trace* trace
)
    : request_(access_request(asked)),
      quarantine_(inspectors::parse_quarantine(asked.env.value_or(""))),
      relative_path_(asked.relative_path.value_or("")),
      stores_(grounds.stores),
      inspectors_(grounds.inspectors),
      correlation_id_(std::move(correlation_id)),
      now_(now),
      trace_(trace),
      access_settings_(access_settings(grounds.settings)),
      actor_(std::visit(FindActor{grounds.stores.actors}, actor_selector(asked))) {}

DecisionInput AccessCheck::input() const {
    return {
        .request = request_,
        .actor = actor_.actor,
        .instance = actor_.instance,
        .container = facts_,
        .standing = standing_,
        .push = push_,
        .settings = access_settings_,
        .now = now_,
        .can_create_project = [this] { return can_create_project(); },
        .missing_lfs_objects = [this](
                                   ProjectId project, std::span<const std::string> oids
                               ) { return stores_.lfs_links.list_unlinked(project, oids); },
        .trace = trace_,
    };
}

std::optional<Refusal> AccessCheck::refuse_caller() {
    caller_rules_ = domain::git_access::CallerRules::left;
    return domain::git_access::refuse_caller(input());
}

std::optional<Container> AccessCheck::find_container() {
    const Viewer viewer = Viewer::of(actor_.actor, std::chrono::floor<std::chrono::days>(now_));
    if (!request_.gl_repository) {
        return stores_.containers.find_by_path(request_.path, viewer);
    }
    const auto& name = *request_.gl_repository;
    if (!name) {
        return std::nullopt;
    }
    switch (name->kind) {
        case ContainerKind::project:
        case ContainerKind::wiki:
            return stores_.containers.find(name->kind, ProjectId{name->id}, viewer);
        case ContainerKind::snippet:
            return stores_.containers.find_snippet(name->id, viewer);
        case ContainerKind::design:
            return stores_.containers.find_design(name->id, viewer);
    }
    return std::nullopt;
}

/// The rare part: only for somebody who may not push.
void AccessCheck::complete_standing(const Container& container) {
    standing_ = container.standing;
    const auto& user = actor_.actor.user;
    const auto& project = container.facts.project;
    if (!user || !project || !domain::git_access::is_push(request_) ||
        can_push_code(domain::git_access::person_of(actor_.actor, standing_), *project)) {
        return;
    }
    standing_.collaboration_branches = stores_.collaborations.list_branches(
        *project, *user, std::chrono::floor<std::chrono::days>(now_)
    );
}

Decision AccessCheck::decide(const routing::SlowWork& slow_work) {
    const auto container = find_container();
    if (!container) {
        // A project may be created, and its repository with it.
        if (domain::git_access::is_push(request_) && can_create_project()) {
            slow_work.begin();
        }
        return decide_about_container();
    }
    facts_ = container->facts;
    if (inspectors_.can_look_into(storage_of(container->facts))) {
        slow_work.begin();
    }
    complete_standing(*container);
    if (container->facts.kind == ContainerKind::project && container->facts.project &&
        domain::git_access::is_push(request_) && !domain::git_access::is_before_git(request_)) {
        const auto& user = actor_.actor.user;
        push_ = stores_.protections.find(
            {.id = container->facts.project->id,
             .has_protections_above = container->has_protections_above},
            user ? std::optional{user->id} : std::nullopt,
            standing_.role,
            std::chrono::floor<std::chrono::days>(now_)
        );
    }
    return decide_about_container();
}

Decision AccessCheck::decide_about_container() {
    if (!facts_) {
        inspectors::NoInspection nothing{inspectors::no_inspector_of(kDefaultStorage)};
        return domain::git_access::decide(input(), nothing, budget_, caller_rules_);
    }
    const auto inspection = inspectors_.look_into(
        {
            .storage = std::string{storage_of(*facts_)},
            .relative_path = relative_path_of(*facts_),
            .gl_repository = to_string(gl_repository_of(*facts_)),
            .gl_project_path = gl_project_path_of(*facts_),
        },
        {
            .deadline = budget_.deadline(),
            .correlation_id = correlation_id_,
            .hook_relative_path = relative_path_,
            .quarantine = quarantine_,
        },
        &usage_
    );
    return domain::git_access::decide(input(), *inspection, budget_, caller_rules_);
}

std::optional<ParentNamespace> AccessCheck::parent_of_new_project() const {
    const auto& user = actor_.actor.user;
    const std::size_t slash = request_.path.path.rfind('/');
    if (request_.gl_repository || request_.path.kind != ContainerKind::project || !user ||
        slash == std::string::npos) {
        return std::nullopt;
    }
    return stores_.creations.find_namespace(
        request_.path.path.substr(0, slash), user->id, std::chrono::floor<std::chrono::days>(now_)
    );
}

bool AccessCheck::can_create_project() const {
    const auto& actor = actor_.actor;
    const bool is_person = actor.user && !(actor.key && actor.key->is_deploy_key);
    if (!is_person || !domain::git_access::is_before_git(request_) ||
        !inspectors_.can_look_into(kDefaultStorage)) {
        return false;
    }
    const auto parent = parent_of_new_project();
    return parent && domain::git_access::can_create_project(*actor.user, parent->facts);
}

Decision AccessCheck::create_project() {
    const auto parent = parent_of_new_project();
    if (!parent) {
        return refusal(std::string{to_sentence(CreationFailure::namespace_gone)});
    }
    // Since the decision another push may have made the last project that the user may have, if
    // it was not this one.
    if (parent->facts.is_project_limit_reached && !find_container()) {
        return refusal(domain::git_access::project_limit_error(parent->facts.projects_limit));
    }
    const std::string& path = request_.path.path;
    try {
        const auto created = stores_.creations.create(
            parent->id,
            path.substr(path.rfind('/') + 1),
            kDefaultStorage,
            [this, &path, &parent](ProjectId project) {
                const auto made = inspectors_.create_repository(
                    {
                        .storage = std::string{kDefaultStorage},
                        .relative_path = domain::git_access::hashed_disk_path(project) + ".git",
                        .gl_repository = fmt::format("project-{}", project.value),
                        .gl_project_path = path,
                    },
                    {.deadline = budget_.deadline(), .correlation_id = correlation_id_},
                    parent->default_branch_name
                );
                if (!made) {
                    throw RepositoryNotMade{made.error().reason};
                }
            }
        );
        if (!created) {
            return refusal(std::string{to_sentence(created.error())});
        }
    } catch (const RepositoryNotMade& error) {
        Decision decision = refusal("Repository could not be created");
        decision.refusal.log_detail = error.what();
        return decision;
    }
    return decide(routing::SlowWork{Lane::slow});
}

}  // namespace innergate::handlers::shell

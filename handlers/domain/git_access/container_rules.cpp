// Rules of the namespace, of what is there, and of what may be done with it.
#include <array>

#include "app/ascii.hpp"
#include "handlers/domain/git_access/access_rules.hpp"
#include "handlers/domain/git_access/decision.hpp"
#include "handlers/domain/git_access/git_action.hpp"
#include "handlers/domain/git_access/ip_allow_list.hpp"
#include "handlers/domain/git_access/rights.hpp"
#include "handlers/domain/git_access/user_state.hpp"
#include "handlers/domain/path_rules.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kNotFound = 404;

std::string_view not_found_text(ContainerKind kind) {
    switch (kind) {
        case ContainerKind::wiki:
            return "The wiki you were looking for could not be found.";
        case ContainerKind::snippet:
            return "The snippet you were looking for could not be found.";
        case ContainerKind::project:
        case ContainerKind::design:
            break;
    }
    return "The project you were looking for could not be found or you don't have permission to "
           "view "
           "it.";
}

/// Where the repository lies or would lie: what is not there belongs to the namespace it names,
/// lest a certificate's holder learn what is there in other namespaces, or create projects in them.
std::string_view root_namespace_of(const DecisionInput& input) {
    if (!input.container) {
        const std::string_view path = input.request.path.path;
        return path.substr(0, path.find('/'));
    }
    const ProjectFacts* const project = project_of(input);
    return project != nullptr ? std::string_view{project->root_namespace_path} : "";
}

/// A person who signs in for themselves: only they can have a certificate.
bool needs_certificate(const DecisionInput& input) {
    const ProjectFacts* const project = project_of(input);
    const UserFacts* const user = user_of(input.actor);
    return project != nullptr && project->root_enforces_ssh_certificates &&
           input.request.namespace_path.empty() && user != nullptr && is_human(*user);
}

Outcome certificate_namespace(const DecisionInput& input) {
    RuleRecord rule{input.trace, "9", "The SSH certificate is good for the namespace"};
    const std::string& allowed = input.request.namespace_path;
    if (!input.settings.are_ssh_certificates_enabled || !is_before_git(input.request)) {
        return rule.does_not_apply();
    }
    rule.text("namespace_path", allowed).text("root_namespace", root_namespace_of(input));
    const bool is_elsewhere =
        !allowed.empty() && !ascii::equal_ignoring_case(allowed, root_namespace_of(input));
    if (is_elsewhere || needs_certificate(input)) {
        return rule.refuses(
            kUnauthorized, "You are not allowed to access projects in this namespace."
        );
    }
    return rule.passes();
}

Outcome legal_path(const DecisionInput& input) {
    RuleRecord rule{input.trace, "10", "The path can be that of a project"};
    // Where the name says which kind is meant, a later rule refuses in the words for that kind.
    const bool is_kind_named =
        input.request.kind() == ContainerKind::snippet ||
        (input.request.kind() != ContainerKind::project && input.request.gl_repository);
    if (input.container || is_kind_named) {
        return rule.does_not_apply();
    }
    rule.text("path", input.request.path.path);
    if (!is_legal_project_path(input.request.path.path)) {
        return rule.refuses(kNotFound, "The namespace you were looking for could not be found.");
    }
    return rule.passes();
}

bool can_read_container(const DecisionInput& input, const ProjectFacts& project) {
    const Person person = person_of(input.actor, input.standing);
    if (subject_of(input.actor) == Subject::deploy_key) {
        return input.standing.is_deploy_key_enabled && !project.is_pending_delete;
    }
    return can_read_project(person, project);
}

Outcome visible_project(const DecisionInput& input) {
    RuleRecord rule{input.trace, "13", "The actor can read the project"};
    const ProjectFacts* const project = project_of(input);
    if (project == nullptr) {
        return rule.does_not_apply();
    }
    const UserFacts* const user = user_of(input.actor);
    const bool is_exempt = user != nullptr && user->is_admin;
    const bool is_admitted = !input.settings.are_ip_restrictions_enabled || is_exempt ||
                             is_address_admitted(project->ip_restrictions, input.request.check_ip);
    const bool can_read = can_read_container(input, *project);
    rule.number("role", static_cast<int>(input.standing.role));
    rule.number("visibility", static_cast<int>(project->visibility));
    rule.flag("can_read", can_read).flag("is_address_admitted", is_admitted);
    if (!can_read || !is_admitted) {
        return rule.refuses(kNotFound, std::string{not_found_text(container_of(input).kind)});
    }
    return rule.passes();
}

Outcome redirect(const DecisionInput& input) {
    RuleRecord rule{input.trace, "14", "A path that has moved is told to the user"};
    if (container_of(input).redirected_from.empty()) {
        return rule.does_not_apply();
    }
    return rule.text("redirected_from", container_of(input).redirected_from).passes();
}

Outcome design_right(const DecisionInput& input) {
    RuleRecord rule{input.trace, "design-right", "The user manages designs of the project"};
    if (container_of(input).kind != ContainerKind::design) {
        return rule.does_not_apply();
    }
    const ProjectFacts* const project = project_of(input);
    const Person person = person_of(input.actor, input.standing);
    if (project == nullptr || subject_of(input.actor) == Subject::deploy_key ||
        !can_manage_designs(person, *project)) {
        return rule.refuses(kUnauthorized, "You are not allowed to manage designs of this project");
    }
    return rule.passes();
}

bool can_download(const DecisionInput& input) {
    const ContainerFacts& container = container_of(input);
    const ProjectFacts* const project = project_of(input);
    const Person person = person_of(input.actor, input.standing);
    if (container.kind == ContainerKind::snippet) {
        return container.snippet && can_read_snippet(person, *container.snippet, project);
    }
    if (project == nullptr) {
        return false;
    }
    if (container.kind == ContainerKind::wiki) {
        return subject_of(input.actor) == Subject::deploy_key
                   ? input.standing.is_deploy_key_enabled &&
                         project->wiki_feature != FeatureLevel::disabled
                   : can_download_wiki(person, *project);
    }
    return subject_of(input.actor) == Subject::deploy_key
               ? deploy_key_can_download(*project, input.standing)
               : can_download_code(person, *project);
}

std::string_view no_download_text(ContainerKind kind) {
    switch (kind) {
        case ContainerKind::wiki:
            return "You are not allowed to download files from this wiki.";
        case ContainerKind::snippet:
            return "You are not allowed to read this snippet.";
        case ContainerKind::project:
        case ContainerKind::design:
            break;
    }
    return "You are not allowed to download code from this project.";
}

Outcome download(const DecisionInput& input) {
    RuleRecord rule{input.trace, "16", "The actor may download"};
    // Who manages designs may also fetch them.
    if (!is_download(input.request) || container_of(input).kind == ContainerKind::design) {
        return rule.does_not_apply();
    }
    rule.number("role", static_cast<int>(input.standing.role));
    if (!can_download(input)) {
        return rule.refuses(kUnauthorized, std::string{no_download_text(container_of(input).kind)});
    }
    return rule.passes();
}

Outcome repository_read_only(const DecisionInput& input) {
    RuleRecord rule{input.trace, "17", "The repository takes pushes"};
    const ProjectFacts* const project = project_of(input);
    if (!is_push(input.request) || project == nullptr) {
        return rule.does_not_apply();
    }
    if (project->is_repository_read_only) {
        return rule.refuses(
            kUnauthorized, "The repository is temporarily read-only. Please try again later."
        );
    }
    return rule.passes();
}

Outcome archived(const DecisionInput& input) {
    RuleRecord rule{input.trace, "18", "The project is not archived"};
    const ProjectFacts* const project = project_of(input);
    if (!is_push(input.request) || project == nullptr) {
        return rule.does_not_apply();
    }
    if (project->is_archived) {
        return rule.refuses(kUnauthorized, "You can't push code to an archived project.");
    }
    return rule.passes();
}

Outcome deploy_key_writes(const DecisionInput& input) {
    RuleRecord rule{input.trace, "19", "The deploy key may write to the project"};
    if (!is_push(input.request) || subject_of(input.actor) != Subject::deploy_key) {
        return rule.does_not_apply();
    }
    if (!input.standing.can_deploy_key_push) {
        return rule.refuses(
            kUnauthorized, "This deploy key does not have write access to this project."
        );
    }
    return rule.passes();
}

Outcome known_actor(const DecisionInput& input) {
    RuleRecord rule{input.trace, "20", "Somebody pushes"};
    if (!is_push(input.request)) {
        return rule.does_not_apply();
    }
    if (subject_of(input.actor) == Subject::anonymous) {
        return rule.refuses(kUnauthorized, "You are not allowed to upload code for this project.");
    }
    return rule.passes();
}

Outcome push_before_git(const DecisionInput& input) {
    RuleRecord rule{input.trace, "21", "The actor may push something"};
    if (!is_push(input.request) || !is_before_git(input.request) ||
        container_of(input).kind != ContainerKind::project) {
        return rule.does_not_apply();
    }
    const ProjectFacts* const project = project_of(input);
    const Person person = person_of(input.actor, input.standing);
    const bool can_push =
        subject_of(input.actor) == Subject::deploy_key
            ? deploy_key_can_push(*project, input.standing)
            : can_push_code(person, *project) || collaborates(*project, input.standing);
    rule.number("role", static_cast<int>(input.standing.role));
    if (!can_push) {
        return rule.refuses(kUnauthorized, "You are not allowed to push code to this project.");
    }
    return rule.passes();
}

/// For a deploy key its owner decides. The owner must be able to use Git.
Outcome wiki_write(const DecisionInput& input) {
    RuleRecord rule{input.trace, "wiki-write", "The actor may write to the wiki"};
    if (!is_push(input.request) || container_of(input).kind != ContainerKind::wiki) {
        return rule.does_not_apply();
    }
    const Person person = person_of(input.actor, input.standing);
    const bool is_user_fit =
        person.user != nullptr &&
        !reason_not_to_use_git(*person.user, input.instance, input.settings, input.now);
    if (!is_user_fit || !can_write_wiki(person, *project_of(input))) {
        return rule.refuses(kUnauthorized, "You are not allowed to write to this project's wiki.");
    }
    return rule.passes();
}

Outcome snippet_write(const DecisionInput& input) {
    RuleRecord rule{input.trace, "snippet-write", "The user may update the snippet"};
    if (!is_push(input.request) || container_of(input).kind != ContainerKind::snippet) {
        return rule.does_not_apply();
    }
    const Person person = person_of(input.actor, input.standing);
    const auto& snippet = container_of(input).snippet;
    if (!snippet || !can_write_snippet(person, *snippet, project_of(input))) {
        return rule.refuses(kUnauthorized, "You are not allowed to update this snippet.");
    }
    return rule.passes();
}

constexpr std::array<AccessRule, 2> kNamespaceRules{certificate_namespace, legal_path};
constexpr std::array<AccessRule, 3> kVisibilityRules{visible_project, redirect, design_right};
constexpr std::array<AccessRule, 8> kRepositoryRules{
    download,
    repository_read_only,
    archived,
    deploy_key_writes,
    known_actor,
    push_before_git,
    wiki_write,
    snippet_write,
};

}  // namespace

std::span<const AccessRule> namespace_rules() {
    return kNamespaceRules;
}

std::span<const AccessRule> visibility_rules() {
    return kVisibilityRules;
}

std::span<const AccessRule> repository_rules() {
    return kRepositoryRules;
}

Outcome missing_container(const DecisionInput& input) {
    RuleRecord creation{input.trace, "11", "The push may create the project"};
    const bool is_asked = input.request.kind() == ContainerKind::project &&
                          !input.request.gl_repository && is_push(input.request) &&
                          is_before_git(input.request) && subject_of(input.actor) == Subject::user;
    const bool can_create = is_asked && input.can_create_project && input.can_create_project();
    creation.flag("is_asked", is_asked).flag("can_create", can_create);
    if (can_create) {
        const auto errors = new_project_errors(input.request.path.path);
        return errors.empty() ? creation.passes() : creation.gives_way_to(creation_failed(errors));
    }
    static_cast<void>(creation.does_not_apply());
    RuleRecord rule{input.trace, "12", "There is what the request names"};
    return rule.refuses(kNotFound, std::string{not_found_text(input.request.kind())});
}

Outcome missing_repository(RuleRecord& rule, ContainerKind kind) {
    switch (kind) {
        case ContainerKind::wiki:
            return rule.refuses(kNotFound, "A repository for this wiki does not exist yet.");
        case ContainerKind::snippet:
            return rule.refuses(
                kNotFound, "The snippet repository you were looking for could not be found."
            );
        case ContainerKind::project:
        case ContainerKind::design:
            break;
    }
    return rule.refuses(kNotFound, "A repository for this project does not exist yet.");
}

}  // namespace innergate::handlers::domain::git_access

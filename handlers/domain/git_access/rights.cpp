#include "handlers/domain/git_access/rights.hpp"

#include <algorithm>

namespace innergate::handlers::domain::git_access {
namespace {

/// Public to all, internal to whoever is signed in and not external.
bool is_visible(Visibility visibility, const Person& person) {
    switch (visibility) {
        case Visibility::public_:
            return true;
        case Visibility::internal:
            return person.user != nullptr && !person.user->is_external;
        case Visibility::private_:
            break;
    }
    return false;
}

bool is_member(const Person& person) {
    return person.role >= Role::guest;
}

/// For whoever reads the project.
bool is_usable(FeatureLevel level, const Person& person) {
    switch (level) {
        case FeatureLevel::disabled:
            return false;
        case FeatureLevel::members:
            return is_member(person) || person.is_admin();
        case FeatureLevel::enabled:
        case FeatureLevel::public_:
            break;
    }
    return true;
}

bool is_author(const Person& person, const SnippetFacts& snippet) {
    return person.user != nullptr && snippet.author_id == person.user->id;
}

/// A feature of the project that takes this role to look at, or a project everyone may look at.
bool can_view(
    const Person& person, const ProjectFacts& project, FeatureLevel level, Role least_role
) {
    return can_read_project(person, project) && is_usable(level, person) &&
           (person.is_admin() || person.role >= least_role || is_visible(project.visibility, person)
           );
}

}  // namespace

Subject subject_of(const Actor& actor) {
    if (actor.key && actor.key->is_deploy_key) {
        return Subject::deploy_key;
    }
    return actor.user ? Subject::user : Subject::anonymous;
}

const UserFacts* user_of(const Actor& actor) {
    return subject_of(actor) == Subject::user && actor.user ? &*actor.user : nullptr;
}

Person person_of(const Actor& actor, const Standing& standing) {
    if (!actor.user) {
        return {};
    }
    return {.user = &*actor.user, .role = standing.role};
}

bool can_read_project(const Person& person, const ProjectFacts& project) {
    return !project.is_pending_delete &&
           (person.is_admin() || is_member(person) || is_visible(project.visibility, person));
}

bool can_download_code(const Person& person, const ProjectFacts& project) {
    return can_view(person, project, project.repository_feature, Role::reporter);
}

bool can_push_code(const Person& person, const ProjectFacts& project) {
    return can_read_project(person, project) && !project.is_archived &&
           is_usable(project.repository_feature, person) &&
           (person.role >= Role::developer || person.is_admin());
}

bool can_download_wiki(const Person& person, const ProjectFacts& project) {
    return can_view(person, project, project.wiki_feature, Role::planner);
}

bool can_write_wiki(const Person& person, const ProjectFacts& project) {
    const bool has_role = person.role == Role::planner || person.role >= Role::developer;
    return can_read_project(person, project) && is_usable(project.wiki_feature, person) &&
           (has_role || person.is_admin());
}

bool can_manage_designs(const Person& person, const ProjectFacts& project) {
    const bool has_role = person.role == Role::planner || person.role >= Role::reporter;
    return can_read_project(person, project) && (has_role || person.is_admin());
}

bool can_read_snippet(
    const Person& person, const SnippetFacts& snippet, const ProjectFacts* project
) {
    if (project != nullptr &&
        (!can_read_project(person, *project) || !is_usable(project->snippets_feature, person))) {
        return false;
    }
    return person.is_admin() || is_author(person, snippet) ||
           is_visible(snippet.visibility, person) || (project != nullptr && is_member(person));
}

bool can_write_snippet(
    const Person& person, const SnippetFacts& snippet, const ProjectFacts* project
) {
    return can_read_snippet(person, snippet, project) &&
           (person.is_admin() || is_author(person, snippet) ||
            (project != nullptr && person.is_maintainer()));
}

bool deploy_key_can_download(const ProjectFacts& project, const Standing& standing) {
    return standing.is_deploy_key_enabled && project.repository_feature != FeatureLevel::disabled;
}

bool deploy_key_can_push(const ProjectFacts& project, const Standing& standing) {
    return deploy_key_can_download(project, standing) && standing.can_deploy_key_push;
}

bool collaborates_on(
    std::string_view branch, const ProjectFacts& project, const Standing& standing
) {
    return collaborates(project, standing) &&
           std::ranges::find(standing.collaboration_branches, branch) !=
               standing.collaboration_branches.end();
}

bool collaborates(const ProjectFacts& project, const Standing& standing) {
    return !standing.collaboration_branches.empty() && !project.is_archived &&
           !project.is_repository_empty && project.repository_feature != FeatureLevel::disabled;
}

bool can_create_project(const UserFacts& user, const NamespaceFacts& name_space) {
    if (user.is_external) {
        return false;
    }
    if (name_space.owner_id) {
        return (*name_space.owner_id == user.id || user.is_admin) &&
               !name_space.is_project_limit_reached;
    }
    if (user.is_admin) {
        return true;
    }
    switch (name_space.project_creation_level) {
        case ProjectCreationLevel::nobody:
        case ProjectCreationLevel::administrators:
            return false;
        case ProjectCreationLevel::owners:
            return name_space.role >= Role::owner;
        case ProjectCreationLevel::maintainers:
            return name_space.role >= Role::maintainer;
        case ProjectCreationLevel::developers:
            break;
    }
    return name_space.role >= Role::developer;
}

std::string project_limit_error(int projects_limit) {
    if (projects_limit == 0) {
        return "Limit reached You cannot create projects in your personal namespace. Contact your "
               "GitLab administrator.";
    }
    return "Limit reached You've reached your limit of " + std::to_string(projects_limit) +
           " projects created. Contact your GitLab administrator.";
}

}  // namespace innergate::handlers::domain::git_access

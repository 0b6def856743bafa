#include "handlers/shell/lfs_authenticate.hpp"

#include "app/auth/lfs_token.hpp"
#include "app/blank.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/domain/git_access/repository_path.hpp"
#include "handlers/shell/credentials.hpp"

namespace innergate::handlers::shell {
namespace {

using domain::git_access::ContainerKind;

/// Of the kinds of repositories, projects and their wikis take LFS.
std::optional<LfsProject> find_project(const LfsAuthenticateRequest& request, LfsStore& lfs) {
    if (!request.gl_repository || is_blank(*request.gl_repository)) {
        return lfs.find_project(
            domain::git_access::parse_repository_path(request.project.value_or(""))
        );
    }
    const auto name = domain::git_access::parse_gl_repository(*request.gl_repository);
    if (!name || (name->kind != ContainerKind::project && name->kind != ContainerKind::wiki)) {
        return std::nullopt;
    }
    auto project = lfs.find_project(ProjectId{name->id});
    if (project) {
        project->is_wiki = name->kind == ContainerKind::wiki;
    }
    return project;
}

/// The repository's path below the instance, if it takes LFS.
std::optional<std::string> lfs_path(const LfsAuthenticateRequest& request, LfsStore& lfs) {
    const auto project = find_project(request, lfs);
    if (!project || !project->is_lfs_enabled) {
        return std::nullopt;
    }
    return project->full_path + (project->is_wiki ? ".wiki.git" : ".git");
}

std::optional<auth::LfsActor> lfs_actor(const Credentials& credentials) {
    if (credentials.key && credentials.key->is_deploy_key) {
        return auth::lfs_actor(credentials.key->id, credentials.key->fingerprint_sha256);
    }
    if (credentials.user) {
        const CredentialUser& user = *credentials.user;
        if (is_blocked(user)) {
            return std::nullopt;
        }
        return auth::lfs_actor(user.id, user.username, user.encrypted_password);
    }
    return std::nullopt;
}

}  // namespace

Result<LfsAuthentication> lfs_authenticate(
    const LfsAuthenticateRequest& request,
    LfsStore& lfs,
    CredentialStore& credentials,
    db::LaterWrites& later,
    const settings::Instance& instance,
    const settings::Tokens& tokens,
    const auth::DbKeyBase& db_key_base,
    const Clock& clock
) {
    const auto path = lfs_path(request, lfs);
    if (!path) {
        return failure(ErrorCode::not_found, "404 Not Found", "no repository that takes LFS");
    }
    const auto actor = lfs_actor(find_credentials(request, credentials, later, clock));
    if (!actor) {
        return failure(ErrorCode::not_found, "404 Not found", "no actor");
    }
    return LfsAuthentication{
        .username = actor->name,
        .lfs_token = auth::make_lfs_token(
            db_key_base.secret, *actor, clock.now(), tokens.lfs_token_lifetime
        ),
        .repository_http_path = instance.external_url + "/" + *path,
        .expires_in = tokens.lfs_token_lifetime,
    };
}

}  // namespace innergate::handlers::shell

#include "handlers/shell/lfs_authenticate.hpp"

#include "app/auth/lfs_token.hpp"
#include "app/blank.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/domain/git_access/repository_path.hpp"
#include "handlers/shell/credentials.hpp"

namespace innergate::handlers::shell {
namespace {

using domain::git_access::ContainerKind;

struct FoundProject {
    std::optional<LfsProject> project;
    bool is_wiki = false;
};

/// Of the kinds of repositories, projects and their wikis take LFS.
FoundProject find_project(const LfsAuthenticateRequest& request, LfsStore& lfs) {
    const auto of_kind = [](ContainerKind kind, const auto& find) -> FoundProject {
        const bool is_wiki = kind == ContainerKind::wiki;
        return is_wiki || kind == ContainerKind::project ? FoundProject{find(), is_wiki}
                                                         : FoundProject{};
    };
    if (request.gl_repository && !is_blank(*request.gl_repository)) {
        const auto name = domain::git_access::parse_gl_repository(*request.gl_repository);
        return name ? of_kind(name->kind, [&] { return lfs.find_project(ProjectId{name->id}); })
                    : FoundProject{};
    }
    const auto path = domain::git_access::parse_repository_path(request.project.value_or(""));
    return of_kind(path.kind, [&] { return lfs.find_project(path.path); });
}

/// The repository's path below the instance, if it takes LFS.
std::optional<std::string> lfs_path(const LfsAuthenticateRequest& request, LfsStore& lfs) {
    const auto [project, is_wiki] = find_project(request, lfs);
    if (!project || !project->is_lfs_enabled) {
        return std::nullopt;
    }
    return project->full_path + (is_wiki ? ".wiki.git" : ".git");
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
    const settings::Instance& instance,
    const settings::Tokens& tokens,
    const auth::DbKeyBase& db_key_base,
    const Clock& clock
) {
    const auto path = lfs_path(request, lfs);
    if (!path) {
        return failure(ErrorCode::not_found, "404 Not Found", "no repository that takes LFS");
    }
    const auto actor = lfs_actor(find_credentials(request, credentials, clock));
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

void write_json(json::Writer& writer, const LfsAuthentication& authentication) {
    writer.begin_object();
    writer.member("username", authentication.username);
    writer.member("lfs_token", authentication.lfs_token);
    writer.member("repository_http_path", authentication.repository_http_path);
    writer.member("expires_in", authentication.expires_in.count());
    writer.end_object();
}

}  // namespace innergate::handlers::shell

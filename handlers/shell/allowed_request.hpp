// What a client asks about access, as the parameters of `allowed` say it.
#pragma once

#include <optional>
#include <string>

#include "app/params/schema.hpp"
#include "handlers/domain/git_access/access_request.hpp"
#include "handlers/shell/actor.hpp"

namespace innergate::handlers::shell {

struct AllowedRequest : ActorParams {
    std::optional<std::string> action;
    std::optional<std::string> project;
    std::optional<std::string> gl_repository;
    std::optional<std::string> changes;
    std::optional<std::string> protocol;
    std::optional<std::string> check_ip;
    std::optional<std::string> namespace_path;
    std::optional<std::string> relative_path;
    std::optional<std::string> env;
};

inline constexpr auto kAllowedParams = params::schema<AllowedRequest>(
    params::optional("key_id", &ActorParams::key_id, "SSH key that authenticated the session"),
    params::optional("user_id", &ActorParams::user_id, "User, by id"),
    params::optional("username", &ActorParams::username, "User named by an SSH certificate"),
    params::optional(
        "identifier", &ActorParams::identifier, "user-ID or key-ID, as hooks name who pushes"
    ),
    params::optional(
        "action", &AllowedRequest::action, "git-upload-pack, git-upload-archive or git-receive-pack"
    ),
    params::optional(
        "project",
        &AllowedRequest::project,
        "Path of the repository as typed; not looked at beside gl_repository"
    ),
    params::optional(
        "gl_repository", &AllowedRequest::gl_repository, "Repository, such as project-7"
    ),
    params::optional(
        "changes",
        &AllowedRequest::changes,
        "_any, or a line of old id, new id and ref for each ref of a push"
    ),
    params::optional("protocol", &AllowedRequest::protocol, "ssh, http or web, in any case"),
    params::optional("check_ip", &AllowedRequest::check_ip, "Address the user comes from"),
    params::optional(
        "namespace_path",
        &AllowedRequest::namespace_path,
        "Group whose SSH certificate let the user in"
    ),
    params::optional(
        "relative_path",
        &AllowedRequest::relative_path,
        "Where Gitaly has the repository for the moment"
    ),
    params::optional(
        "env",
        &AllowedRequest::env,
        "JSON with GIT_OBJECT_DIRECTORY_RELATIVE and GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE"
    )
);

/// Names that name nothing are part of the request: the rules say what becomes of them.
[[nodiscard]] domain::git_access::AccessRequest access_request(const AllowedRequest& request);

}  // namespace innergate::handlers::shell

// What gitlab-shell and Gitaly are told when they may go on: whose repository, where it is served,
// under which options.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/json/shape.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/inspectors/quarantine.hpp"

namespace innergate::handlers::shell {

struct AccessGrant {
    struct Key {
        bool is_deploy_key = false;
        long long id = 0;
    };
    /// Where the repository is served.
    struct Gitaly {
        std::string storage_name;
        std::string relative_path;
        inspectors::Quarantine quarantine;  ///< sent back to Gitaly as it came
        std::string address;
        std::optional<std::string> token;
    };

    std::string gl_repository;
    std::string gl_project_path;
    std::optional<long long> gl_project_id;         ///< nothing for a personal snippet
    std::optional<long long> gl_root_namespace_id;  ///< nothing for a personal snippet
    std::string gl_id;                              ///< `user-7`; empty: anonymous
    std::optional<std::string> gl_username;
    std::optional<Key> key;
    std::vector<std::string> git_config_options;
    std::optional<Gitaly> gitaly;
    std::vector<std::string> gl_console_messages;

    /// A grant and where Gitaly is: the answer's part about Gitaly includes the repository's names.
    struct GitalyCall {
        const AccessGrant& grant;
        const Gitaly& gitaly;
    };

    [[nodiscard]] std::optional<std::string_view> key_type() const;
    [[nodiscard]] std::optional<long long> key_id() const;
    [[nodiscard]] std::optional<GitalyCall> gitaly_call() const;
};

constexpr auto shape_of(std::type_identity<AccessGrant::GitalyCall> /*type*/) {
    using Call = AccessGrant::GitalyCall;
    return shape::object<Call>(
        shape::nested(
            "repository",
            "The repository as Gitaly's protocol names it",
            shape::member(
                "storage_name",
                [](const Call& call) -> const auto& { return call.gitaly.storage_name; },
                "The storage"
            ),
            shape::member(
                "relative_path",
                [](const Call& call) -> const auto& { return call.gitaly.relative_path; },
                "The path in the storage"
            ),
            shape::member(
                "git_object_directory",
                [](const Call& call) -> const auto& {
                    return call.gitaly.quarantine.object_directory;
                },
                "Of the quarantine, as Gitaly sent it"
            ),
            shape::member(
                "git_alternate_object_directories",
                [](const Call& call) -> const auto& { return call.gitaly.quarantine.alternates; },
                "Of the quarantine, as Gitaly sent them"
            ),
            shape::member(
                "gl_repository",
                [](const Call& call) -> const auto& { return call.grant.gl_repository; },
                "As above"
            ),
            shape::member(
                "gl_project_path",
                [](const Call& call) -> const auto& { return call.grant.gl_project_path; },
                "As above"
            )
        ),
        shape::member(
            "address",
            [](const Call& call) -> const auto& { return call.gitaly.address; },
            "`unix:`, `tcp://` or `tls://`"
        ),
        shape::member(
            "token",
            [](const Call& call) -> const auto& { return call.gitaly.token; },
            "What Gitaly asks of its clients"
        ),
        shape::member(
            "features",
            [](const Call& /*call*/) { return shape::Empty{}; },
            "Feature flags for Gitaly, of which this server has none"
        )
    );
}

/// `user-7`: what Git's hooks will name the pusher by. Empty: nobody.
[[nodiscard]] std::string gl_id_of(const domain::git_access::Actor& actor);

/// Members in the order and of the types that gitlab-shell decodes: it refuses an answer in which
/// an id is a string. Absent members are left out, and only Gitaly's token may be null.
constexpr auto shape_of(std::type_identity<AccessGrant> /*type*/) {
    using Grant = AccessGrant;
    return shape::object<Grant>(
        shape::constant("status", true, "Go on"),
        shape::member("gl_repository", &Grant::gl_repository, "`project-3`, `wiki-3`, `snippet-9`"),
        shape::member("gl_project_path", &Grant::gl_project_path, "The path as it is now"),
        shape::optional_member(
            "gl_project_id", &Grant::gl_project_id, "Left out for a personal snippet"
        ),
        shape::optional_member(
            "gl_root_namespace_id", &Grant::gl_root_namespace_id, "Left out for a personal snippet"
        ),
        shape::member(
            "gl_id",
            &Grant::gl_id,
            "What Git's hooks will name the pusher by: `user-7`; empty: nobody"
        ),
        shape::optional_member("gl_username", &Grant::gl_username, "The name of the account"),
        shape::optional_member(
            "gl_key_type",
            &Grant::key_type,
            shape::Doc{"Of the key, where one was used"}.one_of("key", "deploy_key")
        ),
        shape::optional_member("gl_key_id", &Grant::key_id, "Of the key, where one was used"),
        shape::member(
            "git_config_options", &Grant::git_config_options, "Settings for git, as `-c` takes them"
        ),
        shape::optional_member("gitaly", &Grant::gitaly_call, "Where and how to call Gitaly"),
        shape::member(
            "gl_console_messages",
            &Grant::gl_console_messages,
            "Lines for the person at the terminal"
        ),
        shape::constant("need_audit", false, "Whether to report the end of the call")
    );
}

}  // namespace innergate::handlers::shell

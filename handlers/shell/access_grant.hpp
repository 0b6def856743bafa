// What gitlab-shell and Gitaly are told when they may go on: whose repository, where it is served,
// under which options.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/json/writer.hpp"
#include "app/settings/settings.hpp"
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
        inspectors::Quarantine quarantine;  ///< as Gitaly sent it, back to it
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
};

/// `user-7`: what Git's hooks will name the pusher by. Empty: nobody.
[[nodiscard]] std::string gl_id_of(const domain::git_access::Actor& actor);

/// Members in the order and of the types that gitlab-shell decodes: it refuses an answer in which
/// an id is a string. Absent ones are left out, none is null but Gitaly's token.
void write_json(json::Writer& writer, const AccessGrant& grant);

}  // namespace innergate::handlers::shell

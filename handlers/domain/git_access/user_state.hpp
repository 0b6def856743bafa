// Who may use Git at all, whatever the repository.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain::git_access {

struct AccessSettings;

/// `users.user_type` of a person, as opposed to bots, service accounts and the ghost.
[[nodiscard]] bool is_human(const UserFacts& user);

/// Why the user may not use Git, in GitLab's words: the first reason that holds, in the order in
/// which GitLab looks. Nothing: the user may.
///
/// A lock ends by itself when its time is over, and nobody clears it in the database then.
///
/// Bots have neither an inbox nor a browser: terms, confirmation and passwords do not bind them. Of
/// the internal users, only those with which GitLab itself pushes may use Git: the bots of
/// migrations, security and security policies.
[[nodiscard]] std::optional<std::string> reason_not_to_use_git(
    const UserFacts& user,
    const InstanceFacts& instance,
    const AccessSettings& settings,
    Timestamp now
);

}  // namespace innergate::handlers::domain::git_access

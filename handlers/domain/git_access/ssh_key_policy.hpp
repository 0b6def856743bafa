// Which SSH keys an instance takes, and what it tells people whose key runs out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain::git_access {

/// Why the instance does not take the key, to be put into "Your SSH key ….": its type is forbidden,
/// or it has too few bits. A key that cannot be read has no type, so it is refused where there is
/// any restriction, and accepted where there is none. `key` is `type blob comment`.
[[nodiscard]] std::optional<std::string> key_policy_violation(
    std::string_view key, const KeyRestrictions& restrictions
);

/// A key is good before its expiry, and is expired from that moment on.
[[nodiscard]] bool is_key_expired(const KeyFacts& key, Timestamp now);

/// What gitlab-shell prints in addition: a warning that the key expires within seven days.
[[nodiscard]] std::vector<std::string> console_messages(const Actor& actor, Timestamp now);

}  // namespace innergate::handlers::domain::git_access

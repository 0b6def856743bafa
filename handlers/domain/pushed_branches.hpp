// Which branches a push left, read from the lines of its hook.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace innergate::handlers::domain {

/// Names without `refs/heads/`, in the order of the lines (`OLD NEW REF`, ended by LF or CRLF).
/// Deleted branches, tags and lines of another form are left out.
[[nodiscard]] std::vector<std::string> pushed_branches(std::string_view changes);

/// The one that HEAD should name in a repository that had no branch before: main, else master, else
/// the first. Nothing: there is none.
[[nodiscard]] std::optional<std::string> first_default_branch(
    const std::vector<std::string>& branches
);

}  // namespace innergate::handlers::domain

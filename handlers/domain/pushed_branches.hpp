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

/// The branch that becomes the default one of a repository that had no branch before: the first of
/// `preferred` that is among `branches` (what HEAD names, say), else main, master, the first one.
/// Nothing: there is none.
[[nodiscard]] std::optional<std::string> first_default_branch(
    const std::vector<std::string>& branches, const std::vector<std::string>& preferred = {}
);

}  // namespace innergate::handlers::domain

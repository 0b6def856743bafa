// Names of branches, with and without refs/heads/.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace innergate::handlers::inspectors::gitaly {

inline constexpr std::string_view kBranchPrefix = "refs/heads/";

/// `main` of `refs/heads/main`; nothing: the ref is no branch.
[[nodiscard]] inline std::optional<std::string> branch_of(std::string_view ref) {
    return ref.starts_with(kBranchPrefix) && ref.size() > kBranchPrefix.size()
               ? std::optional{std::string{ref.substr(kBranchPrefix.size())}}
               : std::nullopt;
}

}  // namespace innergate::handlers::inspectors::gitaly

// What a new branch or tag may be called. Names come without refs/heads/ or refs/tags/.
#pragma once

#include <string_view>

namespace innergate::handlers::domain::git_access {

/// git-check-ref-format(1), and what GitLab refuses besides: `HEAD`, a leading `-`, names that
/// begin with refs/heads/ or refs/remotes/.
[[nodiscard]] bool is_valid_ref_name(std::string_view name);

/// A branch that tools take for a commit: the whole of an object id (40 or 64 hexadecimal digits),
/// alone or before `/` or `-/`.
[[nodiscard]] bool is_sha_like_branch_name(std::string_view name);

/// A tag that begins with an object id.
[[nodiscard]] bool is_sha_like_tag_name(std::string_view name);

[[nodiscard]] bool is_utf8(std::string_view name);

}  // namespace innergate::handlers::domain::git_access

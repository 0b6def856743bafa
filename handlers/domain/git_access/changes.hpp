// The refs that a push changes, as Git hands them to its hooks: lines of old id, new id and ref.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace innergate::handlers::domain::git_access {

enum class RefKind { branch, tag, other };
enum class ChangeKind { creation, update, deletion };

/// A line; its views point into the text it was read from.
struct Change {
    std::string_view old_id;
    std::string_view new_id;
    std::string_view ref;
    ChangeKind kind = ChangeKind::update;
    RefKind ref_kind = RefKind::other;
    std::string_view name;  ///< the ref without refs/heads/ or refs/tags/; other refs whole
};

/// A line that is not a change.
struct MalformedChange {
    std::size_t line = 0;  ///< counted from 1
    std::string reason;    ///< to be put behind "line 3 "; never quotes the line
};

/// Whether it is still unknown what will be pushed: gitlab-shell asks with `_any` before Git
/// speaks. A blank text counts as unknown, which is the stricter reading.
[[nodiscard]] bool is_any_change(std::string_view changes);

/// Reads lines that end in LF or CR LF; blank ones are left out. Fields are separated by spaces,
/// and all behind the second space is the ref. An id that is all zeros stands for no object: as the
/// old id it makes a creation, as the new id a deletion. Errors: the first line with fewer than
/// three fields, or with an id that is not 40 or 64 hexadecimal digits.
[[nodiscard]] tl::expected<std::vector<Change>, MalformedChange> parse_changes(
    std::string_view changes
);

}  // namespace innergate::handlers::domain::git_access

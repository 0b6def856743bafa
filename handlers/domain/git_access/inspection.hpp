// Questions about Git objects that a decision may depend on. The rules ask them here; who can
// answer (a local repository, or nobody) is decided per storage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace innergate::handlers::domain::git_access {

/// Why there is no answer. A check without an answer refuses, unless a setting lets it pass.
struct InspectionFailure {
    enum class Kind {
        not_configured,  ///< nobody can look into repositories of this storage
        failed,          ///< the repository could not be read
        out_of_time,     ///< the budget of the request is used up
    };

    Kind kind = Kind::not_configured;
    std::string reason;  ///< for the log only: may name paths of this host
};

template <class T>
using Inspected = tl::expected<T, InspectionFailure>;

struct LfsPointer {
    std::string oid;  ///< SHA-256 in hexadecimal
    std::uint64_t size = 0;
};

struct BlobSize {
    std::string oid;
    std::uint64_t bytes = 0;
};

/// One repository during one request, quarantined objects included. Every answer keeps to the
/// request's deadline. Object ids are hexadecimal.
class Inspection {
public:
    Inspection() = default;
    Inspection(const Inspection&) = delete;
    Inspection& operator=(const Inspection&) = delete;
    virtual ~Inspection() = default;

    [[nodiscard]] virtual Inspected<bool> exists() = 0;
    /// Whether there is no branch.
    [[nodiscard]] virtual Inspected<bool> is_empty() = 0;
    /// The branch that HEAD names, whether it exists or not; nothing where HEAD is detached.
    [[nodiscard]] virtual Inspected<std::optional<std::string>> default_branch() = 0;
    /// Whether there is a branch of that name. The name comes without refs/heads/.
    [[nodiscard]] virtual Inspected<bool> has_branch(std::string_view name) = 0;
    /// Whether `ancestor` is reachable from `descendant`.
    [[nodiscard]] virtual Inspected<bool> is_ancestor(
        std::string_view ancestor, std::string_view descendant
    ) = 0;
    /// Names of the branches (without refs/heads/) from whose tip the commit is reachable.
    [[nodiscard]] virtual Inspected<std::vector<std::string>> branches_containing(
        std::string_view commit
    ) = 0;
    /// LFS pointers in blobs that are reachable from `tips` and from no ref there is now.
    [[nodiscard]] virtual Inspected<std::vector<LfsPointer>> new_lfs_pointers(
        std::span<const std::string> tips
    ) = 0;
    /// Blobs larger than `bytes`, reachable from `tips` and from no ref there is now.
    [[nodiscard]] virtual Inspected<std::vector<BlobSize>> new_blobs_over(
        std::span<const std::string> tips, std::uint64_t bytes
    ) = 0;
    /// The first one found of `paths` that differs between two commits; nothing: none does. `paths`
    /// are of files, within the repository, each once. An empty `old_commit` means that a ref is
    /// made. Then the path is one that is changed by a commit reachable from `new_commit` and from
    /// no ref there is now; nothing when the new ref names what is there already.
    [[nodiscard]] virtual Inspected<std::optional<std::string>> first_changed_path(
        std::string_view old_commit, std::string_view new_commit, std::span<const std::string> paths
    ) = 0;
    /// Number of files in the tree of a commit, subfolders included.
    [[nodiscard]] virtual Inspected<std::size_t> file_count(std::string_view commit) = 0;
};

}  // namespace innergate::handlers::domain::git_access

// Looks into a repository by asking the Gitaly that serves it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <initializer_list>

#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/inspectors/gitaly/client.hpp"

namespace innergate::handlers::inspectors::gitaly {

class Services;

/// One repository during one request; each question is a call of Gitaly.
///
/// What a push brought is read from its quarantine alone, as GitLab does. So the cost depends on
/// what was pushed, and not on how large the repository is. Without a quarantine (an operator asks)
/// git walks from the tips to what the refs reach.
///
/// Differs from a look on this host in two things. For Gitaly, a blob of more than 200 bytes is no
/// LFS pointer. And for Gitaly an object in the quarantine is new even if a ref reaches the same
/// object, except for blobs that are too large.
class GitalyInspection final : public domain::git_access::Inspection {
public:
    /// `services` outlives the inspection.
    GitalyInspection(const Services& services, Target target);

    template <class T>
    using Inspected = domain::git_access::Inspected<T>;

    [[nodiscard]] Inspected<bool> exists() override;
    [[nodiscard]] Inspected<bool> is_empty() override;
    [[nodiscard]] Inspected<std::optional<std::string>> default_branch() override;
    [[nodiscard]] Inspected<bool> has_branch(std::string_view name) override;
    [[nodiscard]] Inspected<bool> is_ancestor(
        std::string_view ancestor, std::string_view descendant
    ) override;
    /// Fails beyond 100 000 branches.
    [[nodiscard]] Inspected<std::vector<std::string>> branches_containing(std::string_view commit
    ) override;
    /// Fails beyond 250 000 pointers.
    [[nodiscard]] Inspected<std::vector<domain::git_access::LfsPointer>> new_lfs_pointers(
        std::span<const std::string> tips
    ) override;
    /// Fails beyond 100 000 blobs.
    [[nodiscard]] Inspected<std::vector<domain::git_access::BlobSize>> new_blobs_over(
        std::span<const std::string> tips, std::uint64_t bytes
    ) override;
    /// Fails beyond 100 000 new commits.
    [[nodiscard]] Inspected<std::optional<std::string>> first_changed_path(
        std::string_view old_commit, std::string_view new_commit, std::span<const std::string> paths
    ) override;
    [[nodiscard]] Inspected<std::size_t> file_count(std::string_view commit) override;

private:
    /// A request that names the repository, or why there can be none: a path leads out of the
    /// storage, or a text is no id, and git would read it as a name or an option.
    template <class Request>
    [[nodiscard]] Inspected<Request> request(std::initializer_list<std::string_view> ids) const;
    [[nodiscard]] Inspected<void> within_storage() const;
    [[nodiscard]] Inspected<void> within_storage(std::initializer_list<std::string_view> ids) const;
    [[nodiscard]] Inspected<void> with_ids(std::span<const std::string> tips) const;

    const Services& services_;
    Target target_;
    /// Why Gitaly is not even asked: paths that lead out of the storage.
    std::optional<std::string> fault_;
};

}  // namespace innergate::handlers::inspectors::gitaly

// Looks into a repository on this host.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/inspectors/quarantine.hpp"

namespace innergate::handlers::inspectors {

/// One repository during one request. Opens it at the first question; runs no hook and no other
/// program, and writes nothing. Has to run as the account that owns the repositories: git lets no
/// other look into a quarantine.
///
/// Questions fail where the paths lead out of the storage, where there is no repository (all but
/// exists()), where an object is missing or broken, and where libgit2 cannot read objects: with
/// SHA-256 ids, or with reference tables. The questions of a fetch are answered even then.
///
/// The memory of a question is bounded, whatever was pushed (git/limits.hpp). A few megabytes on
/// the wire cost 300 MiB at most: three of the largest trees as libgit2 holds them, with an object
/// that is being unpacked beside them, and the parents of commits that have thousands. A hundred
/// megabytes of nothing but commits or small files cost 600 MiB. What would cost more fails.
class LocalInspection final : public domain::git_access::Inspection {
public:
    struct Target {
        std::filesystem::path storage;
        std::string relative_path;  ///< within the storage, with `.git`
        Quarantine quarantine;
    };

    LocalInspection(Target target, std::chrono::steady_clock::time_point deadline);
    LocalInspection(const LocalInspection&) = delete;
    LocalInspection& operator=(const LocalInspection&) = delete;
    ~LocalInspection() override;

    template <class T>
    using Inspected = domain::git_access::Inspected<T>;

    /// False also for a folder that is no repository. Looks for what git looks for, HEAD, objects/
    /// and refs/, whatever their form.
    [[nodiscard]] Inspected<bool> exists() override;
    /// This and the next are also answered for SHA-256 repositories, but not with reference tables.
    [[nodiscard]] Inspected<bool> is_empty() override;
    [[nodiscard]] Inspected<std::optional<std::string>> default_branch() override;
    [[nodiscard]] Inspected<bool> has_branch(std::string_view name) override;
    /// Annotated tags stand for their commits, here and below.
    [[nodiscard]] Inspected<bool> is_ancestor(
        std::string_view ancestor, std::string_view descendant
    ) override;
    [[nodiscard]] Inspected<std::vector<std::string>> branches_containing(std::string_view commit
    ) override;
    [[nodiscard]] Inspected<std::vector<domain::git_access::LfsPointer>> new_lfs_pointers(
        std::span<const std::string> tips
    ) override;
    [[nodiscard]] Inspected<std::vector<domain::git_access::BlobSize>> new_blobs_over(
        std::span<const std::string> tips, std::uint64_t bytes
    ) override;
    /// Reads only the folders that lead to `paths`, whatever else the commits hold.
    [[nodiscard]] Inspected<std::optional<std::string>> first_changed_path(
        std::string_view old_commit, std::string_view new_commit, std::span<const std::string> paths
    ) override;
    /// Submodules count as files.
    [[nodiscard]] Inspected<std::size_t> file_count(std::string_view commit) override;

private:
    struct State;  // libgit2 stays behind it

    std::unique_ptr<State> state_;
};

}  // namespace innergate::handlers::inspectors

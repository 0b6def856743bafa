// For storages into which nobody can look.
#pragma once

#include <string>

#include "handlers/domain/git_access/inspection.hpp"

namespace innergate::handlers::inspectors {

/// Answers every question with `not_configured`.
class NoInspection final : public domain::git_access::Inspection {
public:
    explicit NoInspection(std::string storage);

    template <class T>
    using Inspected = domain::git_access::Inspected<T>;

    [[nodiscard]] Inspected<bool> exists() override;
    [[nodiscard]] Inspected<bool> is_empty() override;
    [[nodiscard]] Inspected<std::optional<std::string>> default_branch() override;
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
    [[nodiscard]] Inspected<std::optional<std::string>> first_changed_path(
        std::string_view old_commit, std::string_view new_commit, std::span<const std::string> paths
    ) override;
    [[nodiscard]] Inspected<std::size_t> file_count(std::string_view commit) override;

private:
    [[nodiscard]] tl::unexpected<domain::git_access::InspectionFailure> nobody() const;

    std::string storage_;
};

}  // namespace innergate::handlers::inspectors

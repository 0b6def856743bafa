// For repositories into which nobody can look.
#pragma once

#include <string>
#include <string_view>

#include "handlers/domain/git_access/inspection.hpp"

namespace innergate::handlers::inspectors {

/// Answers every question with the same failure: that of a storage without an inspector, or of an
/// inspector that could not be made.
class NoInspection final : public domain::git_access::Inspection {
public:
    explicit NoInspection(domain::git_access::InspectionFailure failure);

    template <class T>
    using Inspected = domain::git_access::Inspected<T>;

    [[nodiscard]] Inspected<bool> exists() override;
    [[nodiscard]] Inspected<bool> is_empty() override;
    [[nodiscard]] Inspected<std::optional<std::string>> default_branch() override;
    [[nodiscard]] Inspected<bool> has_branch(std::string_view name) override;
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
    [[nodiscard]] tl::unexpected<domain::git_access::InspectionFailure> fail() const;

    domain::git_access::InspectionFailure failure_;
};

/// Of a storage that has none.
[[nodiscard]] domain::git_access::InspectionFailure no_inspector_of(std::string_view storage);

}  // namespace innergate::handlers::inspectors

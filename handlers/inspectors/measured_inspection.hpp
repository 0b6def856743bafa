// An inspection whose answers are counted and timed, whoever gives them.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/inspectors/inspection_counts.hpp"

namespace innergate::handlers::inspectors {

/// Counts a question that `ask` answers with an Inspected<T>.
template <class Ask>
[[nodiscard]] auto measured(
    InspectionCounts& counts,
    InspectionUsage* usage,
    const std::string& storage,
    Question question,
    const Ask& ask
) {
    const auto start = std::chrono::steady_clock::now();
    auto answer = ask();
    const std::chrono::nanoseconds duration = std::chrono::steady_clock::now() - start;
    counts.add(storage, question, !answer.has_value(), duration);
    if (usage != nullptr) {
        usage->duration += duration;
    }
    return answer;
}

class MeasuredInspection final : public domain::git_access::Inspection {
public:
    /// `counts` and `usage` (which may be null) outlive it. `inspector` is a literal.
    MeasuredInspection(
        std::unique_ptr<domain::git_access::Inspection> inspection,
        std::string storage,
        std::string_view inspector,
        InspectionCounts& counts,
        InspectionUsage* usage
    )
        : inspection_(std::move(inspection)),
          storage_(std::move(storage)),
          inspector_(inspector),
          counts_(counts),
          usage_(usage) {}

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
    template <class Ask>
    [[nodiscard]] auto measure(Question question, const Ask& ask) {
        if (usage_ != nullptr) {
            usage_->inspector = inspector_;
        }
        return measured(counts_, usage_, storage_, question, ask);
    }

    std::unique_ptr<domain::git_access::Inspection> inspection_;
    std::string storage_;
    std::string_view inspector_;
    InspectionCounts& counts_;
    InspectionUsage* usage_;
};

}  // namespace innergate::handlers::inspectors

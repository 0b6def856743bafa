#include "handlers/inspectors/measured_inspection.hpp"

namespace innergate::handlers::inspectors {

using domain::git_access::BlobSize;
using domain::git_access::Inspected;
using domain::git_access::LfsPointer;

Inspected<bool> MeasuredInspection::exists() {
    return measure(Question::exists, [this] { return inspection_->exists(); });
}

Inspected<bool> MeasuredInspection::is_empty() {
    return measure(Question::is_empty, [this] { return inspection_->is_empty(); });
}

Inspected<std::optional<std::string>> MeasuredInspection::default_branch() {
    return measure(Question::default_branch, [this] { return inspection_->default_branch(); });
}

Inspected<bool> MeasuredInspection::has_branch(std::string_view name) {
    return measure(Question::has_branch, [&] { return inspection_->has_branch(name); });
}

Inspected<bool> MeasuredInspection::is_ancestor(
    std::string_view ancestor, std::string_view descendant
) {
    return measure(Question::is_ancestor, [&] {
        return inspection_->is_ancestor(ancestor, descendant);
    });
}

Inspected<std::vector<std::string>> MeasuredInspection::branches_containing(std::string_view commit
) {
    return measure(Question::branches_containing, [&] {
        return inspection_->branches_containing(commit);
    });
}

Inspected<std::vector<LfsPointer>> MeasuredInspection::new_lfs_pointers(
    std::span<const std::string> tips
) {
    return measure(Question::new_lfs_pointers, [&] { return inspection_->new_lfs_pointers(tips); });
}

Inspected<std::vector<BlobSize>> MeasuredInspection::new_blobs_over(
    std::span<const std::string> tips, std::uint64_t bytes
) {
    return measure(Question::new_blobs_over, [&] {
        return inspection_->new_blobs_over(tips, bytes);
    });
}

Inspected<std::optional<std::string>> MeasuredInspection::first_changed_path(
    std::string_view old_commit, std::string_view new_commit, std::span<const std::string> paths
) {
    return measure(Question::first_changed_path, [&] {
        return inspection_->first_changed_path(old_commit, new_commit, paths);
    });
}

Inspected<std::size_t> MeasuredInspection::file_count(std::string_view commit) {
    return measure(Question::file_count, [&] { return inspection_->file_count(commit); });
}

}  // namespace innergate::handlers::inspectors

#include "handlers/inspectors/inspection_counts.hpp"

namespace innergate::handlers::inspectors {

std::string_view to_string(Question question) {
    switch (question) {
        case Question::exists:
            return "exists";
        case Question::is_empty:
            return "is_empty";
        case Question::default_branch:
            return "default_branch";
        case Question::has_branch:
            return "has_branch";
        case Question::is_ancestor:
            return "is_ancestor";
        case Question::branches_containing:
            return "branches_containing";
        case Question::new_lfs_pointers:
            return "new_lfs_pointers";
        case Question::new_blobs_over:
            return "new_blobs_over";
        case Question::first_changed_path:
            return "first_changed_path";
        case Question::file_count:
            return "file_count";
        case Question::create_repository:
            return "create_repository";
        case Question::set_default_branch:
            return "set_default_branch";
    }
    return "";
}

void InspectionCounts::add(
    const std::string& storage,
    Question question,
    bool has_failed,
    std::chrono::nanoseconds duration
) {
    const std::scoped_lock lock{mutex_};
    Count& count = by_storage_[storage].at(static_cast<std::size_t>(question));
    ++count.calls;
    count.failures += has_failed ? 1 : 0;
    count.duration += duration;
}

std::vector<InspectionCounts::Entry> InspectionCounts::list() const {
    const std::scoped_lock lock{mutex_};
    std::vector<Entry> entries;
    for (const auto& [storage, counts] : by_storage_) {
        for (std::size_t index = 0; index < kQuestions; ++index) {
            if (counts.at(index).calls > 0) {
                entries.push_back({storage, static_cast<Question>(index), counts.at(index)});
            }
        }
    }
    return entries;
}

}  // namespace innergate::handlers::inspectors

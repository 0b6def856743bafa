// How often repositories were asked each question, how often in vain, and how long it took.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace innergate::handlers::inspectors {

/// What is asked of a repository, or done to it.
enum class Question : std::size_t {
    exists,
    is_empty,
    default_branch,
    has_branch,
    is_ancestor,
    branches_containing,
    new_lfs_pointers,
    new_blobs_over,
    first_changed_path,
    file_count,
    create_repository,
    set_default_branch,
};

inline constexpr std::size_t kQuestions = 12;

[[nodiscard]] std::string_view to_string(Question question);

/// What one request cost.
struct InspectionUsage {
    std::string_view inspector;  ///< `gitaly`, `local` or `none`; empty: nothing was asked
    std::chrono::nanoseconds duration{0};
};

/// The counts of a process. Any thread counts and reads at any time. Only slow work is counted, so
/// a lock is no burden.
class InspectionCounts {
public:
    struct Count {
        std::uint64_t calls = 0;
        std::uint64_t failures = 0;  ///< without an answer, for whatever reason
        std::chrono::nanoseconds duration{0};
    };
    struct Entry {
        std::string storage;
        Question question = Question::exists;
        Count count;
    };

    void add(
        const std::string& storage,
        Question question,
        bool has_failed,
        std::chrono::nanoseconds duration
    );
    /// The questions that were asked at least once.
    [[nodiscard]] std::vector<Entry> list() const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::array<Count, kQuestions>> by_storage_;
};

}  // namespace innergate::handlers::inspectors

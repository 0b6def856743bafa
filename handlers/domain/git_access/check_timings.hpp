// How long each check of a push took: what the pusher is shown when the time ran out.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace innergate::handlers::domain::git_access {

/// Keeps the last checks only: a push may have a hundred thousand refs.
class CheckTimings {
public:
    static constexpr std::size_t kMaxLines = 200;

    /// The views given to these functions must outlive the timings.
    void begin_ref(std::string_view name);
    void finished(std::string_view label, std::chrono::milliseconds duration);
    void cancelled(std::string_view label);

    /// GitLab's text, which people find when they search for it:
    /// `Push operation timed out`, then a line for each check.
    [[nodiscard]] std::string text() const;

private:
    enum class Kind { ref, finished, cancelled };

    struct Line {
        Kind kind;
        std::string_view label;
        std::chrono::milliseconds duration;
    };

    void keep(Line line);

    std::deque<Line> lines_;
    std::size_t dropped_ = 0;
};

}  // namespace innergate::handlers::domain::git_access

#include "handlers/domain/git_access/check_timings.hpp"

namespace innergate::handlers::domain::git_access {

void CheckTimings::begin_ref(std::string_view name) {
    keep({Kind::ref, name, {}});
}

void CheckTimings::finished(std::string_view label, std::chrono::milliseconds duration) {
    keep({Kind::finished, label, duration});
}

void CheckTimings::cancelled(std::string_view label) {
    keep({Kind::cancelled, label, {}});
}

std::string CheckTimings::text() const {
    std::string text = "Push operation timed out\n\nTiming information for debugging purposes:\n";
    if (dropped_ > 0) {
        text += "(" + std::to_string(dropped_) + " earlier lines left out)\n";
    }
    for (const Line& line : lines_) {
        switch (line.kind) {
            case Kind::ref:
                text.append("Running checks for ref: ").append(line.label);
                break;
            case Kind::finished:
                text.append(line.label).append(" (");
                text.append(std::to_string(line.duration.count())).append("ms)");
                break;
            case Kind::cancelled:
                text.append(line.label).append(" (cancelled)");
                break;
        }
        text += '\n';
    }
    text.pop_back();
    return text;
}

void CheckTimings::keep(Line line) {
    lines_.push_back(line);
    if (lines_.size() > kMaxLines) {
        lines_.pop_front();
        ++dropped_;
    }
}

}  // namespace innergate::handlers::domain::git_access

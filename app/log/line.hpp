// How an event becomes a line: one JSON object that a pipe takes in one piece.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/json/writer.hpp"
#include "app/log/fields.hpp"
#include "app/log/output.hpp"
#include "app/time_format.hpp"

namespace innergate::log {

/// The members of one line. Texts that came from a client may have any length: they are cut.
class Line {
public:
    Line(std::string& out, std::size_t max_text_bytes)
        : writer_(out), max_text_bytes_(max_text_bytes) {
        writer_.begin_object();
    }

    void text(std::string_view name, std::string_view content) {
        writer_.member(name, content.substr(0, max_text_bytes_));
    }
    void text_unless_empty(std::string_view name, std::string_view content) {
        if (!content.empty()) {
            text(name, content);
        }
    }
    void number(std::string_view name, auto value) { writer_.member(name, value); }
    void number_if_known(std::string_view name, std::optional<long long> value) {
        if (value) {
            number(name, *value);
        }
    }
    void end() { writer_.end_object(); }

private:
    json::Writer writer_;
    std::size_t max_text_bytes_;
};

/// What every line says.
struct LineHead {
    Timestamp time;
    std::string_view severity;
    std::string_view event;
    std::string_view pool;
};

/// How much of each text a line holds, tried in this order until the line is short enough. With the
/// last one, a line fits even when each byte of its texts takes six.
inline constexpr std::array<std::size_t, 3> kTextLimits{1024, 256, 32};

/// Replaces `out` by the line and its newline. `members` is called with a Line, once or more.
template <class WriteMembers>
void write_line(std::string& out, const LineHead& head, const WriteMembers& members) {
    const std::string time = to_iso8601(head.time);
    for (const std::size_t limit : kTextLimits) {
        out.clear();
        Line line{out, limit};
        line.text(fields::kTime, time);
        line.text(fields::kSeverity, head.severity);
        line.text(fields::kEvent, head.event);
        line.text(fields::kPool, head.pool);
        members(line);
        line.end();
        out.push_back('\n');
        if (out.size() <= kMaxLineBytes) {
            break;
        }
    }
}

}  // namespace innergate::log

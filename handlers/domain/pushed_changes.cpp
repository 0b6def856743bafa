#include "handlers/domain/pushed_changes.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace innergate::handlers::domain {
namespace {

std::optional<PushedChange> parse_change(std::string_view line) {
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    const std::size_t first = line.find(' ');
    const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    PushedChange change{
        .old_rev = std::string{line.substr(0, first)},
        .new_rev = std::string{line.substr(first + 1, second - first - 1)},
        .ref = std::string{line.substr(second + 1)}};
    const bool is_whole = !change.old_rev.empty() && !change.new_rev.empty() && !change.ref.empty();
    return is_whole ? std::optional{std::move(change)} : std::nullopt;
}

}  // namespace

std::vector<PushedChange> parse_changes(std::string_view lines) {
    std::vector<PushedChange> changes;
    for (std::size_t start = 0; start < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', start), lines.size());
        if (auto change = parse_change(lines.substr(start, end - start))) {
            changes.push_back(std::move(*change));
        }
        start = end + 1;
    }
    return changes;
}

}  // namespace innergate::handlers::domain

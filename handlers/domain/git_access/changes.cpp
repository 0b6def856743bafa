#include "handlers/domain/git_access/changes.hpp"

#include <algorithm>
#include <optional>

#include "app/blank.hpp"
#include "handlers/domain/object_id.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr std::string_view kBranches = "refs/heads/";
constexpr std::string_view kTags = "refs/tags/";

/// Takes the next run of non-spaces off the front, and the spaces behind it.
std::string_view take_field(std::string_view& line) {
    const std::string_view field = line.substr(0, line.find(' '));
    line.remove_prefix(field.size());
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    return field;
}

void classify(Change& change) {
    // Where both ids are zero, nothing was there and nothing is to be there. That counts as a
    // deletion.
    if (is_zero_id(change.new_id)) {
        change.kind = ChangeKind::deletion;
    } else if (is_zero_id(change.old_id)) {
        change.kind = ChangeKind::creation;
    }
    change.name = change.ref;
    if (change.ref.starts_with(kBranches)) {
        change.ref_kind = RefKind::branch;
        change.name.remove_prefix(kBranches.size());
    } else if (change.ref.starts_with(kTags)) {
        change.ref_kind = RefKind::tag;
        change.name.remove_prefix(kTags.size());
    }
}

/// What is wrong with the line, if anything.
const char* read_change(std::string_view line, Change& change) {
    change.old_id = take_field(line);
    change.new_id = take_field(line);
    change.ref = line;
    if (change.ref.empty()) {
        return "does not hold an old object id, a new one and a ref";
    }
    if (!is_object_id(change.old_id) || !is_object_id(change.new_id)) {
        return "holds an object id that is not 40 or 64 hexadecimal digits";
    }
    classify(change);
    return nullptr;
}

}  // namespace

bool is_any_change(std::string_view changes) {
    changes = stripped(changes);
    return changes.empty() || changes == "_any";
}

tl::expected<std::vector<Change>, MalformedChange> parse_changes(std::string_view changes) {
    std::vector<Change> parsed;
    parsed.reserve(static_cast<std::size_t>(std::ranges::count(changes, '\n')) + 1);
    std::size_t number = 0;
    while (!changes.empty()) {
        std::string_view line = changes.substr(0, changes.find('\n'));
        changes.remove_prefix(std::min(line.size() + 1, changes.size()));
        ++number;
        line = stripped(line);
        if (line.empty()) {
            continue;
        }
        if (const char* const fault = read_change(line, parsed.emplace_back())) {
            return tl::unexpected(MalformedChange{.line = number, .reason = fault});
        }
    }
    return parsed;
}

}  // namespace innergate::handlers::domain::git_access

// Lines of a push: what is read must lie in the text, and read the same when written again.
#include "handlers/domain/git_access/changes.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace innergate::handlers::domain::git_access;

namespace {

bool lies_in(std::string_view part, std::string_view whole) {
    return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

bool is_zero(std::string_view id) {
    return id.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    static_cast<void>(is_any_change(input));
    const auto changes = parse_changes(input);
    if (!changes) {
        return 0;
    }
    std::string text;
    for (const Change& change : *changes) {
        if (!lies_in(change.ref, input) || !lies_in(change.name, change.ref) ||
            (change.kind == ChangeKind::deletion) != is_zero(change.new_id) ||
            (change.ref_kind == RefKind::other) != (change.name == change.ref)) {
            std::abort();
        }
        text.append(change.old_id).append(" ").append(change.new_id).append(" ");
        text.append(change.ref).append("\n");
    }
    const auto again = parse_changes(text);
    if (!again || again->size() != changes->size()) {
        std::abort();
    }
    return 0;
}

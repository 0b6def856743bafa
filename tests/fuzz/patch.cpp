// Bodies of SCIM's POST, PUT and PATCH: what is refused has a reason, and what is read leaves a
// user that can be stored.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "app/ascii.hpp"
#include "app/blank.hpp"
#include "app/json/reader.hpp"
#include "handlers/domain/scim/change.hpp"
#include "handlers/domain/scim/new_user.hpp"
#include "handlers/domain/scim/selection.hpp"

using namespace innergate;
using namespace innergate::handlers::domain::scim;

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

template <class T>
bool is_read(const Result<T>& result) {
    require(result || (!result.error().message.empty() && !result.error().scim_type.empty()));
    return result.has_value();
}

bool can_be_stored(const std::string& text) {
    return !is_blank(text) && text.find('\0') == std::string::npos;
}

UserState present_user() {
    UserState state;
    state.id = "id";
    state.echo_attributes = {{Attribute::title, "title"}};
    return state;
}

UserState checked(const UserState& state) {
    require(can_be_stored(state.id));
    for (const auto& [folded, alias] : state.new_aliases) {
        require(can_be_stored(alias) && !ascii::equal_ignoring_case(alias, state.id));
        require(folded == ascii::lower(alias));
    }
    return state;
}

void check_patch(const json::Object& document) {
    const auto changes = read_patch(document);
    if (!is_read(changes)) {
        return;
    }
    const UserState once = checked(applied(*changes, present_user()));
    UserState twice = checked(applied(*changes, once));
    // Ids on the way become aliases again; all else is as after the first time.
    twice.new_aliases = once.new_aliases;
    require(twice == once);
}

void check_replacement(const json::Object& document) {
    const auto changes = read_replacement(document);
    if (!is_read(changes)) {
        return;
    }
    const UserState once = checked(applied(*changes, present_user()));
    require(applied(*changes, once) == once && !once.drops_aliases);
}

void check_new_user(const json::Object& document) {
    const auto user = read_new_user(document);
    if (!is_read(user)) {
        return;
    }
    require(can_be_stored(user->user_name) && can_be_stored(user->name));
    require(can_be_stored(user->email) && user->email.find('@') != std::string::npos);
    require(!user->id || can_be_stored(*user->id));
    const std::string stem = username_stem(user->user_name);
    require(!stem.empty() && username_stem(stem) == stem);
    require(split_name(user->name).given_name.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    static_cast<void>(is_read(Selection::from(text, std::nullopt)));
    const auto document = json::parse(text);
    if (!document || document->object() == nullptr) {
        return 0;
    }
    check_patch(*document->object());
    check_replacement(*document->object());
    check_new_user(*document->object());
    return 0;
}

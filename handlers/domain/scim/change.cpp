#include "handlers/domain/scim/change.hpp"

#include <type_traits>
#include <utility>

#include "app/ascii.hpp"
#include "app/blank.hpp"
#include "handlers/domain/scim/change_value.hpp"
#include "handlers/domain/scim/document.hpp"

namespace innergate::handlers::domain::scim {
namespace {

bool is_given(const json::Value* value) {
    return value != nullptr && !value->is_null();
}

/// An empty id is none: templates of providers write it for people without one.
bool is_given_id(const json::Value* value) {
    return is_given(value) && (value->string() == nullptr || !is_blank(*value->string()));
}

void set_id(UserState& state, const SetId& change) {
    if (state.id == change.id) {
        return;
    }
    const std::string old = std::exchange(state.id, change.id);
    if (!change.keeps_alias) {
        state.new_aliases.clear();
        state.drops_aliases = true;
        return;
    }
    state.new_aliases.erase(ascii::lower(state.id));
    if (!ascii::equal_ignoring_case(old, state.id)) {
        state.new_aliases.insert_or_assign(ascii::lower(old), old);
    }
}

void set_echo_attribute(EchoAttributes& attributes, const SetEchoAttribute& change) {
    if (change.value) {
        attributes.insert_or_assign(change.attribute, *change.value);
    } else {
        attributes.erase(change.attribute);
    }
}

}  // namespace

Result<std::vector<Change>> read_replacement(const json::Object& document) {
    std::vector<Result<Change>> read;
    if (const json::Value* const active = find_member(document, "active"); is_given(active)) {
        read.push_back(read_active(*active));
    }
    if (const json::Value* const id = find_member(document, "externalId"); is_given_id(id)) {
        read.push_back(read_id(*id, IdAttribute::external_id));
    }
    for (const EchoAttribute& attribute : kEchoAttributes) {
        const json::Value* const value = find_member(document, attribute.name);
        read.push_back(read_echo_attribute(value != nullptr ? *value : json::Value{}, attribute));
    }
    std::vector<Change> changes;
    for (Result<Change>& change : read) {
        if (!change) {
            return tl::unexpected<Error>{std::move(change.error())};
        }
        changes.push_back(std::move(*change));
    }
    return changes;
}

UserState applied(std::span<const Change> changes, UserState state) {
    for (const Change& change : changes) {
        std::visit(
            [&state](const auto& typed) {
                using Typed = std::remove_cvref_t<decltype(typed)>;
                if constexpr (std::is_same_v<Typed, SetActive>) {
                    state.active = typed.active;
                } else if constexpr (std::is_same_v<Typed, SetId>) {
                    set_id(state, typed);
                } else {
                    set_echo_attribute(state.echo_attributes, typed);
                }
            },
            change
        );
    }
    return state;
}

}  // namespace innergate::handlers::domain::scim

#include "handlers/domain/scim/document.hpp"

#include <algorithm>
#include <ranges>
#include <unordered_set>

#include <fmt/format.h>

#include "app/ascii.hpp"
#include "app/blank.hpp"
#include "app/characters.hpp"
#include "handlers/domain/scim/refusal.hpp"

namespace innergate::handlers::domain::scim {

const json::Value* find_member(const json::Object& object, std::string_view name) {
    const auto backwards = object | std::views::reverse;
    const auto found = std::ranges::find_if(backwards, [name](const json::Member& member) {
        return ascii::equal_ignoring_case(member.name, name);
    });
    return found == backwards.end() ? nullptr : &found->value;
}

std::vector<const json::Member*> effective_members(const json::Object& object) {
    std::vector<const json::Member*> members;
    std::unordered_set<std::string> names;
    for (const json::Member& member : object | std::views::reverse) {
        if (names.insert(ascii::lower(member.name)).second) {
            members.push_back(&member);
        }
    }
    std::ranges::reverse(members);
    return members;
}

std::optional<bool> as_boolean(std::string_view text) {
    const bool is_true = ascii::equal_ignoring_case(text, "true");
    return is_true || ascii::equal_ignoring_case(text, "false") ? std::optional{is_true}
                                                                : std::nullopt;
}

std::optional<bool> as_boolean(const json::Value& value) {
    if (const bool* const boolean = value.boolean()) {
        return *boolean;
    }
    const std::string* const text = value.string();
    return text != nullptr ? as_boolean(*text) : std::nullopt;
}

Result<std::string> read_text(
    const json::Value& value, std::string_view attribute, std::size_t max_characters
) {
    const std::string* const text = value.string();
    if (text == nullptr) {
        return bad_request(kInvalidValue, fmt::format("{} must be a string.", attribute));
    }
    if (text->find('\0') != std::string::npos) {
        return bad_request(
            kInvalidValue, fmt::format("{} must not contain a NUL character.", attribute)
        );
    }
    if (count_characters(*text) > max_characters) {
        return bad_request(
            kInvalidValue,
            fmt::format("{} must not be longer than {} characters.", attribute, max_characters)
        );
    }
    return *text;
}

Result<std::optional<std::string>> read_optional_text(
    const json::Value* value, std::string_view attribute, std::size_t max_characters
) {
    const bool is_absent = value == nullptr || value->is_null() ||
                           (value->string() != nullptr && is_blank(*value->string()));
    if (is_absent) {
        return std::nullopt;
    }
    return read_text(*value, attribute, max_characters).map([](std::string text) {
        return std::optional{std::move(text)};
    });
}

}  // namespace innergate::handlers::domain::scim

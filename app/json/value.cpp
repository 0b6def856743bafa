#include "app/json/value.hpp"

#include <algorithm>
#include <ranges>

namespace innergate::json {

const Value* find(const Object& object, std::string_view name) {
    const auto backwards = object | std::views::reverse;
    const auto found = std::ranges::find(backwards, name, &Member::name);
    return found == backwards.end() ? nullptr : &found->value;
}

Value* find(Object& object, std::string_view name) {
    auto backwards = object | std::views::reverse;
    const auto found = std::ranges::find(backwards, name, &Member::name);
    return found == backwards.end() ? nullptr : &found->value;
}

const Value* Value::find(std::string_view name) const {
    const Object* const members = object();
    return members == nullptr ? nullptr : json::find(*members, name);
}

}  // namespace innergate::json
